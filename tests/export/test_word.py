"""A note as a Word file: whole, accessible, and safe whatever is written in it or in a template."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.export.cases import OWN, note_of
from tests.export.reading import accessibility_faults, opened, parts, texts
from visitator.domain.entries import NoteKind
from visitator.export.errors import NoteTemplateError
from visitator.export.note import AnyBlock, Fact, Note, Paragraph, Quote, Section, Table
from visitator.export.word import (
    COMMON_FILE,
    NoteTemplate,
    check_template,
    load_template,
    render,
)
from visitator.export.writable import writable
from visitator.resources import resource_folder

KINDS = list(NoteKind)


@pytest.fixture(scope="module")
def template() -> NoteTemplate:
    return load_template(NoteKind.DISCHARGE, [resource_folder("templates")])


def words_of(block: AnyBlock) -> list[str]:
    match block:
        case Table():
            return [*block.header, *(cell for row in block.rows for cell in row)]
        case Fact():
            return [f"{block.label}\t{block.text}"]
        case _:
            return [block.text]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
def test_every_section_is_read_back_in_order(kind: NoteKind, template: NoteTemplate) -> None:
    note = note_of(kind=kind)
    read = iter(texts(render(note, template)))
    for section in note.sections:
        assert section.heading in read
        for block in section.blocks:
            for words in words_of(block):
                assert words in read


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
def test_a_note_is_accessible(kind: NoteKind, template: NoteTemplate) -> None:
    assert accessibility_faults(render(note_of(kind=kind), template)) == []


def test_the_accessibility_check_finds_what_it_is_for() -> None:
    document = Document()
    document.add_heading("For dybt", 3)
    document.add_table(rows=1, cols=1)
    etree.SubElement(document.add_paragraph()._p, qn("wp:docPr"))
    target = io.BytesIO()
    document.save(target)
    assert accessibility_faults(target.getvalue()) == [
        "heading 3 after 0: For dybt",
        "a table without a header row",
        "a table without a title",
        "the language is not Danish",
        "a picture without alternative text in word/document.xml",
    ]


def test_quotations_have_a_style_of_their_own(template: NoteTemplate) -> None:
    document = opened(render(note_of(), template))
    quoted = [
        each.text for each in document.paragraphs if each.style and each.style.name == "Quote"
    ]
    assert "Terapien bestiller den i dag." in quoted
    assert OWN.wishes in quoted
    assert OWN.needs not in quoted


def test_it_is_a_draft_on_every_page_until_it_is_signed(template: NoteTemplate) -> None:
    def places(note: Note) -> tuple[bool, bool]:
        document = opened(render(note, template))
        header = "".join(each.text for each in document.sections[0].header.paragraphs)
        return "UDKAST" in header, any("Udkast" in each.text for each in document.paragraphs)

    assert places(note_of()) == (True, True)
    assert places(note_of(is_signed=True)) == (False, False)


def test_the_footer_counts_the_pages(template: NoteTemplate) -> None:
    data = render(note_of(), template)
    (footer,) = (part for name, part in parts(data) if name.startswith("word/footer"))
    fields = [each.text.strip() for each in footer.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_nothing_beside_the_text_tells_who_it_is_about(template: NoteTemplate) -> None:
    for name, part in parts(render(note_of(), template)):
        if name == "word/document.xml":
            continue
        said = "".join(part.itertext())
        for personal in ("Ruth", "Testesen", "2512489996", "251248", "Anne Holm"):
            assert personal not in said, name


def test_without_cpr_no_part_of_the_file_has_the_number(template: NoteTemplate) -> None:
    data = render(note_of(with_cpr=False), template)
    assert not any("9996" in "".join(part.itertext()) for _, part in parts(data))


# --- awkward texts --------------------------------------------------------------------------------

AWKWARD = [
    "{{ titel }} {% for a in afsnit %}{{ a }}{% endfor %} {# skjult #}",
    "{_{ titel }_} {_% raw %_} {{{{ }}}} %} {%p for",
    "{{ ''.__class__.__mro__ }} {{p x }} {{r x }} {%tr endfor %}",
    "<w:p/> </w:t> & &amp; &#123; ]]> <!-- \" ' -->",
    "\u202eevitisop\u202c שלום مرحبا \u200f",
    "👩🏽\u200d⚕️ 🇩🇰 𝔘",
    "\x00\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\u2028\ufffe\uffff\ud800",
    "kolonne\tkolonne\n\n  indrykket \r\nWindows\rMac ",
    "æøå " * 7500,
    "x" * 30_000,
    "\\n \\1 \\g<0> $1",
]


def holding(text: str) -> Note:
    """A note that holds a text in every place it can stand."""
    section = Section(
        key="prøve",
        heading=text,
        blocks=(
            Paragraph(text=text),
            Fact(label="Felt", text=text),
            Quote(text=text, source="Sygehusets ord"),
            Quote(text=text, source="Sygehusets ord", is_fixed=True),
            Table(title="Tabel", header=("A", "B"), rows=((text, "b"),), widths=(1, 1)),
        ),
    )
    return msgspec.structs.replace(note_of(), sections=(section,))


PIECES = [
    "{_{",
    "}_}",
    "{_%",
    "%_}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{%p ",
    "{#",
    "#}",
    "titel",
    "\n",
    "<w:p>",
]
TEMPLATE_LIKE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@settings(max_examples=60)
@given(st.text(max_size=200) | st.text("{}%_#\n\t\r <>&a", max_size=60) | TEMPLATE_LIKE)
def test_any_text_comes_through_unchanged_in_every_place(text: str) -> None:
    comes_through(text)


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_an_awkward_text_comes_through_unchanged_in_every_place(text: str) -> None:
    comes_through(text)


def comes_through(text: str) -> None:
    data = render(holding(text), load_template(NoteKind.DISCHARGE, [resource_folder("templates")]))
    read, shown = texts(data), writable(text)
    start = max(place for place, each in enumerate(read) if each.startswith("Formål\t")) + 1
    source = "Sygehusets ord:"
    assert read[start:] == [
        shown,
        shown,
        f"Felt\t{shown}",
        source,
        shown,
        source,
        shown,
        "A",
        "B",
        shown,
        "b",
    ]


@given(st.text() | st.text(st.characters(max_codepoint=0x20)))
@example("\x00\x1f\ufffe\ud800")
def test_what_is_written_instead_can_be_seen_and_xml_can_hold_it(text: str) -> None:
    shown = writable(text)
    element = OxmlElement("w:t")
    element.text = shown
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert len(shown) == len(plain)
    for before, after in zip(plain, shown, strict=True):
        assert after == before or after == "\ufffd" or 0x2400 <= ord(after) < 0x2420
        assert after == before or before < " " or before in "\ufffe\uffff" or before >= "\ud800"


def test_a_control_character_becomes_its_picture() -> None:
    assert writable("a\x00b\x07c\x1b") == "a␀b␇c␛"
    assert writable("\ud800\uffff") == "\ufffd\ufffd"


# --- templates of a municipality ------------------------------------------------------------------


def made(build: Callable[[DocumentObject], object]) -> bytes:
    document = Document()
    build(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def saying(*paragraphs: str) -> bytes:
    return made(lambda document: [document.add_paragraph(text) for text in paragraphs])


def test_a_municipality_puts_its_own_letterhead_and_headings() -> None:
    data = saying(
        "Byvåben {{ kommune }}",
        "{%p for a in afsnit if a.noegle == 'vurdering' %}",
        "Vores overskrift",
        "{%p for d in a.dele %}",
        "{{ loop.index }}: {{ d.tekst }}",
        "{%p endfor %}",
        "{%p endfor %}",
    )
    read = texts(render(note_of(), check_template("eget.docx", data)))
    assert read[:2] == ["Byvåben Prøve Kommune", "Vores overskrift"]
    assert f"2: {OWN.needs}" in read


def test_its_own_template_goes_before_the_programs_and_one_for_a_kind_before_both(
    tmp_path: Path,
) -> None:
    folders = [tmp_path, resource_folder("templates")]
    assert load_template(NoteKind.TELEPHONE, folders).data != b""
    (tmp_path / COMMON_FILE).write_bytes(saying("Fælles"))
    assert texts(render(note_of(), load_template(NoteKind.TELEPHONE, folders))) == ["Fælles"]
    (tmp_path / "telefonnotat.docx").write_bytes(saying("Telefon"))
    assert texts(render(note_of(), load_template(NoteKind.TELEPHONE, folders))) == ["Telefon"]
    assert texts(render(note_of(), load_template(NoteKind.CONFERENCE, folders))) == ["Fælles"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kære {{ borgernavn }}", "Feltet »borgernavn« findes ikke"),
        ("{% for a in afsnit %}{{ a.titel }}{% endfor %}", "Feltet »titel« findes ikke"),
        ("{% for a in afsnit %}{% endfor %}{{ a.noegle }}", "Feltet »a« findes ikke"),
        ("{{ titel.__class__ }}", "Feltet »__class__« findes ikke"),
        ("{{ ''.__class__ }}", "Feltet »__class__« findes ikke"),
        ("{{ afsnit[0]['__class__'] }}", "Feltet »__class__« findes ikke"),
        ("{{ titel.upper() }}", "Koden rækker ud over notatets felter."),
        ("{{ range }}", "Feltet »range« findes ikke"),
        ("{{ cycler }}", "Feltet »cycler« findes ikke"),
        ("{% include 'C:/hemmelig.txt' %}", "Koden rækker ud over notatets felter."),
        ("{{ titel * 999999999 }}", "Koden rækker ud over notatets felter."),
        ("{{ titel|attr('x') }}", "En kode kan ikke læses."),
        ("{% if udkast %}", "En kode kan ikke læses."),
        ("{{ titel", "En kode kan ikke læses."),
    ],
)
def test_what_a_template_cannot_use_is_named_with_where_it_stands(text: str, said: str) -> None:
    with pytest.raises(NoteTemplateError) as caught:
        check_template("eget.docx", saying("Først", text, "Sidst"))
    told = str(caught.value)
    assert told.startswith("Skabelonen eget.docx kan ikke bruges. ")
    assert said in told
    assert "i dokumentet" in told


def test_a_wrong_field_is_found_in_header_and_footer() -> None:
    for place, said in (("header", "i sidehovedet"), ("footer", "i sidefoden")):

        def build(document: DocumentObject, place: str = place) -> None:
            getattr(document.sections[0], place).paragraphs[0].text = "Mvh {{ hilsen }}"

        with pytest.raises(NoteTemplateError, match=f"»hilsen«.*{said}: »Mvh"):
            check_template("eget.docx", made(build))


def test_what_word_would_fetch_from_elsewhere_is_refused() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    data = made(lambda doc: doc.part.relate_to("https://ond.example/t.dotm", kind, True))
    with pytest.raises(NoteTemplateError, match="henter noget udefra"):
        check_template("eget.docx", data)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"{\\rtf1}", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(NoteTemplateError, match="ikke et Word-dokument"):
        check_template("eget.docx", data)


def test_a_template_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoteTemplateError, match="Filen mangler"):
        load_template(NoteKind.DISCHARGE, [tmp_path])


# --- as another program opens it ------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, template: NoteTemplate) -> dict[NoteKind, str]:
    """The text of every kind of note as LibreOffice lays it out on paper."""
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice or pdftotext is not installed")
    folder = tmp_path_factory.mktemp("pages")
    for kind in KINDS:
        (folder / f"{kind.value}.docx").write_bytes(render(note_of(kind=kind), template))
    profile = (folder / "profile").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf"]
    files = [str(folder / f"{kind.value}.docx") for kind in KINDS]
    subprocess.run(
        [*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=240
    )
    return {
        kind: subprocess.run(
            ["pdftotext", "-layout", str(folder / f"{kind.value}.pdf"), "-"],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        ).stdout
        for kind in KINDS
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
def test_libreoffice_shows_every_word_of_the_note(
    kind: NoteKind, pages: dict[NoteKind, str]
) -> None:
    shown = set(pages[kind].split())
    note = note_of(kind=kind)
    said = {
        word
        for section in note.sections
        for text in (section.heading, *(t for b in section.blocks for t in words_of(b)))
        for word in text.split()
    }
    assert said
    # A long word may be broken over two lines of a narrow cell.
    assert {word for word in said - shown if word not in pages[kind]} == set()


def test_libreoffice_counts_the_pages(pages: dict[NoteKind, str]) -> None:
    sheets = pages[NoteKind.DISCHARGE].split("\f")[:-1]
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        assert f"Side {number} af {len(sheets)}" in sheet
        assert "UDKAST" in sheet
