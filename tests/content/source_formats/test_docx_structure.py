"""DOCX files: suggestions, fields, notes, pictures, other programs' dialects, and what is refused."""

from __future__ import annotations

import pytest

from bot.content.source_formats.read_source import SourceRefused
from tests.content.source_formats.office_samples import PNG, docx, p, r, shown, zip_of

_RELATION = '<Relationship Id="rId1" Type="x/image" Target="media/image1.png"/>'
_DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A lamp [lit]"/><a:graphic><a:blip r:embed="rId1"/>'
    "</a:graphic></wp:inline></w:drawing></w:r>"
)
_PROSE = "He had walked for an hour before he saw the lamp at the end of the road."


def _field(step: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>'


def test_suggestions_comments_and_hidden_text(read_docx_bytes) -> None:
    kept = (
        f'<w:ins w:id="1">{r("Kept")}</w:ins><w:del w:id="2"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    )
    document = read_docx_bytes(
        docx(
            p(f'{kept}{r(" text.")}<w:r><w:commentReference w:id="0"/></w:r>')
            + p(r("Two "), settings='<w:rPr><w:del w:id="3"/></w:rPr>')
            + p("in one.")
            + p(r("seen") + r("secret", "vanish")),
            comments=f'<w:comment w:id="0" w:author="Bo">{p("Cut this?")}</w:comment>',
        )
    ).source.documents[0]
    assert shown(document) == [
        ("paragraph", "Kept text."),
        ("paragraph", "Bo: Cut this?", "hidden"),
        ("paragraph", "Two in one."),
        ("paragraph", "seen"),
        ("paragraph", "secret", "hidden"),
    ]


def test_contents_fields_are_told_from_the_text(read_docx_bytes) -> None:
    opened = _field("begin") + '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>' + _field("separate")
    document = read_docx_bytes(
        docx(
            p(opened + r("Rain\t3"))
            + p("Fog\t9")
            + p(_field("end"))
            + p("Rain", "berschrift1")
            + p(r("Page ") + f'<w:fldSimple w:instr=" PAGE ">{r("7")}</w:fldSimple>' + r("of it"))
            + p(
                _field("begin")
                + '<w:r><w:instrText>HYPERLINK "https://example.org/"</w:instrText></w:r>'
                + _field("separate")
                + r("link", "u")
                + _field("end")
            )
        )
    ).source.documents[0]
    assert [each[0::2] for each in shown(document)][:2] == [("paragraph", "contents_line")] * 2
    assert shown(document)[2:] == [
        ("heading1", "Rain"),
        ("paragraph", "Page of it"),
        ("paragraph", "[link](https://example.org/)"),
    ]


def test_a_contents_field_without_end_does_not_swallow_the_book(read_docx_bytes) -> None:
    opened = _field("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>" + _field("separate")
    document = read_docx_bytes(
        docx(p(opened + r("Rain 3")) + p("Rain", "berschrift1") + p(_PROSE))
    ).source.documents[0]
    assert shown(document)[1:] == [("heading1", "Rain"), ("paragraph", _PROSE)]


def test_footnotes_of_two_kinds_and_paragraphs(read_docx_bytes) -> None:
    mark = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    document = read_docx_bytes(
        docx(
            p(r("One") + mark + r(".")),
            footnotes='<w:footnote w:type="separator" w:id="0"/>'
            f'<w:footnote w:id="5">{p(r(" A ") + r("note", "i") + r("."))}{p("Its end.")}</w:footnote>',
        )
    ).source.documents[0]
    assert shown(document) == [("paragraph", "One[^1].")]
    (note,) = document.footnotes
    assert (note.label, [block.text for block in note.blocks]) == ("1", ["A *note*.", "Its end."])


def test_pictures_tables_quotes_and_drop_caps(read_docx_bytes) -> None:
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in ("ab", ("c", "&#124;"))
    )
    found = read_docx_bytes(
        docx(
            p(_DRAWING)
            + p("Quoted.", "Zitat")
            + p("More.", "Zitat")
            + p(r("T"), settings='<w:framePr w:dropCap="drop"/>')
            + p("he end.")
            + f"<w:tbl>{table}</w:tbl>"
            + f"<w:tbl><w:tr><w:tc>{p('Framed.')}</w:tc></w:tr></w:tbl>"
            + p("A letter.", settings='<w:ind w:left="720" w:right="720"/>')
            + p("Left only.", settings='<w:ind w:left="720"/>'),
            relations=_RELATION,
            more={"word/media/image1.png": PNG},
        )
    )
    assert shown(found.source.documents[0]) == [
        ("picture", "![A lamp (lit)](word/media/image1.png)"),
        ("quote", "> Quoted.\n>\n> More."),
        ("paragraph", "The end."),
        ("table", "| a | b |\n| --- | --- |\n| c | \\| |"),
        ("paragraph", "Framed."),
        ("quote", "> A letter."),
        ("paragraph", "Left only.", "indented"),
    ]
    assert found.pictures["word/media/image1.png"]() == PNG


def test_google_docs_without_style_names_of_word(read_docx_bytes) -> None:
    """Google has every mark on every run, switches them off by 0, and keeps no list of empty settings."""
    plain = '<w:rPr><w:b w:val="0"/><w:i w:val="0"/><w:rtl w:val="0"/></w:rPr>'
    styles = (
        '<w:style w:type="paragraph" w:styleId="Normal" w:default="1"><w:name w:val="normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:rPr><w:b w:val="1"/></w:rPr>'
        "</w:style>"
    )
    document = read_docx_bytes(
        docx(
            f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:bookmarkStart w:id="0" w:name="_a"/><w:r>{plain}'
            f"<w:t>Rain</w:t></w:r></w:p><w:p><w:pPr><w:rPr/></w:pPr><w:r>{plain}<w:t>It rained </w:t></w:r><w:r>"
            '<w:rPr><w:i w:val="1"/></w:rPr><w:t>hard</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>',
            styles=styles,
        )
    ).source.documents[0]
    assert shown(document) == [("heading1", "Rain"), ("paragraph", "It rained *hard*.")]


def test_strict_documents_and_text_boxes(read_docx_bytes) -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        f"{p('In a box.')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        f"{p('In a box.')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert shown(read_docx_bytes(docx(p(r("Out.") + box))).source.documents[0]) == [
        ("paragraph", "Out."),
        ("paragraph", "In a box."),
    ]


def test_macros_are_said_and_not_run(read_docx_bytes) -> None:
    found = read_docx_bytes(docx(p("Text."), more={"word/vbaProject.bin": b"Auto_Open"}))
    assert [each.text for each in found.source.remarks] == ["its macros are not taken"]


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document>&a;</w:document>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'.encode("utf-16"),
    ],
)
def test_entities_are_refused_before_parsing(read_docx_bytes, document: str | bytes) -> None:
    with pytest.raises(SourceRefused, match="entities"):
        read_docx_bytes(zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": document}))


@pytest.mark.parametrize("document", ["", "<w:document", "<a/>", "<a>" * 5000])
def test_damaged_documents_are_refused(read_docx_bytes, document: str) -> None:
    with pytest.raises(SourceRefused):
        read_docx_bytes(zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": document}))


def test_styles_in_circles_and_absurd_numbers(read_docx_bytes) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>'
    )
    odd = (
        '<w:ind w:left="99999999999999999999e9"/><w:numPr><w:ilvl w:val="-7"/><w:numId w:val="1"/></w:numPr>'
    )
    assert (
        read_docx_bytes(docx(p("Text.", "A", odd), styles=styles)).source.documents[0].blocks[0].text
        == "1. Text."
    )
