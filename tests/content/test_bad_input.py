"""Each thing that can be wrong with a story: its file, its line, what is wrong, and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.pictures import picture_files
from tests.content.samples import STORY, picture, put, read, story, told

ONE = "chapters/001-one.md"
SOUND = {ONE: "It was dark.\n"}

STORY_FAULTS = [
    pytest.param("title: A\ntitel: B\n", 2, "“titel” is an unknown key", "“title”", id="unknown key"),
    pytest.param("title: A\nrelease:\n  shedule: x\n", 3, "“release.shedule”", "“schedule”", id="unknown inner key"),
    pytest.param("title: A\n\ntitle: B\n", 3, "“title” stands here twice", "Keep one", id="a key twice"),
    pytest.param("title: A\ntags: fantasy\n", 2, "“tags” must be a list, not “fantasy”", "[one, two]", id="no list"),
    pytest.param("title: [A]\n", 1, "“title” must be text, not a list", "one text", id="no text"),
    pytest.param("title: A\nrelease: 5\n", 2, "“release” must be a group of keys", "schedule", id="no group"),
    pytest.param("title: A\nrelease:\n  backlog: many\n", 3, "must be a whole number", "digits", id="no number"),
    pytest.param("title: A\nrelease:\n  backlog: -1\n", 3, "cannot be “-1”", "0 or more", id="below zero"),
    pytest.param("title: A\nrating: matur\n", 2, "cannot be “matur”", "“mature”", id="unknown rating"),
    pytest.param("title: A\nstatus: paused\n", 2, "cannot be “paused”", "hiatus", id="unknown status"),
    pytest.param("summary: x\n", 1, "“title” is missing", "title: …", id="no title"),
    pytest.param("- a\n- b\n", 1, "must be a group of keys", "title", id="a list of things"),
    pytest.param("title: A: B\n", 1, "not valid YAML", "in quotes", id="colon"),
    pytest.param("title: A\nrelease:\n\tbacklog: 1\n", 3, "not valid YAML", "spaces", id="tab"),
    pytest.param("title: A\nsummary: 'x\n", 3, "not valid YAML", "not be closed", id="open quote"),
    pytest.param("title: !python/name:os.system x\n", 1, "not valid YAML", "quotes", id="tag"),
    pytest.param("title: A\nservers: all\n", 2, "neither “any” nor a list", "any, or", id="servers"),
    pytest.param("title: A\nservers:\n - 1\n - x\n", 4, "not a Discord id", "Copy ID", id="server id"),
    pytest.param("title: A\nauthors:\n  - name: B\n    discord: bob\n", 4, "not a Discord id", "digits", id="author"),
    pytest.param("title: A\nlanguage: klingonese!\n", 2, "language code", "pt-BR", id="language"),
    pytest.param("title: A\nrelease:\n  start: soon\n", 3, "not a day or moment", "2026-12-01", id="start"),
    pytest.param("title: A\nrelease:\n  start: 2026-02-30\n", 3, "not a day or moment", "2026-12-01", id="no day"),
    pytest.param(
        "title: A\nrelease:\n  schedule: sometimes\n", 3, "not a schedule", "“sometimes”", id="schedule"
    ),
    pytest.param("title: A\nrelease:\n  schedule: 0 0 30 2 *\n", 3, "not a schedule", "", id="never fires"),
    pytest.param(
        "title: A\nrelease:\n  timezone: Europe/Londn\n", 3, "does not exist", "Europe/London", id="zone"
    ),
    pytest.param(
        "title: A\nrelease:\n  schedule: daily at 18:00 Europ/London\n", 3, "not a schedule", "Europe/London",
        id="zone in schedule",
    ),
    pytest.param("title: A\ncover: images/c.png\n", 2, "“images/c.png” is not there", "Put it at", id="cover"),
]  # fmt: skip

CHAPTER_FAULTS = [
    pytest.param("---\ntitel: A\n---\nText", 2, "“titel” is an unknown key", "“title”", id="unknown key"),
    pytest.param("---\ntitle: A\n\ndraft: perhaps\n---\nText", 4, "must be true or false", "true or", id="no bool"),
    pytest.param("---\nthanks: [1, x]\n---\nText", 2, "“thanks #2” must be a whole number", "digits", id="thanks"),
    pytest.param("---\nrevision: 2\n---\nText", 2, "must be a group of keys", "number, note", id="revision"),
    pytest.param("---\nrevision:\n  number: 2\n---\nText", 2, "“revision.note” is missing", "note", id="no note"),
    pytest.param("---\ntitle: A: B\n---\nText", 2, "not valid YAML", "in quotes", id="broken YAML"),
    pytest.param("---\npublish_at: friday\n---\nText", 2, "“friday” is not a day", "2026-12-01 18:00", id="moment"),
    pytest.param("---\ntitle: A\nText", 1, "never ends", "alone on a line", id="open front matter"),
    pytest.param("---\nNote: she left.\n---\nMore.", 2, "“Note” is an unknown key", "write ***", id="a break"),
    pytest.param("---\ntitle: A\n---\n\n***\n", 4, "empty", "draft: true", id="only a scene break"),
    pytest.param("", 1, "empty", "draft: true", id="an empty file"),
    pytest.param("# A title\n\n<!-- to do -->\n", 1, "empty", "draft: true", id="only a heading"),
    pytest.param(b"Text\nand caf\xe9\n", 2, "byte 13 is not UTF-8", "UTF-8", id="not UTF-8"),
    pytest.param(b"Text\n\0\n", 2, "NUL", "UTF-8", id="binary"),
    pytest.param("Text\n\n![x](images/x.png)", 3, "“images/x.png” is not there", "Put it at", id="no picture"),
    pytest.param("Text\n\n![x](images/lam.png)", 3, "is not there", "“images/lamp.png”", id="near picture"),
    pytest.param("---\nnote_after: '![x](y.png)'\n---\nText", 2, "“y.png” is not there", "Put", id="in a note"),
    pytest.param("Text ![x](../other/x.png)", 1, "outside the story’s folder", "images/", id="traversal"),
    pytest.param("Text ![x](/etc/passwd)", 1, "outside the story’s folder", "images/", id="absolute"),
    pytest.param("Text ![x](..\\x.png)", 1, "outside the story’s folder", "images/", id="backslash"),
    pytest.param("Text ![x](https://a.example/x.png)", 1, "picture from the web", "images folder", id="address"),
    pytest.param("Text ![x](images/x.svg)", 1, "kind of picture", "PNG, JPEG", id="wrong kind"),
    pytest.param("Text ![x](images/text.png)", 1, "damaged or no picture", "PNG, JPEG", id="no image data"),
    pytest.param("Text ![x](images/cut.jpg)", 1, "damaged or no picture", "PNG, JPEG", id="cut off"),
]  # fmt: skip

IMAGES = {
    "images/lamp.png": picture(),
    "images/x.svg": "<svg/>",
    "images/text.png": "not a picture",
    "images/cut.jpg": picture("JPEG", (400, 300))[:900],
}


@pytest.mark.parametrize(("yaml", "line", "problem", "mend"), STORY_FAULTS)
def test_faults_of_the_story_file(tmp_path: Path, yaml: str, line: int, problem: str, mend: str) -> None:
    story(tmp_path, SOUND, yaml=yaml)
    [(file, at, said, how)] = told(tmp_path)
    assert (file, at) == ("lamp/story.yaml", line)
    assert problem in said
    assert mend in how
    assert "lamp" not in read(tmp_path).serials()


@pytest.mark.parametrize(("text", "line", "problem", "mend"), CHAPTER_FAULTS)
def test_faults_of_a_chapter(tmp_path: Path, text: str | bytes, line: int, problem: str, mend: str) -> None:
    story(tmp_path, {**IMAGES, ONE: text})
    [(file, at, said, how)] = told(tmp_path)
    assert (file, at) == (f"lamp/{ONE}", line)
    assert problem in said
    assert mend in how


def test_two_chapters_with_one_identity_name_each_other(tmp_path: Path) -> None:
    story(
        tmp_path, {"chapters/001-The-Lamp.md": "A", "chapters/002-one.md": "B", "chapters/7 the-lamp.md": "C"}
    )
    [(file, line, problem, mend)] = told(tmp_path)
    assert (file, line) == ("lamp/chapters/7 the-lamp.md", 0)
    assert "001-The-Lamp.md" in problem
    assert "id of its own" in mend


def test_an_id_that_is_taken_is_found_on_its_line(tmp_path: Path) -> None:
    story(tmp_path, {ONE: "A", "chapters/002-two.md": "---\ntitle: T\nid: ONE\n---\nB"})
    [(file, line, problem, _)] = told(tmp_path)
    assert (file, line) == ("lamp/chapters/002-two.md", 3)
    assert "“one”" in problem


def test_missing_and_empty_chapter_folders(tmp_path: Path) -> None:
    put(tmp_path, {"none/story.yaml": STORY, "empty/story.yaml": STORY, "empty/chapters/notes.txt": "x"})
    assert [(file, problem) for file, _, problem, _ in told(tmp_path)] == [
        ("empty/chapters", "there is no chapter here"),
        ("empty/chapters/notes.txt", "this file is not taken: chapters end in .md, and it ends in .txt"),
        ("none/chapters", "the chapters folder is missing"),
    ]


def test_a_folder_without_story_file_matters_only_with_chapters(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"lamp/chapters/1.md": "x", "drafts/notes.md": "x", "README.md": "x", ".git/chapters/1.md": "x"},
    )
    [(file, line, problem, mend)] = told(tmp_path)
    assert (file, line) == ("lamp/story.yaml", 0)
    assert "no story.yaml" in problem
    assert "title: …" in mend


def test_names_of_story_folders(tmp_path: Path) -> None:
    put(tmp_path, {f"{slug}/story.yaml": STORY for slug in ("Lamp", "lamp", "a story", "-x", "ランプ-2")})
    put(tmp_path, {f"{slug}/{ONE}": "x" for slug in ("Lamp", "lamp", "a story", "-x", "ランプ-2")})
    library = read(tmp_path)
    faults = told(tmp_path)
    assert [file for file, *_ in faults] == ["-x", "a story", "lamp"]
    assert str(tmp_path / "Lamp") in faults[2][2]
    assert set(library.serials()) == {"Lamp", "ランプ-2"}


def test_a_missing_content_folder(tmp_path: Path) -> None:
    [fault] = read(tmp_path / "content").list_faults()
    assert "no such folder" in fault.problem


def test_a_picture_that_leads_outside_by_a_link(tmp_path: Path) -> None:
    put(tmp_path, {"outside.png": picture()})
    root = story(tmp_path / "content", {ONE: "Text\n![x](images/x.png)", "images/lamp.png": picture()})
    (root / "lamp/images/x.png").symlink_to(tmp_path / "outside.png")
    [(_, line, problem, mend)] = told(root)
    assert line == 2
    assert "leads outside" in problem
    assert "Copy the file" in mend


def test_a_picture_that_is_too_large(tmp_path: Path) -> None:
    story(
        tmp_path, {ONE: "Text\n![x](images/x.png)", "images/x.png": picture() + bytes(picture_files.LARGEST)}
    )
    [(_, line, problem, mend)] = told(tmp_path)
    assert line == 2
    assert "8.0 MiB" in problem
    assert "smaller" in mend


def test_a_picture_with_too_many_pixels(tmp_path: Path) -> None:
    story(tmp_path, {ONE: "Text\n![x](images/x.png)", "images/x.png": picture("PNG", (9000, 9000))})
    [(_, line, problem, mend)] = told(tmp_path)
    assert line == 2
    assert "too many pixels" in problem
    assert "4000 a side" in mend


def test_more_than_ten_pictures_on_a_page(tmp_path: Path) -> None:
    images = {f"images/{number}.png": picture() for number in range(12)}
    text = "Text.\n\n" + "\n\n".join(f"![x](images/{number}.png)" for number in range(12))
    story(tmp_path, {**images, ONE: text})
    faults = told(tmp_path)
    from bot.domain.pages import paginate

    if max(len(page.blocks) for page in paginate(text)) <= 10:
        assert faults == []
    else:
        assert [(line, problem) for _, line, problem, _ in faults] == [
            (23, "more than ten pictures stand on one page")
        ]


def test_what_would_overrun_the_stack_is_a_fault(tmp_path: Path) -> None:
    for number, deep in enumerate(["[" * 200_000, "{a: " * 50_000, "- " * 100_000, "? " * 100_000]):
        story(tmp_path, {f"chapters/{number}.md": "Text"})
        put(tmp_path, {"lamp/chapters/9.md": f"---\ntags:\n  {deep}\n---\nText"})
        [(file, line, problem, _)] = told(tmp_path)
        assert (file, line) == ("lamp/chapters/9.md", 3)
        assert "nested too deeply" in problem


def test_a_file_name_that_is_not_text(tmp_path: Path) -> None:
    root = story(tmp_path, {ONE: "x"})
    try:
        (root / "lamp/chapters/\udcff.md").write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes text only as a name")
    [fault] = read(root).list_faults()
    assert fault.file.endswith("\\udcff.md")
    assert "not text" in fault.problem


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    yaml = "title: A\ntitel: B\nrating: x\ncover: nowhere.png\nrelease:\n  schedule: never\n  timezone: Mars/Here\n"
    story(
        tmp_path,
        {
            ONE: "---\ndraft: x\nthanks: no\n---\n",
            "chapters/002.md": b"\xff",
            "chapters/003.md": "![a](a.png)\n![b](b.png)",
        },
        yaml=yaml,
    )
    story(tmp_path, {ONE: ""}, slug="other")
    assert [(file, line) for file, line, *_ in told(tmp_path)] == [
        ("lamp/chapters/001-one.md", 2),
        ("lamp/chapters/001-one.md", 3),
        ("lamp/chapters/001-one.md", 5),
        ("lamp/chapters/002.md", 1),
        ("lamp/chapters/003.md", 1),
        ("lamp/chapters/003.md", 2),
        ("lamp/story.yaml", 2),
        ("lamp/story.yaml", 3),
        ("lamp/story.yaml", 4),
        ("lamp/story.yaml", 6),
        ("lamp/story.yaml", 7),
        ("other/chapters/001-one.md", 1),
    ]
