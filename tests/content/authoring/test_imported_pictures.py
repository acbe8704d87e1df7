"""Pictures of an import, from files with all kinds of names to what `fascicle check` says of the story."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.content.authoring.import_report import ImportReport
from bot.content.authoring.story_files import StoryFiles
from bot.content.pictures.picture_files import LARGEST, find_picture
from bot.content.source_formats.source_reader import read_source
from bot.domain.manuscript_import.import_pipeline import import_source
from tests.cli.test_check import fascicle

SHOWN = re.compile(r"^!\[[^\]]*\]\(<?([^<>\n]+?)>?\)$", re.MULTILINE)


def png(width: int, height: int = 4) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height)).save(made, "PNG")
    return made.getvalue()


def imported(
    tmp_path: Path, pictures: dict[str, bytes], text: str | None = None
) -> tuple[ImportReport, list[Path]]:
    """Import a chapter that shows pictures; return the report, and the files that it shows then."""
    source, content = tmp_path / "book", tmp_path / "content"
    for name, data in pictures.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(data)
    shown = text or "\n\n".join(f"![Picture {place}](<{name}>)" for place, name in enumerate(pictures))
    (source / "01-one.md").write_text(
        f"# One\n\nIt was dark.\n\n{shown}\n\nThen it was not.\n", encoding="utf-8"
    )
    read = read_source(source)
    report = StoryFiles(content).write_import("tale", import_source(read.source), read.pictures)
    written = (content / "tale/chapters/001-one.md").read_text(encoding="utf-8")
    checked = fascicle("check", content)
    assert checked.exit_code == 0, checked.output
    assert "the picture" not in checked.output
    return report, [find_picture(content / "tale", name) for name in SHOWN.findall(written)]


def test_pictures_of_equal_names_in_two_folders_both_arrive(tmp_path: Path) -> None:
    report, shown = imported(
        tmp_path, {"march/tree.png": png(4), "may/tree.png": png(5), "may/Tree.png": png(6)}
    )
    assert [file.read_bytes() for file in shown] == [png(4), png(5), png(6)]
    assert report.lost_pictures == ()


def test_the_same_picture_twice_is_one_file(tmp_path: Path) -> None:
    _, shown = imported(tmp_path, {"march/tree.png": png(4), "may/other.png": png(4)})
    assert len(shown) == 2
    assert len(set(shown)) == 1
    assert len(list((tmp_path / "content/tale/images").iterdir())) == 1


@pytest.mark.parametrize(
    "name",
    [
        "my_big_lamp.png",
        "_lamp_.png",
        "My Big Lamp.PNG",
        "Größe, été.png",
        unicodedata.normalize("NFD", "Größe, été.png"),
        "灯.png",
        "नदी.png",
        "lamp (1).png",
        "100%.png",
        "a#b?.png",
        "con.png",
        "IMG_0001.jpeg",
    ],
)
def test_pictures_of_any_name_are_found(tmp_path: Path, name: str) -> None:
    report, shown = imported(tmp_path, {name: png(4)})
    assert [file.read_bytes() for file in shown] == [png(4)]
    assert report.lost_pictures == ()


def test_names_as_editors_write_them_are_found(tmp_path: Path) -> None:
    text = "![One](my\\_lamp.png)\n\n![Two](My%20Lamp.png)\n\n![[Third Lamp.png]]"
    pictures = {"my_lamp.png": png(4), "My Lamp.png": png(5), "Third Lamp.png": png(6)}
    _, shown = imported(tmp_path, pictures, text)
    assert [file.read_bytes() for file in shown] == [png(4), png(5), png(6)]


def test_pictures_that_cannot_be_shown_are_told_and_are_no_fault(tmp_path: Path) -> None:
    pictures = {
        "damaged.png": png(400, 400)[:200],
        "heavy.png": png(4) + bytes(LARGEST),
        "wide.png": png(9000, 9000),
        "no picture.png": b"MZ",
        "empty.png": b"",
        "sound.png": png(4),
    }
    report, shown = imported(tmp_path, pictures)
    assert [file.read_bytes() for file in shown] == [png(4)]
    lost = [each.partition(": ")[0].rpartition("/")[2] for each in report.lost_pictures]
    assert lost == ["damaged.png", "heavy.png", "wide.png", "no picture.png", "empty.png"]
    assert [each.name for each in (tmp_path / "content/tale/images").iterdir()] == ["sound.png"]
