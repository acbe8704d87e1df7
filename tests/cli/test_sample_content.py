"""Which stories a demo shows: somebody's own, else the samples of the clone or the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.output import UsageFailure
from bot.cli.sample_content import PACKAGED, choose_demo_content, find_samples
from bot.content.content_folder import ContentFolder
from tests.cli.test_check import ROOT
from tests.content.samples import put, story

SAMPLES = ROOT / "content"


def test_without_a_folder_of_ones_own_it_is_the_samples(capsys: pytest.CaptureFixture[str]) -> None:
    assert choose_demo_content(None) == (SAMPLES, True)
    Path("content").mkdir()
    assert choose_demo_content(None) == (SAMPLES, True), "an empty one, as in the image, says nothing"
    assert capsys.readouterr().err == ""


def test_ones_own_stories_come_first(tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/1.md": "x"})
    story(tmp_path / "elsewhere", {"chapters/1.md": "x"})
    assert choose_demo_content(None) == (Path("content"), False)
    assert choose_demo_content(Path("elsewhere")) == (Path("elsewhere"), False)
    with pytest.raises(UsageFailure, match="no such folder"):
        choose_demo_content(Path("nowhere"))


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"content/one.md": "x"}, "only files of text"),
        (
            {"content/mine/lamp/story.yaml": "title: x\n", "content/mine/lamp/chapters/1.md": "x"},
            "further down",
        ),
        ({"one.md": "x"}, "only files of text"),
    ],
)
def test_stories_in_the_wrong_place_are_named_beside_the_samples(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], told: str
) -> None:
    put(tmp_path, files)
    assert choose_demo_content(None) == (SAMPLES, True)
    said = capsys.readouterr().err
    assert told in said
    assert "the sample stories" in said


def test_an_installed_package_has_its_own_and_an_image_without_them_none(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "bot"
    package.mkdir(parents=True)
    story(tmp_path / "site-packages" / "content", {"chapters/1.md": "x"})
    assert find_samples(package) is None, "what else is called content there is none of ours"
    story(package / PACKAGED, {"chapters/1.md": "x"})
    assert find_samples(package) == package / PACKAGED


def test_every_sample_of_the_clone_is_marked_as_one() -> None:
    folder = ContentFolder(SAMPLES)
    folder.load_now()
    serials = folder.serials()
    assert all(serials[slug].story.sample for slug in ("the-lamplighters", "tide-tables"))
