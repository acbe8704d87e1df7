"""Uploads from Discord written into a real content folder: with their pictures, once, and whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.authoring.story_files import StoryFiles
from bot.content.content_folder import ContentFolder
from bot.content.importing.authoring_folder import AuthoringFolder
from bot.domain.stories.authoring_refusals import ContentNotWritable, UploadUnreadable
from tests.content.samples import picture


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A content folder with an empty story."""
    made = tmp_path / "content"
    made.mkdir()
    StoryFiles(made).create_story("tale", {"title": "Tale"})
    return made


@pytest.fixture
async def folder(root: Path) -> AuthoringFolder:
    """The adapter, which has read the folder."""
    opened = AuthoringFolder(ContentFolder(root), StoryFiles(root))
    await opened.refresh()
    return opened


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    """Two chapters and a picture, as they were sent."""
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / "1.md").write_text("# Dusk\n\nThe sun went.\n\n![A lamp](my_Lamp 1.png)\n", "utf-8")
    (sent / "2.md").write_text("# Night\n\nThe lamp was lit.\n", "utf-8")
    (sent / "my_Lamp 1.png").write_bytes(picture())
    return sent


async def write(folder: AuthoringFolder, upload: Path, *, replace: bool = False) -> tuple[list[str], ...]:
    report = await folder.write_upload("tale", upload, frozenset(), replace=replace)
    await folder.refresh()
    return list(report.added), list(report.replaced), list(report.kept)


def texts(root: Path) -> dict[str, str]:
    return {each.name: each.read_text("utf-8") for each in (root / "tale/chapters").glob("*.md")}


async def test_pictures_come_along_and_are_found(folder: AuthoringFolder, root: Path, upload: Path) -> None:
    assert await write(folder, upload) == (["001-dusk.md", "002-night.md"], [], [])
    (image,) = (root / "tale/images").iterdir()
    assert image.read_bytes() == picture()
    serial = folder.folder.serials()["tale"]
    assert [each.title for each in serial.chapters] == ["Dusk", "Night"]
    assert not folder.folder.list_faults()


async def test_the_same_upload_again_changes_nothing(
    folder: AuthoringFolder, root: Path, upload: Path
) -> None:
    await write(folder, upload)
    before = texts(root)
    assert await write(folder, upload, replace=True) == ([], [], ["001-dusk.md", "002-night.md"])
    assert texts(root) == before


@pytest.mark.parametrize("replace", [False, True])
async def test_a_chapter_that_the_story_has_is_replaced_only_if_asked(
    folder: AuthoringFolder, root: Path, upload: Path, *, replace: bool
) -> None:
    files = StoryFiles(root)
    own = files.add_chapter("tale", "Night", "My own night.\n")
    files.set_front_matter("tale", own, {"id": "the-night", "publish_at": "2026-12-24T18:00:00Z"})
    await folder.refresh()
    imported = await folder.read_upload(upload, frozenset())
    assert await folder.list_replaced("tale", imported) == [1]
    added, replaced, kept = await write(folder, upload, replace=replace)
    assert [each.partition("-")[2] for each in added] == ["dusk.md"]
    night = next(text for name, text in texts(root).items() if name.endswith("night.md"))
    assert ("The lamp was lit." in night) is replace
    assert (len(replaced), len(kept)) == ((1, 0) if replace else (0, 1))
    assert "id: the-night" in night
    assert "2026-12-24" in night


async def test_what_an_author_took_out_stays_out_and_is_said(
    folder: AuthoringFolder, root: Path, upload: Path
) -> None:
    await write(folder, upload)
    StoryFiles(root).remove("tale", "002-night.md")
    report = await folder.write_upload("tale", upload, frozenset(), replace=False)
    assert report.taken_out == ("Night",)
    assert list(texts(root)) == ["001-dusk.md"]


async def test_a_picture_that_is_missing_is_said(folder: AuthoringFolder, root: Path, upload: Path) -> None:
    (upload / "my_Lamp 1.png").unlink()
    report = await folder.write_upload("tale", upload, frozenset(), replace=False)
    assert len(report.lost_pictures) == 1
    await folder.refresh()
    assert len(folder.folder.serials()["tale"].chapters) == 2


async def test_a_write_that_fails_changes_nothing(
    folder: AuthoringFolder, root: Path, upload: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.content.authoring import change_journal

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(change_journal, "_replace", fail)
    with pytest.raises(ContentNotWritable):
        await folder.write_upload("tale", upload, frozenset(), replace=False)
    assert texts(root) == {}
    assert not list((root / "tale").rglob("*.png"))


async def test_where_nothing_may_be_written_or_read_it_is_said(
    folder: AuthoringFolder, root: Path, upload: Path
) -> None:
    reading = AuthoringFolder(ContentFolder(root), None)
    with pytest.raises(ContentNotWritable):
        await reading.write_upload("tale", upload, frozenset(), replace=False)
    (upload / "book.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    with pytest.raises(UploadUnreadable):
        await folder.read_upload(upload / "book.pdf", frozenset())
