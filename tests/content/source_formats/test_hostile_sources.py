"""Hostile and unreadable sources: one line that says what to do instead, and nothing left behind."""

from __future__ import annotations

import os
import random
import tempfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from bot.content.source_formats import source_files
from bot.content.source_formats.read_source import ReadSource, SourceRefused
from bot.content.source_formats.source_reader import read_source
from bot.domain.manuscript_import.import_pipeline import import_source
from tests.content.source_formats.books import package, page, write_book
from tests.content.source_formats.office_samples import docx, odt_content, p, zip_of

_PROSE = "He had walked for an hour before he saw the lamp at the end of the road."
_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "lollollol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MANIFEST = (
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="{0}">'
    "<m:encryption-data/></m:file-entry></m:manifest>"
)
_DOCX = docx("".join(p(_PROSE) for _ in range(30)))
_NOISE = random.Random(4).randbytes(600)


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that reads bytes as a file, and see that no other file is left."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    def read_bytes(raw: bytes, name: str = "novel.bin") -> ReadSource:
        path = tmp_path / name
        path.write_bytes(raw)
        return read_source(path)

    yield read_bytes
    assert list(scratch.iterdir()) == []


def _odt(members: dict[str, bytes | str]) -> bytes:
    return zip_of({"mimetype": "application/vnd.oasis.opendocument.text", **members})


def _flat(start: str) -> bytes:
    content = odt_content(f"<text:p>{_PROSE}&b;</text:p>").partition("?>")[2]
    return (start + content.replace("office:document-content", "office:document")).encode()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (_DOCX[:12], "damaged or not complete"),
        (_DOCX[: len(_DOCX) // 2], "damaged or not complete"),
        (_DOCX[:-4], "damaged or not complete"),
        (_odt({"content.xml": _NOISE, "META-INF/manifest.xml": _MANIFEST.format("content.xml")}), "password"),
        (
            _odt(
                {"encrypted-package": _NOISE, "META-INF/manifest.xml": _MANIFEST.format("encrypted-package")}
            ),
            "password",
        ),
        (
            zip_of(
                {
                    "[Content_Types].xml": "<Types/>",
                    "word/document.xml": f'{_ENTITIES}<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>&c;</w:t>'
                    "</w:r></w:p></w:body></w:document>",
                }
            ),
            "defines entities",
        ),
        (
            _odt(
                {
                    "content.xml": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
                    + odt_content(f"<text:p>{_PROSE}</text:p>").partition("?>")[2],
                    "META-INF/manifest.xml": "<m/>",
                }
            ),
            "defines entities",
        ),
        (_flat(_ENTITIES), "defines entities"),
        (f"{_ENTITIES}<html><body><p>&b;</p><p>{_PROSE}</p></body></html>".encode(), "XML document"),
        (zip_of({"a.txt": b"0" * 20_000_000}), "200 times"),
        (zip_of({"in.zip": zip_of({"a.txt": b"0" * 20_000_000})}), "200 times"),
        (
            zip_of({"1.zip": zip_of({"2.zip": zip_of({"3.zip": zip_of({"a.md": _PROSE})})})}),
            "within archives",
        ),
        (zip_of({"../out.md": _PROSE}), "leads out"),
        (zip_of({"a/../../out.md": _PROSE}), "leads out"),
        (zip_of({"C:\\out.md": _PROSE}), "leads out"),
        (b"CONT\x02\x00" + b"\0" * 90, "Kindle book"),
        (b"AT&TFORM" + b"\0" * 90, "DjVu"),
        (b"\xffWPC" + b"\0" * 90, "WordPerfect"),
    ],
    ids=[
        *("docx start", "docx half", "docx end", "odt password", "odt wholly encrypted", "docx entities"),
        *("odt external type", "flat odt entities", "page entities", "bomb", "nested bomb", "deep"),
        *("leaving", "leaving inside", "drive", "kfx", "djvu", "wordperfect"),
    ],
)
def test_one_line_says_what_to_do_instead(read, raw: bytes, problem: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read(raw)
    assert problem in refused.value.problem
    assert refused.value.mend.endswith(".")
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("share", [3, 2])
def test_a_book_that_is_cut_off(read, tmp_path: Path, share: int) -> None:
    files = {"content.opf": package(["a.xhtml"]), "a.xhtml": page(f"<h1>A</h1><p>{_PROSE}</p>")}
    raw = write_book(tmp_path / "whole.epub", files).read_bytes()
    with pytest.raises(SourceRefused, match="damaged or not complete"):
        read(raw[: len(raw) * (share - 1) // share], "cut.epub")


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"META-INF/sinf.xml": "<x/>", "a.xhtml": _NOISE}, "copy protection"),
        ({"a.xhtml": _NOISE}, "no text, but scrambled"),
    ],
    ids=["fairplay", "unknown"],
)
def test_a_book_whose_pages_are_scrambled(
    tmp_path: Path, files: dict[str, bytes | str], problem: str
) -> None:
    book = write_book(tmp_path / "a.epub", {"content.opf": package(["a.xhtml"]), **files})
    with pytest.raises(SourceRefused, match=problem):
        read_source(book)


