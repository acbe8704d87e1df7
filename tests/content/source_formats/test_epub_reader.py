"""EPUBs are read by their own table of contents, file by file."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from random import Random

import pytest

from bot.content.source_formats.epub_reader import read_epub
from bot.content.source_formats.read_source import SourceRefused
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait, Source
from tests.content.source_formats.block_listing import assert_lines_fit, list_blocks
from tests.content.source_formats.books import package, page, write_book

_ALICE = Path(__file__).parents[4] / "shared" / "books" / "alice.epub"
_NAV = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
_NCX = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
_COVER = '<item id="cov" href="img/c%20v.png" media-type="image/png"/>'


def _entries(source: Source) -> list[tuple[int, str, str]]:
    return [
        (entry.level, entry.title, source.documents[entry.document].blocks[entry.block].text)
        for entry in source.contents
    ]


def test_epub_3_with_parts_notes_and_pages_around(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content.opf": package(
            ["cover.xhtml", "p1.xhtml", "c1.xhtml", "c1b.xhtml", "c2.xhtml", "notes.xhtml"], _NAV + _COVER
        ),
        "cover.xhtml": page('<section epub:type="cover"><img src="img/c%20v.png" alt="Cover"/></section>'),
        "p1.xhtml": page("<h1>Part One</h1>"),
        "c1.xhtml": page(
            '<h2>One</h2><p>Up<a epub:type="noteref" href="notes.xhtml#n1">1</a>&nbsp;river.</p><a id="x"/>'
        ),
        "c1b.xhtml": page('<p>Still one.</p><img src="img/c%20v.png" alt="A boat"/>'),
        "c2.xhtml": page(
            '<h2 id="a">Two</h2><p>Down.</p><h2 id="b">Three</h2><p>Sea.<sup><a href="notes.xhtml#n2">2</a></sup></p>'
        ),
        "notes.xhtml": page(
            '<h2>Notes</h2><aside epub:type="footnote" id="n1"><p><a href="c1.xhtml">1.</a> A small river.</p></aside>'
            '<p id="n2"><a href="c2.xhtml#b">2</a> Salt.</p>'
        ),
        "nav.xhtml": page(
            '<nav epub:type="toc"><ol><li><a href="cover.xhtml">Cover</a></li><li><a href="p1.xhtml">Part One</a><ol>'
            '<li><a href="c1.xhtml">One</a></li><li><a href="c2.xhtml#a">Two</a></li></ol></li>'
            '<li><a href="c2.xhtml#b">Three</a></li></ol></nav>'
        ),
        "img/c v.png": b"png",
    }
    read = read_epub(write_book(tmp_path / "rivers.epub", files))
    source = read.source
    assert (source.name, source.title, source.author, source.language) == (
        "rivers.epub",
        "Two Rivers",
        "Ann Author",
        "en",
    )
    assert source.cover == "OEBPS/img/c v.png"
    assert read.pictures[source.cover]() == b"png"
    assert _entries(source) == [
        (1, "Part One", "Part One"),
        (2, "One", "One"),
        (2, "Two", "Two"),
        (1, "Three", "Three"),
    ]
    assert [list_blocks(document.blocks) for document in source.documents] == [
        ["picture (navigation): ![Cover](<OEBPS/img/c v.png>)"],
        ["heading 1: Part One"],
        [
            "heading 2: One",
            "paragraph: Up[^1]\xa0river.",
            "paragraph: Still one.",
            "picture: ![A boat](<OEBPS/img/c v.png>)",
        ],
        ["heading 2: Two", "paragraph: Down.", "heading 2: Three", "paragraph: Sea.[^2]"],
        ["heading 2 (navigation): Notes"],
    ]
    notes = [
        [(note.label, note.blocks[0].text) for note in document.footnotes] for document in source.documents
    ]
    assert notes == [[], [], [("1", "A small river.")], [("2", "Salt.")], []]
    for document in source.documents:
        assert_lines_fit(document)


def test_epub_2_by_its_ncx_and_guide(tmp_path: Path) -> None:
    guide = '<guide><reference type="copyright-page" href="rights.html"/></guide>'
    point = "<navPoint><navLabel><text>{}</text></navLabel><content src='{}'/>{}</navPoint>"
    chapters = point.format("I", "a.html#one", "") + point.format(" II\n ", "a.html#two", "")
    files = {
        "content.opf": package(
            ["rights.html", "a.html", "extra.html"], _NCX, guide=guide, not_linear=frozenset(("extra.html",))
        ),
        "rights.html": page("<p>All rights.</p>"),
        "a.html": page('<p id="one"><b>I</b></p><p>Text.</p><div id="two"><p>II</p></div><p>More.</p>'),
        "extra.html": page("<p>Advertisement.</p>"),
        "toc.ncx": f"<ncx><navMap>{point.format('Book', 'a.html', chapters)}</navMap></ncx>",
    }
    source = read_epub(write_book(tmp_path / "b.epub", files)).source
    assert _entries(source) == [(1, "Book", "**I**"), (2, "I", "**I**"), (2, "II", "II")]
    traits = [document.blocks[0].traits for document in source.documents]
    assert [BlockTrait.NAVIGATION in each for each in traits] == [True, False, True]


_GOOD = {"content.opf": package(["a.xhtml"]), "a.xhtml": page("<p>A</p>")}
_BOMB = '<!DOCTYPE html [<!ENTITY a "&b;&b;"><!ENTITY b "xx">]><html><body><p>&a;</p></body></html>'
_LOCKED = (
    '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:EncryptionMethod Algorithm="{}"/>'
    "</e:EncryptedData></encryption>"
)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"a.xhtml": _BOMB}, "defines entities"),
        ({"content.opf": package(["missing.xhtml"])}, "lacks its file"),
        ({"content.opf": package(["../../../etc/passwd"])}, "lacks its file"),
        ({"content.opf": package([])}, "does not say which texts"),
        ({"content.opf": "\x01 nothing"}, "content.opf"),
        ({"META-INF/container.xml": "<container/>", "content.opf": None}, "no package file"),
        (
            {"META-INF/encryption.xml": _LOCKED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")},
            "copy protection",
        ),
        ({"../out.txt": "x"}, "leads out"),
    ],
    ids=["entities", "missing", "path", "empty", "package", "container", "drm", "leaving"],
)
def test_bad_books_are_refused_in_one_line(
    tmp_path: Path, changes: dict[str, str | None], problem: str
) -> None:
    files = {name: text for name, text in {**_GOOD, **changes}.items() if text is not None}
    with pytest.raises(SourceRefused) as refused:
        read_epub(write_book(tmp_path / "bad.epub", files))
    assert problem in refused.value.problem
    assert "\n" not in str(refused.value)


def test_scrambled_fonts_are_no_protection(tmp_path: Path) -> None:
    locked = {"META-INF/encryption.xml": _LOCKED.format("http://www.idpf.org/2008/embedding")}
    assert (
        read_epub(write_book(tmp_path / "f.epub", {**_GOOD, **locked})).source.documents[0].blocks[0].text
        == "A"
    )


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "x.epub").write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(SourceRefused):
        read_epub(tmp_path / "x.epub")


def test_pictures_stay_in_the_archive(tmp_path: Path) -> None:
    pictures = "".join(f'<item id="p{n}" href="{n}.png" media-type="image/png"/>' for n in range(8))
    files: dict[str, str | bytes] = {**_GOOD, "content.opf": package(["a.xhtml"], pictures)}
    files |= {f"{number}.png": Random(number).randbytes(2_000_000) for number in range(8)}
    path = write_book(tmp_path / "large.epub", files)
    tracemalloc.start()
    read = read_epub(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(read.pictures) == 8
    assert peak < 2_000_000


@pytest.mark.skipif(not _ALICE.exists(), reason="shared/books/alice.epub is not on this machine")
def test_alice() -> None:
    source = read_epub(_ALICE).source
    chapters = [
        entry for entry in source.contents if source.documents[entry.document].name.find("/chapter-") > 0
    ]
    assert [entry.title.partition(":")[0] for entry in chapters] == [
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "VII",
        "VIII",
        "IX",
        "X",
        "XI",
        "XII",
    ]
    assert {entry.level for entry in source.contents} == {1}
    assert len(source.contents) == 12
    tail = next(block for block in source.documents[chapters[2].document].blocks if "Fury" in block.text)
    assert (tail.kind, tail.line_count) == (BlockKind.VERSE, 51)
    assert tail.text.startswith("“Fury said to\n\u2003a mouse, That\n\u2003\u2003he met\n")
    william = [
        block for block in source.documents[chapters[4].document].blocks if block.kind is BlockKind.VERSE
    ]
    assert [block.line_count for block in william] == [4] * 8
    assert william[0].text.split("\n")[1] == "\u2003“And your hair has become very white;"
    for document in source.documents:
        assert_lines_fit(document)
