"""DOCX files block by block: what Word, Google Docs and LibreOffice make of the same intentions."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.source_formats.docx_reader import read_docx
from bot.content.source_formats.read_source import ReadSource, SourceRefused
from bot.domain.manuscript_import.source_document import BlockTrait, SourceDocument
from tests.content.source_formats.office_samples import PNG, docx, p, r, zip_of

_RELATION = '<Relationship Id="rId1" Type="x/image" Target="media/image1.png"/>'
_DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A lamp [lit]"/><a:graphic><a:blip r:embed="rId1"/>'
    "</a:graphic></wp:inline></w:drawing></w:r>"
)
_PROSE = "He had walked for an hour before he saw the lamp at the end of the road."


@pytest.fixture
def read(tmp_path: Path):
    def read_bytes(raw: bytes) -> ReadSource:
        path = tmp_path / "draft.docx"
        path.write_bytes(raw)
        return read_docx(path)

    return read_bytes


def shown(document: SourceDocument) -> list[tuple[str, ...]]:
    """Return kind, text and traits of each block."""
    return [
        (f"{block.kind.value}{block.level or ''}", block.text, *sorted(each.value for each in block.traits))
        for block in document.blocks
    ]


def _field(step: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>'


def _listed(number: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def test_titles_headings_and_emphasis(read) -> None:
    found = read(
        docx(
            p("The Lamps", "Titel")
            + p("Rain", "berschrift1")
            + p(
                r("\tIt was ")
                + r("dar", "i")
                + '<w:proofErr w:type="spellStart"/>'
                + r("k", "i")
                + r(". Not *b")
            )
            + p(r("bo", "b") + r("ld", "b i") + r(" ") + r("gone", "strike") + r(" EM", "caps"))
            + p(r("Dear you,"), "Letter")
            + p(r("styled") + '<w:r><w:rPr><w:rStyle w:val="Hervorhebung"/></w:rPr><w:t> so</w:t></w:r>')
            + p("All of it", settings='<w:jc w:val="center"/>')
            + p(r("Chapter Two", "b")),
            core="<dc:title>Microsoft Word - x</dc:title><dc:creator>Ada Quill</dc:creator>",
        )
    )
    document = found.source.documents[0]
    assert shown(document) == [
        ("heading1", "The Lamps"),
        ("heading2", "Rain"),
        ("paragraph", "It was *dark*. Not \\*b"),
        ("paragraph", "**bo*ld*** ~~gone~~ EM"),
        ("paragraph", "*Dear you,*", "all_italic"),
        ("paragraph", "styled *so*"),
        ("paragraph", "All of it", "centered"),
        ("paragraph", "**Chapter Two**", "all_bold"),
    ]
    assert (document.title, document.author) == ("The Lamps", "Ada Quill")
    assert (found.source.title, found.source.author) == ("The Lamps", "Ada Quill")
    assert [document.lines[block.line - 1] for block in document.blocks][:3] == [
        "The Lamps",
        "Rain",
        "\tIt was dark. Not *b",
    ]


def test_scene_breaks_by_signs_gaps_and_rules(read) -> None:
    border = '<w:pBdr><w:bottom w:val="single"/></w:pBdr>'
    document = read(
        docx(
            p(_PROSE) * 3
            + p()
            + p(_PROSE)
            + p("* * *", "Scene")
            + p(_PROSE)
            + p("#")
            + p(_PROSE)
            + p(settings=border)
            + p(_PROSE)
            + p('<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>')
            + p(_PROSE)
        )
    ).source.documents[0]
    breaks = [each[1] for each in shown(document) if each[0] == "scene_break"]
    assert breaks == ["", "* * *", "#", "", ""]
    assert len(document.blocks) == 8 + 5


def test_every_other_paragraph_empty_is_no_scene_break_but_a_wider_gap_is(read) -> None:
    document = read(docx((p(_PROSE) + p()) * 5 + p() + p() + p(_PROSE) + p() + p(_PROSE))).source.documents[0]
    assert [each[0] for each in shown(document)] == [
        *["paragraph"] * 5,
        "scene_break",
        "paragraph",
        "paragraph",
    ]


def test_a_gap_below_a_title_is_no_scene_break(read) -> None:
    document = read(
        docx(
            p("Chapter 1")
            + p()
            + p(_PROSE)
            + p(_PROSE)
            + p()
            + p("Chapter 2", "berschrift1")
            + p()
            + p(_PROSE)
        )
    ).source.documents[0]
    assert "scene_break" not in [each[0] for each in shown(document)]


def test_verse_and_paragraphs_made_of_line_ends(read) -> None:
    document = read(
        docx(
            p(r("Tyger tyger|burning bright|in the forests"))
            + p(r(f"{_PROSE}||{_PROSE}"))
            + p(r(f"{_PROSE} {_PROSE}|{_PROSE}"))
            + p(r("Dear Bo,|yours"))
            + p("first", "Verse")
            + p("", "Verse")
            + p("second", "Verse")
        )
    ).source.documents[0]
    assert shown(document) == [
        ("verse", "Tyger tyger\nburning bright\nin the forests"),
        ("paragraph", _PROSE),
        ("paragraph", _PROSE),
        ("paragraph", f"{_PROSE} {_PROSE}"),
        ("paragraph", _PROSE),
        ("paragraph", "Dear Bo,\nyours"),
        ("verse", "first\n\nsecond"),
    ]


def test_lists_numbered_headings_and_dialogue_that_word_took_for_a_list(read) -> None:
    document = read(
        docx(
            p("Rain", "berschrift1", _listed(2))
            + p("one", settings=_listed(1))
            + p("deep", settings=_listed(1, 1))
            + p("two", settings=_listed(1))
            + p(_PROSE)
            + p("Who is there?", settings=_listed(3))
            + p("Fog", "berschrift1", _listed(2))
        )
    ).source.documents[0]
    assert shown(document) == [
        ("heading1", "Chapter I Rain"),
        ("list", "1. one\n    - deep\n2. two"),
        ("paragraph", _PROSE),
        ("paragraph", "— Who is there?"),
        ("heading1", "Chapter II Fog"),
    ]


def test_page_breaks_of_each_kind(read) -> None:
    document = read(
        docx(
            p("a")
            + p('<w:r><w:br w:type="page"/></w:r>')
            + p("b")
            + p("c", "NewPage")
            + p(r("d") + '<w:r><w:br w:type="page"/></w:r>' + r("e"))
            + p("f", settings="<w:sectPr/>")
            + p("g", settings='<w:sectPr><w:type w:val="continuous"/></w:sectPr>')
            + p("h")
        )
    ).source.documents[0]
    broken = [block.text for block in document.blocks if BlockTrait.PAGE_BREAK_BEFORE in block.traits]
    assert broken == ["b", "c", "e", "g"]
    assert [block.text for block in document.blocks] == list("abcdefgh")


def test_suggestions_comments_and_hidden_text(read) -> None:
    kept = (
        f'<w:ins w:id="1">{r("Kept")}</w:ins><w:del w:id="2"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    )
    document = read(
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


def test_contents_fields_are_told_from_the_text(read) -> None:
    opened = _field("begin") + '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>' + _field("separate")
    document = read(
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


def test_a_contents_field_without_end_does_not_swallow_the_book(read) -> None:
    opened = _field("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>" + _field("separate")
    document = read(docx(p(opened + r("Rain 3")) + p("Rain", "berschrift1") + p(_PROSE))).source.documents[0]
    assert shown(document)[1:] == [("heading1", "Rain"), ("paragraph", _PROSE)]


def test_footnotes_of_two_kinds_and_paragraphs(read) -> None:
    mark = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    document = read(
        docx(
            p(r("One") + mark + r(".")),
            footnotes='<w:footnote w:type="separator" w:id="0"/>'
            f'<w:footnote w:id="5">{p(r(" A ") + r("note", "i") + r("."))}{p("Its end.")}</w:footnote>',
        )
    ).source.documents[0]
    assert shown(document) == [("paragraph", "One[^1].")]
    (note,) = document.footnotes
    assert (note.label, [block.text for block in note.blocks]) == ("1", ["A *note*.", "Its end."])


def test_pictures_tables_quotes_and_drop_caps(read) -> None:
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>" for row in ("ab", "c|")
    )
    found = read(
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


def test_google_docs_without_style_names_of_word(read) -> None:
    """Google has every mark on every run, switches them off by 0, and keeps no list of empty settings."""
    plain = '<w:rPr><w:b w:val="0"/><w:i w:val="0"/><w:rtl w:val="0"/></w:rPr>'
    styles = (
        '<w:style w:type="paragraph" w:styleId="Normal" w:default="1"><w:name w:val="normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:rPr><w:b w:val="1"/></w:rPr>'
        "</w:style>"
    )
    document = read(
        docx(
            f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:bookmarkStart w:id="0" w:name="_a"/><w:r>{plain}'
            f"<w:t>Rain</w:t></w:r></w:p><w:p><w:pPr><w:rPr/></w:pPr><w:r>{plain}<w:t>It rained </w:t></w:r><w:r>"
            '<w:rPr><w:i w:val="1"/></w:rPr><w:t>hard</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>',
            styles=styles,
        )
    ).source.documents[0]
    assert shown(document) == [("heading1", "Rain"), ("paragraph", "It rained *hard*.")]


def test_strict_documents_and_text_boxes(read) -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        f"{p('In a box.')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        f"{p('In a box.')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert shown(read(docx(p(r("Out.") + box))).source.documents[0]) == [
        ("paragraph", "Out."),
        ("paragraph", "In a box."),
    ]


def test_macros_are_said_and_not_run(read) -> None:
    found = read(docx(p("Text."), more={"word/vbaProject.bin": b"Auto_Open"}))
    assert [each.text for each in found.source.remarks] == ["its macros are not taken"]


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document>&a;</w:document>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'.encode("utf-16"),
    ],
)
def test_entities_are_refused_before_parsing(read, document: str | bytes) -> None:
    with pytest.raises(SourceRefused, match="entities"):
        read(zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": document}))


@pytest.mark.parametrize("document", ["", "<w:document", "<a/>", "<a>" * 5000])
def test_damaged_documents_are_refused(read, document: str) -> None:
    with pytest.raises(SourceRefused):
        read(zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": document}))


def test_styles_in_circles_and_absurd_numbers(read) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>'
    )
    odd = (
        '<w:ind w:left="99999999999999999999e9"/><w:numPr><w:ilvl w:val="-7"/><w:numId w:val="1"/></w:numPr>'
    )
    assert read(docx(p("Text.", "A", odd), styles=styles)).source.documents[0].blocks[0].text == "1. Text."
