"""`fascicle preview`: the pages as JSON, and as a page that cannot be made to run anything."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.test_check import fascicle
from tests.content.samples import picture, put, story

TEXT = (
    "---\nnote_after: Bye, <b>dear</b> readers\n---\n# Dark\n\nIt was *dark*, __very__ dark. ||A ghost!|| "
    "<script>alert(1)</script>\n\n***\n\n![A lamp <lit>](images/lamp.png)\n\n-# small print\n\n"
    "[x](javascript:alert(1))\n"
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files = {"chapters/01-dark.md": TEXT, "chapters/02-long.md": "word " * 3000, "images/lamp.png": picture()}
    return story(tmp_path / "content", files)


def test_pages_as_json(content: Path) -> None:
    result = fascicle("preview", "lamp", "--json")
    assert result.exit_code == 0, result.stderr
    pages = json.loads(result.stdout)
    assert {page["chapter"] for page in pages} == {"dark", "long"}
    first = pages[0]
    assert (first["story"], first["page"], first["pages"]) == ("lamp", 1, 1)
    assert [block["type"] for block in first["blocks"]][:3] == ["text", "break", "picture"]
    assert first["blocks"][2] == {"type": "picture", "alt": "A lamp <lit>", "path": "images/lamp.png"}
    assert first["blocks"][-1]["type"] == "note"
    long = [page for page in pages if page["chapter"] == "long"]
    assert [page["page"] for page in long] == list(range(1, long[0]["pages"] + 1))
    assert len(long) > 3


@pytest.mark.parametrize(
    ("style", "drawn"), [("rule", "<hr>"), ("blank", '<hr class="blank">'), ("'<*>'", "<p>&lt;*&gt;</p>")]
)
def test_scene_breaks_in_the_style_of_the_story(content: Path, style: str, drawn: str) -> None:
    with (content / "lamp/story.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nscene_break: {style}\n")
    [first] = json.loads(fascicle("preview", "lamp", "dark", "--json").stdout)
    assert first["blocks"][1] == {"type": "break", "shown": style.strip("'")}
    assert drawn in Path(fascicle("preview", "lamp", "dark").stdout.strip()).read_text(encoding="utf-8")


def test_the_configured_page_length_counts(content: Path, tmp_path: Path) -> None:
    put(tmp_path, {"my.yaml": "reading: {page_length: 500}\n"})
    few = json.loads(fascicle("preview", "lamp", "long", "--json").stdout)
    many = json.loads(fascicle("preview", "lamp", "long", "--json", "-c", "my.yaml").stdout)
    assert len(many) > 4 * len(few)


@pytest.mark.parametrize("chapter", ["dark", "DARK", "1"])
def test_a_chapter_by_identity_title_or_number(content: Path, chapter: str) -> None:
    assert {
        page["chapter"] for page in json.loads(fascicle("preview", "The Lamp", chapter, "--json").stdout)
    } == {"dark"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_needs_nothing_else_and_runs_nothing(content: Path) -> None:
    result = fascicle("preview", "lamp", "dark")
    file = Path(result.stdout.strip())
    assert file == Path("build/preview/lamp-dark.html")
    page = file.read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(page)
    names = [tag for tag, _ in tags.found]
    assert "script" not in names
    assert names.count("img") == 1
    assert {"em", "u", "hr"} <= set(names)
    addresses = [
        value or "" for _, attrs in tags.found for key, value in attrs.items() if key in ("src", "href")
    ]
    assert [address[:15] for address in addresses] == ["data:image/png;"]
    assert "<b>dear</b>" not in page
    assert '<span class="spoiler">A ghost!</span>' in page


def test_unknown_names_are_2_and_name_the_nearest(content: Path) -> None:
    for words, near in ((("lam",), "“lamp”"), (("lamp", "drak"), "“dark”"), (("lamp", "99"), "dark, long")):
        result = fascicle("preview", *words)
        assert result.exit_code == 2
        assert near in result.stderr


def test_a_faulty_story_is_reported_instead(content: Path) -> None:
    put(content, {"lamp/chapters/03.md": ""})
    result = fascicle("preview", "lamp")
    assert result.exit_code == 1
    assert "03.md:1" in result.stderr
