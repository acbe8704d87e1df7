"""Archives that a stranger made: what is refused, and what is read in spite of its age."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from bot.content.source_formats.bounded_archive import ArchiveLimits, BoundedArchive
from bot.content.source_formats.read_source import SourceRefused


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _open(raw: bytes, **limits: int) -> BoundedArchive:
    return BoundedArchive(io.BytesIO(raw), "novel.zip", limits=ArchiveLimits(**limits))


def _renamed(old: bytes, new: bytes, *, flag: int = 0) -> bytes:
    """Return an archive with one member whose name has just these bytes, as an old tool writes them."""
    assert len(old) == len(new)
    raw = bytearray(_zip({old.decode("ascii"): b"text"}).replace(old, new))
    central = raw.index(b"PK\x01\x02")
    struct.pack_into("<H", raw, central + 8, flag)
    struct.pack_into("<H", raw, 6, flag)
    return bytes(raw)


def test_reads_members_one_at_a_time() -> None:
    archive = _open(_zip({"a/1.txt": b"one", "2.txt": b"two" * 1000}))
    assert archive.names == ("a/1.txt", "2.txt")
    assert archive.read("a/1.txt") == b"one"
    assert archive.reader("2.txt")() == b"two" * 1000
    assert archive.read_start("2.txt", 4) == b"twot"
    assert archive.size("2.txt") == 3000
    assert "2.txt" in archive
    assert "3.txt" not in archive
    with pytest.raises(SourceRefused, match="more than 1 KB"):
        archive.read("2.txt", most=1024)


def test_a_path_is_closed_again(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(_zip({"a": b"x"}))
    with BoundedArchive(path, "a.zip") as archive:
        assert archive.read("a") == b"x"
    with pytest.raises(SourceRefused):
        archive.read("a")


@pytest.mark.parametrize(
    "name",
    ["../up.txt", "a/../../up.txt", "/root.txt", "C:/x.txt", "c:x.txt", "..\\up.txt", "\\root.txt", "a/.."],
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(SourceRefused, match="leads out"):
        _open(_zip({name: b"x"}))


def test_a_nul_in_a_name_is_refused() -> None:
    with pytest.raises(SourceRefused, match="leads out"):
        _open(_renamed(b"nice.txtX.exe", b"nice.txt\0.exe"))


def test_links_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        entry = zipfile.ZipInfo("link")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(SourceRefused, match="holds a link"):
        _open(file.getvalue())


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(SourceRefused, match="200 times its size"):
        _open(_zip({"bomb": b"\0" * 3_000_000}))
    with pytest.raises(SourceRefused, match="more than 1 MB unpacked"):
        _open(_zip({"large": b"\0" * 2_000_000}), single=1024**2)
    with pytest.raises(SourceRefused, match="more than 1 MB unpacked"):
        _open(_zip({str(number): b"\0" * 600_000 for number in range(2)}), total=1024**2)
    with pytest.raises(SourceRefused, match="more than 3 files"):
        _open(_zip({str(number): b"" for number in range(4)}), entries=3)
    with pytest.raises(SourceRefused, match="files"):
        _open(_zip({str(number): b"" for number in range(40)}), directory=1000)


def test_nested_archives_share_the_limits() -> None:
    inner = _zip({"chapter.txt": b"text"})
    outer = _open(_zip({"a/inner.docx": inner}))
    nested = outer.open_nested("a/inner.docx")
    assert nested.name == "inner.docx"
    assert nested.read("chapter.txt") == b"text"
    deep = _open(_zip({"2": _zip({"1": _zip({"0": inner})})}))
    with pytest.raises(SourceRefused, match="within archives"):
        deep.open_nested("2").open_nested("1").open_nested("0")
    many = _open(_zip({"a": _zip({"1": b"", "2": b""}), "b": b""}), entries=3)
    with pytest.raises(SourceRefused, match="more than 3 files"):
        many.open_nested("a")


def test_two_files_of_one_name_are_refused() -> None:
    raw = _zip({"a.txt": b"one", "b.txt": b"two"}).replace(b"b.txt", b"a.txt")
    with pytest.raises(SourceRefused, match="two files called"):
        _open(raw)


def test_a_password_is_refused() -> None:
    with pytest.raises(SourceRefused, match="password"):
        _open(_renamed(b"a.txt", b"a.txt", flag=1))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_unpack_without_bound_are_refused(method: int) -> None:
    with pytest.raises(SourceRefused, match="unusual way"):
        _open(_zip({"a": b"text"}, method))


def test_damage_is_refused() -> None:
    raw = _zip({"a.txt": b"text" * 500, "b.txt": b"more"}, zipfile.ZIP_STORED)
    for broken in (b"", b"PK\x03\x04", raw[:-30], raw[: len(raw) // 2], b"no archive at all" * 9):
        with pytest.raises(SourceRefused, match="damaged"):
            _open(broken)
    with pytest.raises(SourceRefused, match=r"a\.txt in novel\.zip is damaged"):
        _open(raw.replace(b"texttext", b"textTEXT", 1)).read("a.txt")


def test_names_in_old_encodings() -> None:
    assert _open(_renamed(b"Kapitel-aa.txt", "Kapitel-ö.txt".encode())).names == ("Kapitel-ö.txt",)
    japanese = "第一章 ソナタ.txt".encode("cp932")
    assert _open(_renamed(b"x" * len(japanese), japanese)).names == ("第一章 ソナタ.txt",)
    assert _open(_renamed(b"Caf1.txt", "Café.txt".encode("cp437"))).names == ("Café.txt",)
    assert _open(_renamed(b"a~b.txt", b"a\\b.txt")).names == ("a/b.txt",)
