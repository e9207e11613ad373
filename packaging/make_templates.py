"""Make resources/templates/notat.docx, the Word template that comes with the program.

    python packaging/make_templates.py

A municipality changes a copy of it in Word. What is changed here must be made anew and committed.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

TARGET = Path(__file__).resolve().parent.parent / "resources" / "templates" / "notat.docx"
FONT = "Calibri"
MONOSPACED = "Courier New"
DARK = RGBColor(0x1F, 0x2A, 0x37)
WIDTH = Cm(17)
LABEL_WIDTH = Cm(6.2)
UNUSED_PARTS = {"customXml", "numbering", "stylesWithEffects", "webSettings"}
KEPT_STYLES = {
    "Normal",
    "Title",
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "Quote",
    "Header",
    "Footer",
    "Table Grid",
    "Normal Table",
    "Default Paragraph Font",
    "No List",
}


def main() -> None:
    """Write the template."""
    document = Document()
    _only_what_is_ours(document)
    _settings(document.settings.element)
    _page(document)
    _styles(document)
    _header_and_footer(document)
    _head(document)
    _body(document)
    _properties(document)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(TARGET))
    print(TARGET.name)


def _only_what_is_ours(document: Any) -> None:
    """Drop the picture and the styles of the library's own empty document."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.rsplit("/", 1)[1] in {"thumbnail", "extended-properties"}:
            del package.rels[key]
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.rsplit("/", 1)[1] in UNUSED_PARTS:
            del document.part.rels[key]
    for style in list(document.styles):
        if style.name not in KEPT_STYLES:
            style.element.getparent().remove(style.element)
    for style in document.styles:
        for tag in ("w:link", "w:rsid"):
            for element in style.element.findall(qn(tag)):
                style.element.remove(element)


def _settings(settings: Any) -> None:
    """Danish, in the present format of Word and not in that of 2010."""
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), "da-DK")
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")
    settings.remove(settings.find(qn("w:rsids")))
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1)


def _styles(document: Any) -> None:
    styles = document.styles
    _language(styles.element)
    normal = styles["Normal"]
    _font(normal, 10.5)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.1
    for name, size, before, after in (
        ("Title", 20, 0, 4),
        ("Heading 1", 14, 16, 4),
        ("Heading 2", 11.5, 10, 3),
        ("Heading 3", 10.5, 8, 2),
    ):
        _heading(styles[name], size, before, after)
    _bottom_border(styles["Heading 1"].element.get_or_add_pPr())
    _fact_style(styles)
    _quote_styles(styles)
    for name in ("Header", "Footer"):
        _font(styles[name], 8.5)
        styles[name].paragraph_format.space_after = Pt(0)
        tabs = styles[name].element.get_or_add_pPr().find(qn("w:tabs"))
        if tabs is not None:
            tabs.getparent().remove(tabs)
        styles[name].paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    draft = styles.add_style("Udkast", WD_STYLE_TYPE.PARAGRAPH)
    draft.base_style = normal
    _font(draft, 12, bold=True)
    _box(draft.element.get_or_add_pPr())
    for name in ("Tabelhoved", "Tabeltekst"):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _font(style, 9.5, bold=name == "Tabelhoved")
        style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.space_before = Pt(1)


def _language(styles: Any) -> None:
    run = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    run.append(_element("w:lang", val="da-DK", eastAsia="da-DK", bidi="ar-SA"))


def _font(style: Any, size: float, *, bold: bool | None = None, name: str = FONT) -> None:
    style.font.name = name
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    for tag in ("w:iCs", "w:bCs", "w:szCs"):
        for element in style.element.rPr.findall(qn(tag)):
            style.element.rPr.remove(element)
    style.font.cs_bold, style.font.cs_italic = bold, False
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), name)


def _heading(style: Any, size: float, before: float, after: float) -> None:
    _font(style, size, bold=True)
    style.font.color.rgb = DARK
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.keep_with_next = True
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    for name in ("w:spacing", "w:kern"):
        for element in style.element.rPr.findall(qn(name)):
            style.element.rPr.remove(element)


