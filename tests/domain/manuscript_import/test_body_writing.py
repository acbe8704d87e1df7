"""Bodies of imported chapters: names of their pictures, and dashes of speech."""

from __future__ import annotations

import pytest

from bot.domain.manuscript_import.body_writing import BodyWriter, PicturePaths
from bot.domain.manuscript_import.imported_story import ChapterDraft
from bot.domain.manuscript_import.source_document import BlockKind, SourceBlock


def _draft(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH) -> ChapterDraft:
    return ChapterDraft(
        0, tuple(SourceBlock(text, kind, line=number) for number, text in enumerate(texts, 1))
    )


def test_pictures_of_one_name_in_different_folders_have_paths_of_their_own() -> None:
    paths = PicturePaths()
    first = BodyWriter(
        _draft("![A](march/tree.png)", "![B](<may/Tree.png>)", kind=BlockKind.PICTURE), paths
    ).write()
    second = BodyWriter(
        _draft('![B](may/Tree.png "In May").', "![C](<my pictures/a (1).png>)"), paths
    ).write()
    assert first.text == "![A](images/tree.png)\n\n![B](images/Tree-2.png)\n"
    assert first.pictures == {"march/tree.png": "images/tree.png", "may/Tree.png": "images/Tree-2.png"}
    assert second.text == "![B](images/Tree-2.png).\n\n![C](<images/a (1).png>)\n"
    assert second.pictures == {
        "may/Tree.png": "images/Tree-2.png",
        "my pictures/a (1).png": "images/a (1).png",
    }


def test_pictures_on_the_web_keep_their_address() -> None:
    written = BodyWriter(_draft("![A](https://x.example/a.png)"), PicturePaths()).write()
    assert (written.text, written.pictures) == ("![A](https://x.example/a.png)\n", {})


@pytest.mark.parametrize(
    ("texts", "body"),
    [
        (("\\- Et qui ?", "\\- Vous."), "- Et qui ?\n\n- Vous.\n"),
        (("He wrote:", "\\- one\n\\- two\n\\- three"), "He wrote:\n\n\\- one\n\\- two\n\\- three\n"),
    ],
)
def test_a_dash_that_is_read_as_speech_anyway_is_not_escaped(texts: tuple[str, ...], body: str) -> None:
    assert BodyWriter(_draft(*texts), PicturePaths()).write().text == body
