"""ODT files block by block, as LibreOffice writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.source_formats.odt_reader import read_flat_odt, read_odt
from bot.content.source_formats.read_source import ReadSource, SourceRefused
from tests.content.source_formats.office_samples import PNG, odt, odt_content, shown, zip_of


@pytest.fixture
def read(tmp_path: Path):
    def read_bytes(raw: bytes) -> ReadSource:
        path = tmp_path / "draft.odt"
        path.write_bytes(raw)
        return read_odt(path)

    return read_bytes


def _p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def _span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def test_styles_are_inherited_and_blanks_are_as_the_format_says(read) -> None:
    found = read(
        odt(
            _p("The Lamps", "Title")
            + '<text:h text:outline-level="1">Rain</text:h>'
            + _p(
                f'It was {_span("dar", "T1")}{_span("k", "T1")}.\n   One<text:s text:c="2"/>two,'
                f" {_span('bold', 'T2')}."
            )
            + _p("Dear you", "P3")
            + _p("* * *", "P1")
            + _p("Centred", "P1")
            + _p("New page", "P2"),
            meta="<dc:creator>Ada Quill</dc:creator><dc:language>en-GB</dc:language>",
        )
    )
    document = found.source.documents[0]
    assert shown(document) == [
        ("heading1", "The Lamps"),
        ("heading2", "Rain"),
        ("paragraph", "It was *dark*. One  two, **bold**."),
        ("paragraph", "*Dear you*", "all_italic"),
        ("scene_break", "* * *", "centered"),
        ("paragraph", "Centred", "centered"),
        ("paragraph", "New page", "page_break_before"),
    ]
    assert (document.title, document.author, document.language) == ("The Lamps", "Ada Quill", "en-GB")


@pytest.mark.parametrize(
    ("position", "shown_as"),
    [("super 58%", "x²"), ("sub 58%", "x₂"), ("33% 58%", "x²"), ("-33% 58%", "x₂"), ("0% 100%", "x2")],
)
def test_what_is_raised_or_lowered_is_so(read, position: str, shown_as: str) -> None:
    style = (
        '<style:style style:name="T9" style:family="text">'
        f'<style:text-properties style:text-position="{position}"/></style:style></office:automatic-styles>'
    )
    content = odt_content(_p(f"x{_span('2', 'T9')}")).replace("</office:automatic-styles>", style)
    (block,) = read(odt("", more={"content.xml": content})).source.documents[0].blocks
    assert block.text == shown_as


def test_notes_lists_verse_quotes_tables_and_pictures(read) -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f"{_p('A note.')}{_p('Its end.')}</text:note-body></text:note>"
    )
    inner = f"<text:list><text:list-item>{_p('deep')}</text:list-item></text:list>"

    def row(cells: str) -> str:
        inside = "".join(f"<table:table-cell>{_p(each)}</table:table-cell>" for each in cells)
        return f"<table:table-row>{inside}</table:table-row>"

    found = read(
        odt(
            _p(f"One{note}.")
            + _p("a<text:line-break/>b<text:line-break/>c")
            + f'<text:list text:style-name="L1"><text:list-item>{_p("x")}{inner}</text:list-item>'
            f"<text:list-item>{_p('y')}</text:list-item></text:list>"
            + f'<text:list text:style-name="L2"><text:list-item>{_p("Speak!")}</text:list-item></text:list>'
            + _p("Q1", "Quotations")
            + _p("Q2", "Quotations")
            + f"<table:table>{row('ab')}{row('cd')}</table:table>"
            + _p(
                '<draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>Lamp</svg:desc></draw:frame>'
            )
            + _p("", "Horizontal_20_Line")
            + _p('<text:a xlink:href="https://example.org/">link</text:a>'),
            more={"Pictures/1.png": PNG},
        )
    )
    document = found.source.documents[0]
    assert shown(document) == [
        ("paragraph", "One[^1]."),
        ("verse", "a\nb\nc"),
        ("list", "3. x\n    - deep\n4. y"),
        ("paragraph", "— Speak!"),
        ("quote", "> Q1\n>\n> Q2"),
        ("table", "| a | b |\n| --- | --- |\n| c | d |"),
        ("picture", "![Lamp](Pictures/1.png)"),
        ("scene_break", ""),
        ("paragraph", "[link](https://example.org/)"),
    ]
    assert [block.text for block in document.footnotes[0].blocks] == ["A note.", "Its end."]
    assert found.pictures["Pictures/1.png"]() == PNG


def test_contents_changes_comments_and_hidden_text(read) -> None:
    document = read(
        odt(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
            "<text:table-of-content><text:table-of-content-source/><text:index-body>"
            f"{_p('Rain 3')}</text:index-body></text:table-of-content>"
            + _p(
                "Text<office:annotation><dc:creator>Bo</dc:creator><text:p>Cut?</text:p></office:annotation>."
            )
            + _p(f"seen{_span('secret', 'T3')}")
            + f'<text:section text:display="none">{_p("in the dark")}</text:section>'
        )
    ).source.documents[0]
    assert shown(document) == [
        ("paragraph", "Rain 3", "contents_line"),
        ("paragraph", "Text."),
        ("paragraph", "Bo: Cut?", "hidden"),
        ("paragraph", "seen"),
        ("paragraph", "secret", "hidden"),
        ("paragraph", "in the dark", "hidden"),
    ]


def test_flat_documents() -> None:
    raw = odt_content(_p("Text.")).replace("office:document-content", "office:document").encode()
    assert shown(read_flat_odt(raw, "a.fodt").source.documents[0]) == [("paragraph", "Text.")]


def test_hostile_documents_are_refused(read) -> None:
    locked = '<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    with pytest.raises(SourceRefused, match="password"):
        read(odt(_p("x"), manifest=locked))
    with pytest.raises(SourceRefused, match="entities"):
        read(odt(_p("x"), more={"settings.xml": "", "meta.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}))
    with pytest.raises(SourceRefused, match="not a whole one"):
        read(zip_of({"mimetype": "application/vnd.oasis.opendocument.text"}))
    with pytest.raises(SourceRefused, match="damaged"):
        read(odt("<text:p>"))