def test_a_link_in_an_archive_is_not_followed(read) -> None:
    link = zipfile.ZipInfo("link.md")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with tempfile.SpooledTemporaryFile() as file:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.md", _PROSE)
            archive.writestr(link, "/etc/passwd")
        file.seek(0)
        raw = file.read()
    with pytest.raises(SourceRefused, match=r"holds a link: link\.md"):
        read(raw)


def test_a_bomb_among_chapters_is_left_out(read) -> None:
    found = read(
        zip_of({"1.md": _PROSE, "2.md": f"{_PROSE} Two.", "in.zip": zip_of({"a.txt": b"0" * 20_000_000})})
    )
    assert [each.name for each in found.source.documents] == ["1.md", "2.md"]
    assert [each.name for each in found.source.remarks if each.is_left_out] == ["in.zip"]


def test_large_files_are_refused_without_being_read(tmp_path: Path) -> None:
    folder = tmp_path / "novel"
    folder.mkdir()
    for name, start in (("1.docx", b"PK\x03\x04"), ("2.txt", b"word "), ("3.html", b"<html><p>")):
        with (folder / name).open("wb") as file:
            file.write(start)
            file.truncate(500 * 1024**2)
    (folder / "4.md").write_text(_PROSE, encoding="utf-8")
    tracemalloc.start()
    found = read_source(folder)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024**2
    assert [each.text.partition(".")[0] for each in found.source.remarks] == ["1", "2", "3"]
    assert all("more than 256 MB" in each.text for each in found.source.remarks)


def test_a_folder_of_anything_but_text_is_given_up_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_files, "_MOST_REFUSED", 5)
    for number in range(20):
        (tmp_path / f"{number:02}.dat").write_bytes(b"%PDF-1.4 \0")
    (tmp_path / "00.md").write_text(_PROSE, encoding="utf-8")
    with pytest.raises(SourceRefused, match="more than 5 files that are no text"):
        read_source(tmp_path)


def test_nothing_is_fetched_and_no_file_of_the_machine_is_shown(read) -> None:
    pictures = ("file:///etc/passwd", "../../../../etc/passwd", "/etc/hostname", "C:\\secret.png")
    html = "".join(f"<p>{_PROSE}</p><img src='{each}' alt='x'>" for each in pictures)
    found = read(f"<html><body>{html}</body></html>".encode(), "a.html")
    assert dict(found.pictures) == {}
    chapter = import_source(found.source).chapters[0]
    assert "file:" not in chapter.body
    assert all(path.startswith("images/") and ".." not in path for path in chapter.pictures.values())
    external = (
        '<Relationship Id="rId1" Type="x/image" Target="http://127.0.0.1:9/x.png" TargetMode="External"/>'
    )
    body = p('<w:r><w:drawing><a:blip r:link="rId1"/></w:drawing></w:r>') + p(_PROSE)
    assert dict(read(docx(body, relations=external), "a.docx").pictures) == {}


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text(_PROSE, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", os.fspath(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceRefused, match=r"a\.md cannot be read\. Check its name and permissions\."):
        read_source(path)
