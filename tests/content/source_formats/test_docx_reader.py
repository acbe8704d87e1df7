"""DOCX files block by block: what Word, Google Docs and LibreOffice make of the same intentions."""

from __future__ import annotations

from bot.domain.manuscript_import.source_document import BlockTrait
from tests.content.source_formats.office_samples import docx, p, r, shown

_PROSE = "He had walked for an hour before he saw the lamp at the end of the road."


def _listed(number: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def test_titles_headings_and_emphasis(read_docx_bytes) -> None:
    found = read_docx_bytes(
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


def test_what_is_raised_or_lowered_is_so_where_unicode_has_signs_for_it(read_docx_bytes) -> None:
    raised, lowered = ('vertAlign w:val="superscript"', 'vertAlign w:val="subscript"')
    runs = [
        ("H", ""),
        ("2", lowered),
        ("O, x", ""),
        ("2", raised),
        (", the 4", ""),
        ("th", raised),
        (" ", ""),
        ("q", raised),
    ]
    text = "".join(
        f'<w:r><w:rPr>{f"<w:{mark}/>" if mark else ""}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
        for text, mark in runs
    )
    (block,) = read_docx_bytes(docx(p(text))).source.documents[0].blocks
    assert block.text == "H₂O, x², the 4ᵗʰ q"


def test_scene_breaks_by_signs_gaps_and_rules(read_docx_bytes) -> None:
    border = '<w:pBdr><w:bottom w:val="single"/></w:pBdr>'
    document = read_docx_bytes(
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


def test_every_other_paragraph_empty_is_no_scene_break_but_a_wider_gap_is(read_docx_bytes) -> None:
    document = read_docx_bytes(
        docx((p(_PROSE) + p()) * 5 + p() + p() + p(_PROSE) + p() + p(_PROSE))
    ).source.documents[0]
    assert [each[0] for each in shown(document)] == [
        *["paragraph"] * 5,
        "scene_break",
        "paragraph",
        "paragraph",
    ]


def test_a_gap_below_a_title_is_no_scene_break(read_docx_bytes) -> None:
    document = read_docx_bytes(
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


def test_verse_and_paragraphs_made_of_line_ends(read_docx_bytes) -> None:
    document = read_docx_bytes(
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


def test_lists_numbered_headings_and_dialogue_that_word_took_for_a_list(read_docx_bytes) -> None:
    document = read_docx_bytes(
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


def test_page_breaks_of_each_kind(read_docx_bytes) -> None:
    document = read_docx_bytes(
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
