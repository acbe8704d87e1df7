"""Made-up stories, releases and pages."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.pages import Page, paginate
from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.schedule.schedule import parse_schedule
from bot.domain.stories.story import Chapter, Story
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.delivery.post_messenger import ChapterPost
from bot.services.reading.private_reader_page import ReaderView

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\x7f"))
        + chunk(b"IEND", b"")
    )


PNG = _png()


def story(*, slug: str = "the-lamp", title: str = "The Lamp", backlog: int = 0, **more: object) -> Story:
    """A story that comes out daily."""
    release_rules = ReleaseRules(
        schedule=parse_schedule("daily at 12:30"),
        zone=ZoneInfo("UTC"),
        start=None,
        catch_up=CatchUp.ALL,
        backlog=backlog,
    )
    return Story(slug=slug, title=title, release_rules=release_rules, **more)  # type: ignore[arg-type]


def release(
    number: int = 1, *, story: str = "the-lamp", title: str = "Cold Iron", words: int = 1940
) -> Release:
    """A released chapter; its id is ten times its number."""
    return Release(number * 10, story, f"chapter-{number}", number, title, NOON, NOON, 1, words)


def edition(text: str = "Once.", **more: object) -> Edition:
    """The text of one."""
    facts = {
        "title": "Cold Iron",
        "warnings": (),
        "note_before": None,
        "note_after": None,
        "pov": None,
        "thanks": (),
    }
    return Edition(release_id=10, revision=1, text=text, digest="0" * 32, **(facts | more))  # type: ignore[arg-type]


def pages(text: str, limit: int = 3200, **more: str) -> tuple[Page, ...]:
    """The text's pages."""
    return paginate(text, limit=limit, **more)  # type: ignore[arg-type]


def post(page: Page | None = None, *, number: int = 1, count: int = 1, **more: object) -> ChapterPost:
    """A post of that page."""
    facts = {
        "story": story(),
        "release": release(),
        "edition": edition(),
        "page": page or pages("Once upon a time.")[0],
        "page_number": number,
        "page_count": count,
        "marker": 7,
        "options": SubscriptionOptions(),
    }
    return ChapterPost(**(facts | more))  # type: ignore[arg-type]


def view(page: Page | None = None, *, number: int = 1, count: int = 1, **more: object) -> ReaderView:
    """A reader's view of that page."""
    facts = {
        "story": story(),
        "release": release(),
        "edition": edition(),
        "page": page or pages("Once upon a time.")[0],
        "page_number": number,
        "page_count": count,
        "released_count": 1,
        "previous": None,
        "following": None,
        "pictures": (),
        "next_at": None,
    }
    return ReaderView(**(facts | more))  # type: ignore[arg-type]


def picture(path: str = "images/a.png") -> PictureFile:
    """A picture's file."""
    return PictureFile(path, "image/png", PNG)


def long_text(words: int) -> str:
    """A text of that many different words, in paragraphs of fifty."""
    made = [f"word{i}" for i in range(words)]
    return "\n\n".join(" ".join(made[i : i + 50]) + "." for i in range(0, words, 50))


def chapter(key: str, text: str | None = None, **more: object) -> Chapter:
    """A chapter of that key, which its front matter gives: those with equal texts are chapters all the same."""
    more = {"named": "file" not in more} | more
    return Chapter(key=key, title=key.replace("-", " ").title(), text=text or f"This is {key}.", **more)  # type: ignore[arg-type]
