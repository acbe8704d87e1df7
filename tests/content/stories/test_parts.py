"""Chapters in sub-folders: identities, parts, pictures, and what is remembered of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.chapters.subprocess_reader import LARGE
from bot.content.stories.credit_references import find_credit_references
from bot.domain.diagnostics import Diagnostic, is_of_story, short_file_name
from bot.domain.stories.story import Chapter, chapter_key, former_keys
from bot.store.stories.chapter_json import decode_chapter, encode_chapter
from tests.content.samples import picture, put, read, story


def chapters(root: Path) -> tuple[Chapter, ...]:
    library = read(root)
    assert library.list_faults() == ()
    return library.serials()["lamp"].chapters


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("part-2/ch-01.md", "part-2/ch-01"),
        ("02-The-Sea/003-The-Lamp.md", "the-sea/the-lamp"),
        ("1. Buch/2. Teil/Öl.md", "1. buch/2. teil/öl"),
        ("第二部/第十一章.md", "第二部/第十一章"),
        ("Часть 2/01 Фонарь.md", "часть 2/фонарь"),
        ("2/1.md", "2/1"),
        ("2.5/7.5.md", "2.5/7.5"),
        ("भाग २/01-दीया.md", "भाग २/दीया"),
    ],
)
def test_an_identity_holds_the_folders_without_their_order(tmp_path: Path, file: str, key: str) -> None:
    [chapter] = chapters(story(tmp_path, {f"chapters/{file}": "x"}))
    assert (chapter.key, chapter.file, chapter.former) == (key, file, ())
    assert chapter_key(file.removesuffix(".md")) == key
    assert former_keys(file.removesuffix(".md")) == ()


def test_names_differ_by_folder_and_ids_by_themselves(tmp_path: Path) -> None:
    files = {f"chapters/part-{part}/ch-01.md": f"x{part}" for part in (1, 2)}
    root = story(
        tmp_path, {**files, "chapters/ch-01.md": "y", "chapters/part-1/z.md": "---\nid: Own\n---\nz"}
    )
    assert [chapter.key for chapter in chapters(root)] == ["ch-01", "part-1/ch-01", "own", "part-2/ch-01"]


@pytest.mark.parametrize(("one", "other"), [("01-sea/a.md", "02-sea/a.md"), ("Sea/a.md", "1 sea/A.md")])
def test_two_files_of_one_identity_are_a_fault(tmp_path: Path, one: str, other: str) -> None:
    library = read(story(tmp_path, {f"chapters/{one}": "x", f"chapters/{other}": "y"}))
    [fault] = library.list_faults()
    assert "have one identity, “sea/a”" in fault.problem
    assert one in fault.problem or other in fault.problem


def test_an_identity_with_its_folders_fits_discord(tmp_path: Path) -> None:
    files = {f"chapters/{'p' * 60}/{'c' * 39}.md": "x", f"chapters/{'p' * 60}/{'d' * 40}.md": "y"}
    [fault] = read(story(tmp_path, files)).list_faults()
    assert "too long for an identity" in fault.problem
    assert "d.md" in fault.file


@pytest.mark.parametrize(
    ("file", "matter", "part"),
    [
        ("1.md", "", None),
        ("1.md", "part: The Sea\n", "The Sea"),
        ("part-2/1.md", "", "Part 2"),
        ("part-2/1.md", "part: 二の巻\n", "二の巻"),
        ("02-the-sea/1.md", "part:\n", "The Sea"),
        ("b/c/1.md", "part: 2\n", "2"),
    ],
)
def test_a_part_is_the_front_matter_s_or_the_folder_s(
    tmp_path: Path, file: str, matter: str, part: str | None
) -> None:
    [chapter] = chapters(
        story(tmp_path, {f"chapters/{file}": f"---\n{matter}---\nText" if matter else "Text"})
    )
    assert chapter.part == part
    assert decode_chapter(encode_chapter(chapter)) == chapter
    assert chapter.digest == Chapter(key="other", title=chapter.title, text="Text").digest, (
        "it changes no page"
    )


@pytest.mark.parametrize(
    ("extra", "good"), [("true", True), ("no", True), ("perhaps", False), ("[1]", False)]
)
def test_extra_is_yes_or_no(tmp_path: Path, extra: str, good: bool) -> None:
    faults = read(story(tmp_path, {"chapters/1.md": f"---\nextra: {extra}\n---\nText"})).list_faults()
    assert (faults == ()) is good


def test_pictures_are_named_from_the_story_s_folder_at_any_depth(tmp_path: Path) -> None:
    text = "![x](images/x.png) and ![[y.png]]"
    files: dict[str, str | bytes] = {f"chapters/{name}": text for name in ("1.md", "a/1.md", "a/b/1.md")}
    root = story(tmp_path, {**files, "images/x.png": picture(), "images/y.png": picture()})
    assert {chapter.pictures for chapter in chapters(root)} == {("images/x.png", "images/y.png")}


def test_a_picture_that_comes_later_is_found_in_parts(tmp_path: Path) -> None:
    root = story(tmp_path, {"chapters/a/1.md": "Look: ![[y.png]]"})
    library = read(root)
    assert len(library.list_faults()) == 1
    put(root, {"lamp/images/y.png": picture()})
    library.load_now()
    assert library.list_faults() == ()


def test_a_large_chapter_is_read_in_its_part(tmp_path: Path) -> None:
    text = "![x](images/x.png)\n\n" + "The sea came in over the quay.\n\n" * (LARGE // 30)
    [chapter] = chapters(story(tmp_path, {"chapters/part-2/1.md": text, "images/x.png": picture()}))
    assert (chapter.key, chapter.part, chapter.pictures) == ("part-2/1", "Part 2", ("images/x.png",))


def test_a_broken_chapter_keeps_its_last_good_version_and_its_place(tmp_path: Path) -> None:
    root = story(tmp_path, {f"chapters/part-{part}/1.md": f"x{part}" for part in (1, 2, 3)})
    library = read(root)
    put(root, {"lamp/chapters/part-2/1.md": "---\ndraft: [\n---\n"})
    library.load_now()
    assert [chapter.text for chapter in library.serials()["lamp"].chapters] == ["x1", "x2", "x3"]
    assert [(each.key, each.file) for each in read(root).serials()["lamp"].broken] == [
        ("part-2/1", "part-2/1.md")
    ]
    (root / "lamp/chapters/part-2/1.md").unlink()
    library.load_now()
    assert [chapter.text for chapter in library.serials()["lamp"].chapters] == ["x1", "x3"]


def test_what_did_not_change_stays_the_same_object(tmp_path: Path) -> None:
    root = story(tmp_path, {"chapters/part-1/1.md": "x", "chapters/part-2/1.md": "y"})
    library = read(root)
    before = library.serials()["lamp"].chapters
    put(root, {"lamp/chapters/part-2/1.md": "better"})
    assert library.load_now()
    after = library.serials()["lamp"].chapters
    assert after[0] is before[0]
    assert after[1].text == "better"


def test_thanks_are_found_in_parts_under_the_chapter_s_identity(tmp_path: Path) -> None:
    root = story(
        tmp_path,
        {
            "chapters/part-2/01-x.md": "---\nthanks: [4]\n---\nText",
            "chapters/_x.md": "---\nthanks: [5]\n---\n",
        },
    )
    assert [(each.story, each.chapter, each.number) for each in find_credit_references(root)] == [
        ("lamp", "part-2/x", 4)
    ]


@pytest.mark.parametrize(
    ("file", "slug", "own", "short"),
    [
        ("content/lamp/chapters/part-1/1.md", "lamp", True, "part-1/1.md"),
        ("content/lamp/chapters/part-1/1.md", "part-1", False, "part-1/1.md"),
        ("content/lamp/story.yaml", "lamp", True, "story.yaml"),
        ("content/2-Lamp/chapters/1.md", "2-Lamp", True, "1.md"),
        ("/home/chapters/content/lamp/chapters", "lamp", True, "chapters"),
        ("content/lamp", "lamp", True, "lamp"),
        ("content/other/chapters/lamp/1.md", "lamp", False, "lamp/1.md"),
    ],
)
def test_a_fault_belongs_to_one_story(file: str, slug: str, own: bool, short: str) -> None:
    fault = Diagnostic(file, 1, "it is broken", "Mend it.")
    assert is_of_story(fault, slug) is own
    assert short_file_name(fault) == short
