"""XML from outside, read without following what it refers to."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from evaluation.base.errors import InputError


def parse_xml(content: bytes, name: str) -> Element:
    """The root of an XML document.

    Raises InputError for one that is not well formed or declares entities, which could make it
    huge or read other files.
    """
    try:
        return fromstring(content)
    except ParseError as error:
        line, _ = error.position
        raise InputError(
            name, f"the file is well-formed XML ({error})", "export it again", row=line
        ) from None
    except (DefusedXmlException, LookupError, ValueError) as error:
        raise InputError(
            name,
            "the file is XML in a known encoding, without entities of its own",
            "export it again with the program it comes from",
            value=str(error),
        ) from None


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