def _fact_style(styles: Any) -> None:
    """A label, and its value on a line of its own edge."""
    style = styles.add_style("Oplysning", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    form = style.paragraph_format
    form.left_indent, form.first_line_indent = LABEL_WIDTH, -LABEL_WIDTH
    form.tab_stops.add_tab_stop(LABEL_WIDTH)
    form.space_after = Pt(2)


def _quote_styles(styles: Any) -> None:
    source = styles.add_style("Citatkilde", WD_STYLE_TYPE.PARAGRAPH)
    source.base_style = styles["Normal"]
    _font(source, 9)
    source.paragraph_format.left_indent = Cm(0.5)
    source.paragraph_format.space_before = Pt(2)
    source.paragraph_format.space_after = Pt(0)
    source.paragraph_format.keep_with_next = True
    quote = styles["Quote"]
    _font(quote, 10.5)
    quote.font.color.rgb = RGBColor(0, 0, 0)
    _left_bar(quote)
    fixed = styles.add_style("Citat, fast bredde", WD_STYLE_TYPE.PARAGRAPH)
    fixed.base_style = quote
    _font(fixed, 8.5, name=MONOSPACED)


def _left_bar(style: Any) -> None:
    style.paragraph_format.left_indent = Cm(0.5)
    style.paragraph_format.space_after = Pt(6)
    _borders(style.element.get_or_add_pPr(), ("left",), 12, 8)


def _bottom_border(properties: Any) -> None:
    _borders(properties, ("bottom",), 4, 1)


def _box(properties: Any) -> None:
    _borders(properties, ("top", "left", "bottom", "right"), 8, 4)


def _borders(properties: Any, sides: tuple[str, ...], size: int, space: int) -> None:
    borders = _element("w:pBdr")
    for side in sides:
        borders.append(
            _element(f"w:{side}", val="single", sz=str(size), space=str(space), color="4B5563")
        )
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _header_and_footer(document: Any) -> None:
    section = document.sections[0]
    first = section.header.paragraphs[0]
    first.add_run("{{ kommune }}{% if enhed %}, {{ enhed }}{% endif %}\tSagsnr. {{ sagsnummer }}")
    second = section.header.add_paragraph(style="Header")
    second.add_run("{{ titel }}\tFortroligt – personfølsomt")
    second.add_run("{% if udkast %} – UDKAST{% endif %}").bold = True
    footer = section.footer.paragraphs[0]
    footer.add_run("{{ kilde }}, {{ oprettet }}\tSide ")
    _page_field(footer, "PAGE")
    footer.add_run(" af ")
    _page_field(footer, "NUMPAGES")


def _page_field(paragraph: Any, instruction: str) -> None:
    for kind in ("begin", None, "separate", "1", "end"):
        run = paragraph.add_run()
        if kind is None:
            text = _element("w:instrText")
            text.text = f" {instruction} "
            run._r.append(text)
        elif kind == "1":
            run.text = kind
        else:
            run._r.append(_element("w:fldChar", fldCharType=kind))


def _head(document: Any) -> None:
    document.add_paragraph("{{ titel }}", style="Title")
    document.add_paragraph("{%p if udkast %}")
    document.add_paragraph("Udkast – notatet er ikke underskrevet", style="Udkast")
    document.add_paragraph("{%p endif %}")
    _fact(document, "Sagsnummer", "{{ sagsnummer }}")
    _fact(document, "Oprettet", "{{ oprettet }}")
    _fact(document, "Forfatter", "{{ forfatter }}")
    document.add_paragraph("{%p if formaal %}")
    _fact(document, "Formål", "{{ formaal }}")
    document.add_paragraph("{%p endif %}")


def _fact(document: Any, label: str, value: str) -> None:
    paragraph = document.add_paragraph(style="Oplysning")
    paragraph.add_run(label).bold = True
    paragraph.add_run("\t")
    paragraph.add_run(value)


def _body(document: Any) -> None:
    document.add_paragraph("{%p for a in afsnit %}")
    document.add_paragraph("{{ a.overskrift }}", style="Heading 1")
    document.add_paragraph("{%p for d in a.dele %}")
    document.add_paragraph("{%p if d.type == 'overskrift' %}")
    document.add_paragraph("{{ d.tekst }}", style="Heading 2")
    document.add_paragraph("{%p elif d.type == 'oplysning' %}")
    _fact(document, "{{ d.navn }}", "{{ d.tekst }}")
    for kind, style in (("citat", "Quote"), ("citat_fast_bredde", "Citat, fast bredde")):
        document.add_paragraph("{%p elif d.type == '" + kind + "' %}")
        document.add_paragraph("{{ d.kilde }}:", style="Citatkilde")
        document.add_paragraph("{{ d.tekst }}", style=style)
    document.add_paragraph("{%p elif d.type == 'tabel' %}")
    _table(document)
    document.add_paragraph("{%p else %}")
    document.add_paragraph("{{ d.tekst }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")


def _table(document: Any) -> None:
    """A header row that is repeated, and a row for each of the note's."""
    table = document.add_table(rows=4, cols=3, style="Table Grid")
    properties = table._tbl.tblPr
    table.autofit = False
    properties.append(_element("w:tblCaption", val="{{ d.navn }}"))
    for row, style, words in (
        (0, "Tabelhoved", ("{%tc for h in d.hoved %}", "{{ h }}", "{%tc endfor %}")),
        (1, "Tabeltekst", ("{%tr for r in d.raekker %}", "", "")),
        (2, "Tabeltekst", ("{%tc for c in r %}", "{{ c }}", "{%tc endfor %}")),
        (3, "Tabeltekst", ("{%tr endfor %}", "", "")),
    ):
        for cell, text in zip(table.rows[row].cells, words):
            cell.paragraphs[0].style = style
            cell.paragraphs[0].add_run(text)
    for row in (0, 2):
        table.rows[row]._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for cell in table.rows[0].cells:
        shade = _element("w:shd", val="clear", color="auto", fill="E5E7EB")
        cell._tc.get_or_add_tcPr().append(shade)


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _properties(document: Any) -> None:
    properties = document.core_properties
    for name in ("author", "comments", "keywords", "last_modified_by", "subject", "category"):
        setattr(properties, name, "")
    properties.title = "Notat"
    properties.language = "da-DK"
    properties.revision = 1
    properties.created = properties.modified = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)


if __name__ == "__main__":
    main()
