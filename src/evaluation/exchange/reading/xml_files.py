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
            name,
            f"the file is well-formed XML ({error})",
            "export it again, or save it in the encoding that its first line names",
            row=line,
        ) from None
    except DefusedXmlException as error:
        raise InputError(
            name,
            "the file is XML without entities of its own",
            "delete its <!DOCTYPE ...> in a text editor and write the text for each entity, or "
            "export it again",
            value=str(error),
        ) from None
    except (LookupError, ValueError) as error:
        raise InputError(
            name,
            "the file is XML in an encoding that is known",
            'save it in UTF-8 in a text editor, with encoding="UTF-8" in its first line, or '
            "export it again",
            value=str(error),
        ) from None


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
