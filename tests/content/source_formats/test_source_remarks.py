"""Nothing is left out unsaid: what no document holds has a remark."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.source_formats.read_source import ReadSource
from bot.content.source_formats.source_reader import read_source
from tests.content.source_formats.books import package, page, write_book
from tests.content.source_formats.office_samples import PNG, docx, odt, p, r, zip_of

_PROSE = "He had walked for an hour before he saw the lamp at the end of the road."
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _read(folder: Path, name: str, raw: bytes) -> ReadSource:
    path = folder / name
    path.write_bytes(raw)
    return read_source(path)


def _remarks(found: ReadSource) -> list[str]:
    return [f"{each.name}: {each.text}" for each in found.source.remarks]


def test_a_word_file_says_what_of_it_is_not_taken(tmp_path: Path) -> None:
    body = p(f'<w:ins w:id="1">{r("Kept")}</w:ins>') + p(_PROSE)
    header = f'<Relationship Id="rId9" Type="{_KIND}/header" Target="header1.xml"/>'
    found = _read(tmp_path, "a.docx", docx(body, relations=header, more={"word/vbaProject.bin": b"x"}))
    assert _remarks(found) == [
        "a.docx: its macros are not taken",
        "a.docx: its suggested changes are read as accepted",
        "a.docx: its page headers and footers are not taken",
    ]
    assert _remarks(_read(tmp_path, "b.docx", docx(p(_PROSE)))) == []


def test_an_odt_file_says_what_of_it_is_not_taken(tmp_path: Path) -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    found = _read(tmp_path, "a.odt", odt(f"{changes}<text:p>{_PROSE}</text:p>"))
    assert _remarks(found) == ["a.odt: its suggested changes are read as accepted"]


def test_pages_beside_the_order_of_reading_are_named(tmp_path: Path) -> None:
    extra = '<item id="x" href="cut.xhtml" media-type="application/xhtml+xml"/>'
    files = {
        "content.opf": package(["a.xhtml"], extra),
        "a.xhtml": page(f"<h1>A</h1><p>{_PROSE}</p>"),
        "cut.xhtml": page(f"<h1>Cut</h1><p>{_PROSE}</p>"),
    }
    found = read_source(write_book(tmp_path / "a.epub", files))
    assert _remarks(found) == ["OEBPS/cut.xhtml: left out: the book's order of reading does not name it"]


def test_pictures_that_no_text_names_are_said_and_a_cover_is_taken(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "1.md": f"{_PROSE} ![A](images/a.png)",
        "2.md": "two",
        "images/a.png": PNG,
        "images/b.png": PNG,
        "Cover.jpg": PNG,
    }
    found = _read(tmp_path, "novel.zip", zip_of(files))
    assert _remarks(found) == ["images/b.png: left out: no text names this picture"]
    assert found.source.cover == "Cover.jpg"
    assert found.pictures["Cover.jpg"]() == PNG


def test_keys_of_front_matter_without_a_field_are_said_once(tmp_path: Path) -> None:
    matter = "---\ntitle: {0}\ntags: [x]\nstatus: done\nempty:\n---\n{0} text.\n"
    files = {f"{number}.md": matter.format(number) for number in range(1, 4)}
    found = _read(tmp_path, "novel.zip", zip_of(files))
    assert _remarks(found) == ["1.md and 2 more files: its front matter has more than is taken: tags, status"]


@pytest.mark.parametrize(
    ("raw", "text", "remark"),
    [
        (
            "“It’s naïve,” said Zoë.\n".encode() + "Café, naïve.\n".encode("cp1252"),
            "Café, naïve.",
            "has 2 pieces in another encoding, read as Windows-1252; the first is in line 2",
        ),
        (
            "Der Müller fühlte die Brücke.\n".encode().decode("cp1252").encode(),
            "Der Müller fühlte die Brücke.",
            "was encoded twice, which is undone at 3 places; look over line 1",
        ),
        (
            "<html><body><p>Der Müller fühlte die Brücke.</p></body></html>".encode()
            .decode("cp1252")
            .encode(),
            "Der Müller fühlte die Brücke.",
            "was encoded twice, which is undone at 3 places; look over line 1",
        ),
        ("Über die Brücke ging er, müde, und spät. ".encode("utf-16-le") * 3, "müde", "was read as UTF-16"),
    ],
    ids=["mixed", "twice", "page", "utf-16"],
)
def test_guesses_of_an_encoding_are_said(tmp_path: Path, raw: bytes, text: str, remark: str) -> None:
    found = _read(tmp_path, "a.txt", raw)
    assert text in "\n".join(block.text for block in found.source.documents[0].blocks)
    assert _remarks(found) == [f"a.txt: {remark}"]
