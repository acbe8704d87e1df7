"""Whatever an author gives: recognized by its content, in order, and refused in one clear line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.content.source_formats import source_reader
from bot.content.source_formats.read_source import ReadSource, SourceRefused
from bot.content.source_formats.source_reader import read_pasted, read_source
from tests.content.source_formats.office_samples import PNG, docx, odt, odt_content, p, zip_of

_PROSE = "He had walked for an hour before he saw the lamp at the end of the road."
_PAGE = f"<html><body><h1>Rain</h1><p>{_PROSE}</p></body></html>".encode()


@pytest.fixture
def read(tmp_path: Path):
    def read_bytes(raw: bytes, name: str = "novel.txt") -> ReadSource:
        path = tmp_path / name
        path.write_bytes(raw)
        return read_source(path)

    return read_bytes


def _texts(found: ReadSource) -> list[str]:
    return [block.text for document in found.source.documents for block in document.blocks]


def _names(found: ReadSource) -> list[str]:
    return [document.name for document in found.source.documents]


def _left_out(found: ReadSource) -> dict[str, str]:
    return {each.name: each.text for each in found.source.remarks if each.is_left_out}


def _fill(folder: Path, files: dict[str, bytes | str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.mark.parametrize(
    "raw",
    [
        docx(p(_PROSE)),
        odt(f"<text:p>{_PROSE}</text:p>"),
        odt_content(f"<text:p>{_PROSE}</text:p>")
        .replace("office:document-content", "office:document")
        .encode(),
        f"<html><body><p>{_PROSE}</p></body></html>".encode(),
        f"<p>{_PROSE}</p>\n<p></p><br/><br/>".encode(),
        _PROSE.encode(),
        f"{_PROSE} Ä é".encode("utf-16"),
        zip_of({"only.docx": docx(p(_PROSE))}),
        zip_of({"only.html": f"<p>{_PROSE}</p><p>", "images/image1.png": PNG}),
    ],
)
def test_content_and_not_the_name_decides(read, raw: bytes) -> None:
    found = read(raw, "whatever.bin")
    assert [text.removesuffix(" Ä é") for text in _texts(found)] == [_PROSE]
    assert not found.source.file_per_chapter


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "is empty"),
        (b" \r\n\xef\xbb\xbf", "is empty"),
        (b"\0" * 500, "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3" + b"\0" * 80, "a PDF document"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 70000 + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"\0" * 60 + b"BOOKMOBI" + b"\0" * 90, "Kindle book"),
        (b'<?xml version="1.0"?><FictionBook></FictionBook>', "FB2"),
        (b"Rar!\x1a\x07\x01\x00" + b"\0" * 90, "RAR archive"),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 90, "7-Zip archive"),
        (PNG, "PNG picture"),
        (b"MZ\x90\0" + b"\0" * 90, "a program"),
        (b"\x7fELF" + b"\0" * 90, "a program"),
        (b"ID3\x03\0" + b"\0" * 90, "sound"),
        (b"\0\0\0\x20ftypisom" + b"\0" * 90, "film"),
        (zip_of({}), "empty archive"),
        (zip_of({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "a table"),
        (zip_of({"Index/Document.iwa": b"x"}), "Pages"),
        (zip_of({"a.scrivx": b"<a/>", "Files/Data/1/content.rtf": b"{\\rtf1}"}), "Scrivener project"),
        (zip_of({"a.png": PNG}), "no text"),
        (zip_of({"a.pdf": b"%PDF-1.7 \0"}), "a PDF document"),
        (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "link to a Google document"),
        (docx(p(_PROSE))[:-40], "damaged"),
        (docx(p("")), "no text"),
        ("Grün".encode("cp1252") + "Grün".encode() + b"\x81\xff", "not UTF-8"),
    ],
)
def test_refusals_say_what_it_is_and_what_to_do(read, raw: bytes, problem: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read(raw)
    assert problem in refused.value.problem
    assert refused.value.mend.endswith(".")
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


def test_old_encodings_are_read_and_said(read) -> None:
    text = "Der Müller fühlte, dass er über die Brücke gehen müßte, und es war schön für ihn. " * 5
    found = read(text.encode("cp1252"))
    assert "über die Brücke" in _texts(found)[0]
    assert [each.text for each in found.source.remarks] == ["was read as Windows-1252"]


def test_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(500 * 1024**2)
    with pytest.raises(SourceRefused, match="more than 256 MB"):
        read_source(path)
    os.truncate(path, 0)
    path.write_bytes(b"word " * (source_reader.LONGEST_TEXT // 5 + 1))
    with pytest.raises(SourceRefused, match="more than 16 MB"):
        read_source(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceRefused, match="no regular file"):
        read_source(tmp_path / "pipe")
    with pytest.raises(SourceRefused, match=r"there is no none\.txt"):
        read_source(tmp_path / "none.txt")


def test_pastes() -> None:
    assert _texts(read_pasted(_PROSE)) == [_PROSE]
    assert _texts(read_pasted(_PAGE.decode())) == ["Rain", _PROSE]
    assert read_pasted(_PROSE).source.name == "-"
    with pytest.raises(SourceRefused, match="empty"):
        read_pasted(" \n")
    with pytest.raises(SourceRefused, match="PDF"):
        read_pasted("%PDF-1.7 \0\0")


def test_a_folder_is_read_in_the_order_of_its_chapters_with_parts(tmp_path: Path) -> None:
    folder = _fill(
        tmp_path / "novel",
        {
            "Part 2 - The Sea/Chapter 10.docx": docx(p("ten")),
            "Part 2 - The Sea/Chapter 9.html": "<p>nine</p><p></p>",
            "Part 1/Chapter 2.odt": odt("<text:p>two</text:p>"),
            "Part 1/Chapter One.md": "one",
            "Prologue.txt": "before",
            "Epilogue.txt": "after",
        },
    )
    found = read_source(folder)
    assert _texts(found) == ["before", "one", "two", "nine", "ten", "after"]
    assert found.source.file_per_chapter
    assert [each.part for each in found.source.documents][1::2] == ["Part 1", "Part 2 – The Sea", None]
    assert found.source.name == "novel"
    raw = zip_of({f"novel/{each.relative_to(folder)}": each.read_bytes() for each in folder.rglob("*.*")})
    (tmp_path / "novel.zip").write_bytes(raw)
    packed = read_source(tmp_path / "novel.zip")
    assert packed.source.documents == found.source.documents


def test_what_is_no_chapter_is_left_out_and_said(tmp_path: Path) -> None:
    chapters = {f"{number:02}.md": f"{number} {_PROSE} And so on, number {number}." for number in range(1, 5)}
    folder = _fill(
        tmp_path / "vault",
        {
            **chapters,
            "README.md": "about",
            "Outline.md": "she dies",
            "Characters.docx": docx(p("x")),
            "01.meta.md": "meta",
            "02 (conflicted copy 2026-01-01).md": "x",
            "notes/ideas.md": "x",
            "book.md": "\n\n".join(chapters.values()),
            "everything in one.md": "\n\n".join(chapters.values()),
            "03 Kopie.md": chapters["03.md"],
            ".obsidian/app.json": "{}",
            ".obsidian/plugins/x.md": "x",
            "__MACOSX/._01.md": b"\0",
            ".DS_Store": b"\0",
            "05 scan.pdf": b"%PDF-1.4 \0",
            "empty.md": b"",
        },
    )
    found = read_source(folder)
    assert _names(found) == list(chapters)
    left_out = _left_out(found)
    assert set(left_out) == {
        *(
            "01.meta.md",
            "02 (conflicted copy 2026-01-01).md",
            "03 Kopie.md",
            "05 scan.pdf",
            "Characters.docx",
        ),
        *("Outline.md", "README.md", "book.md", "empty.md", "everything in one.md", "notes/ideas.md"),
    }
    assert "holds the text of" in left_out["everything in one.md"]
    assert "same text as 03.md" in left_out["03 Kopie.md"]
    assert "PDF" in left_out["05 scan.pdf"]


def test_pictures_by_the_path_that_the_text_names(tmp_path: Path) -> None:
    folder = _fill(
        tmp_path / "novel",
        {
            "a/1.html": "<p>x</p><p><img src='images/a.png' alt='A'></p><p></p>",
            "a/images/a.png": PNG + b"1",
            "b/2.html": "<p>y</p><p><img src='images/a.png' alt='B'></p><p></p>",
            "b/images/a.png": PNG + b"2",
            "b/3.html": "<p>z</p><p><img src='../../../etc/passwd'><img src='/etc/passwd'></p>",
            "4.docx": docx(
                p('<w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r>') + p("w"),
                relations='<Relationship Id="rId1" Type="x/image" Target="media/image1.png"/>',
                more={"word/media/image1.png": PNG + b"3"},
            ),
        },
    )
    found = read_source(folder)
    keys = [text.partition("](")[2][:-1] for text in _texts(found) if text.startswith("![")]
    assert sorted(found.pictures[key]()[-1:] for key in keys if key in found.pictures) == [b"1", b"2", b"3"]
    assert not [key for key in found.pictures if "passwd" in key]


def test_pictures_beside_a_single_file(tmp_path: Path) -> None:
    page = _fill(
        tmp_path / "x", {"1.html": "<p>x</p><p><img src='a.png'><img src='../secret.png'></p>", "a.png": PNG}
    )
    (tmp_path / "secret.png").write_bytes(PNG)
    (page / "link.png").symlink_to(tmp_path / "secret.png")
    found = read_source(page / "1.html")
    assert list(found.pictures) == ["a.png"]
    assert found.pictures["a.png"]() == PNG


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    folder = _fill(tmp_path / "novel", {"1.md": "one", "2.md": "two"})
    (folder / "3.md").symlink_to(tmp_path / "secret.md")
    (folder / "4").symlink_to(tmp_path)
    assert _names(read_source(folder)) == ["1.md", "2.md"]


def test_one_damaged_file_among_others_is_left_out(tmp_path: Path) -> None:
    folder = _fill(tmp_path / "novel", {"1.md": "one", "2.docx": docx(p("x"))[:-50], "3.md": "three"})
    found = read_source(folder)
    assert _names(found) == ["1.md", "3.md"]
    assert "damaged" in _left_out(found)["2.docx"]


def test_an_export_of_notion_loses_its_ids_and_its_list_of_pages(tmp_path: Path) -> None:
    ids = [f" {number:032x}" for number in range(4)]
    folder = _fill(
        tmp_path / "export",
        {
            f"Quiet{ids[0]}.md": "# Quiet\n\n[One](Quiet%20x/One.md)\n\n- [Two](Quiet%20x/Two.md)\n",
            f"Quiet{ids[0]}/Part 1{ids[1]}/One{ids[2]}.md": "one",
            f"Quiet{ids[0]}/Two{ids[3]}.md": "two",
        },
    )
    found = read_source(folder)
    assert [(each.name, each.part) for each in found.source.documents] == [
        ("Quiet/Part 1/One.md", "Part 1"),
        ("Quiet/Two.md", None),
    ]
    assert _left_out(found) == {f"Quiet{ids[0]}.md": "left out: it only lists other files"}


def test_a_file_of_several_chapters_is_a_part_by_its_name_and_one_of_a_chapter_is_not(tmp_path: Path) -> None:
    folder = _fill(
        tmp_path / "novel",
        {
            "Book 1 - Smoke.md": f"# Chapter 1\n\n{_PROSE}\n\n# Chapter 2\n\n{_PROSE}\n",
            "Book 2.md": f"# Chapter 3\n\n{_PROSE} Three.\n",
            "Part 3.md": f"{_PROSE} Four.\n",
        },
    )
    assert [each.part for each in read_source(folder).source.documents] == ["Smoke", "Book 2", None]
