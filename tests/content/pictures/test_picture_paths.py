"""Pictures are found under the paths that work in editors and on web sites, and never outside the story's folder."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from bot.content.pictures.picture_files import PictureFault, find_picture
from bot.content.pictures.picture_paths import PictureFinder
from tests.content.samples import picture, put, read, story, told

FILES = {
    "images/x.png": picture(),
    "images/my map.png": picture(),
    "images/сад/дом.png": picture(),
    "images/deep/er/港.png": picture(),
    unicodedata.normalize("NFD", "images/Café.png"): picture(),
    "chapters/beside.png": picture(),
}


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("images/x.png", "images/x.png"),
        ("../images/x.png", "images/x.png"),
        ("./images/x.png", "images/x.png"),
        ("/images/x.png", "images/x.png"),
        ("images\\x.png", "images/x.png"),
        ("..\\images\\x.png", "images/x.png"),
        ("../images/my%20map.png", "images/my map.png"),
        ("images/my map.png", "images/my map.png"),
        ("images/my\\ map.png", "images/my map.png"),
        ("../images/x.png?raw=true", "images/x.png"),
        ("Images/X.PNG", "images/x.png"),
        ("images/Сад/дом.png", "images/сад/дом.png"),
        ("images/%D1%81%D0%B0%D0%B4/дом.png", "images/сад/дом.png"),
        ("images/Café.png", unicodedata.normalize("NFD", "images/Café.png")),
        ("beside.png", "chapters/beside.png"),
        ("./beside.png", "chapters/beside.png"),
        ("港.png", "images/deep/er/港.png"),
    ],
)
def test_paths_of_a_chapter(tmp_path: Path, written: str, file: str) -> None:
    root = story(tmp_path, {"chapters/1.md": f"One.\n\n![a](<{written}>)", **FILES})
    library = read(root)
    assert library.list_faults() == ()
    (path,) = library.serials()["lamp"].chapters[0].pictures
    assert find_picture(root / "lamp", path) == root / "lamp" / file


@pytest.mark.parametrize(
    "written", ["../../images/x.png", "../beside.png", "images/x.png", "../../../lamp.png"]
)
def test_paths_of_a_chapter_in_a_part(tmp_path: Path, written: str) -> None:
    root = story(tmp_path, {"chapters/1.md": "One.", **FILES})
    put(tmp_path, {"lamp.png": picture()})
    folder = root / "lamp"
    found = PictureFinder(folder, folder / "chapters" / "part-2").file(written)
    assert found == (
        None
        if "lamp" in written
        else folder / "chapters/beside.png"
        if "beside" in written
        else folder / "images/x.png"
    )


@pytest.mark.parametrize(
    "cover",
    [
        "images/x.png",
        "../images/x.png",
        "./images/x.png",
        "/images/x.png",
        "images\\x.png",
        "images/my%20map.png",
        "Images/X.png",
    ],
)
def test_the_cover(tmp_path: Path, cover: str) -> None:
    root = story(tmp_path, {"chapters/1.md": "One.", "story.yaml": f"title: Lamp\ncover: '{cover}'", **FILES})
    assert [fault for fault in told(root) if "picture" in fault[2]] == []


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("../../secret.png", "outside"),
        ("../../../../etc/x.png", "outside"),
        ("..\\..\\secret.png", "outside"),
        ("%2e%2e/%2e%2e/secret.png", "outside"),
        ("/etc/secret.png", "outside"),
        ("C:\\secret.png", "outside"),
        ("images/link.png", "leads outside"),
    ],
)
def test_nothing_outside_is_found(tmp_path: Path, written: str, problem: str) -> None:
    put(tmp_path, {"secret.png": picture()})
    root = story(tmp_path, {"chapters/1.md": f"One.\n\n![a](<{written}>)", **FILES})
    (root / "lamp/images/link.png").symlink_to(tmp_path / "secret.png")
    [(_, line, said, _)] = told(root)
    assert (line, problem in said) == (3, True)
    with pytest.raises(PictureFault, match=problem):
        find_picture(root / "lamp", written)


def test_a_missing_picture_is_named_as_written_with_its_line(tmp_path: Path) -> None:
    root = story(
        tmp_path,
        {"chapters/1.md": "One.\n\nTwo.\n\n*![a](../images/y.png)*", "images/lantern.png": picture()},
    )
    [(_, line, said, _)] = told(root)
    assert (line, said) == (
        5,
        "the picture “../images/y.png” is not there, or lies outside the story’s folder",
    )
    put(root, {"lamp/images/y.png": picture()})
    assert told(root) == []


def test_the_line_of_a_damaged_picture_with_another_spelling(tmp_path: Path) -> None:
    root = story(
        tmp_path, {"chapters/1.md": "One.\n\n![a](..\\images\\x.png)", "images/x.png": b"no picture"}
    )
    [(_, line, said, _)] = told(root)
    assert (line, "“images/x.png” cannot be opened" in said) == (3, True)


@pytest.mark.parametrize("name", ["x.png", "港.png", "beside.png", "ДОМ.png", "er/港.png"])
def test_names_in_a_vault(tmp_path: Path, name: str) -> None:
    root = story(tmp_path, {"chapters/1.md": f"One.\n\n![[{name}]]", **FILES})
    assert told(root) == []
    assert len(read(root).serials()["lamp"].chapters[0].pictures) == 1
