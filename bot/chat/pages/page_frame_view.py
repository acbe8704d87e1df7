"""Lines above and below a page's own text: titles, notes, counters and credits."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bot.chat.pages import credit_texts, page_texts
from bot.chat.text.user_text import literal_line, soon
from bot.domain.pages import LengthUnit, Page, TextLength, measure_length, words_length
from bot.domain.releases.release import Edition, Release
from bot.domain.statistics.counters import Counters
from bot.domain.stories.story import Story
from bot.domain.suggestions.credits import Credits

_TITLE = 180
_NAME = 80
_WARNINGS = 400
_NOTE = 300
_DISCLAIMER = 500
_AUTHORS = 3
_CREDITED = 40

_SHADES = (0x8C5E58, 0x5B7553, 0x4F6D7A, 0x8A6D3B, 0x6B5B7B, 0x3F7D6E, 0x9A5B3C, 0x56627F)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """A page with all that its frame shows."""

    story: Story
    release: Release
    edition: Edition
    page: Page
    number: int
    count: int
    next_at: datetime | None
    """When the next chapter comes, for the end of the newest."""
    released: int | None = None
    """Number of released chapters, where the reader may go to any."""
    figures: Counters | None = None
    """Counters, where they are shown."""
    credits: Credits | None = None
    """Credits, once they are determined at the release."""
    succeeding: Release | None = None
    """The next chapter, for the end of this one."""
    names_next: bool = True
    """Whether the end names the next chapter; unset where a button below does."""
    in_thread: bool = False
    """Whether the pages stand one below the other, so that only the first needs a title, and each a small mark."""

    @property
    def first(self) -> bool:
        return self.number == 1

    @property
    def last(self) -> bool:
        return self.number == self.count


def story_color(story: Story) -> int:
    """Return the story's own color, always the same."""
    return _SHADES[zlib.crc32(story.slug.encode()) % len(_SHADES)]


def frame_head(leaf: PageFrame) -> Iterator[str]:
    """Yield the lines above the text, the indispensable ones first; each fits alone where all do not."""
    if leaf.in_thread and not leaf.first:
        return
    title = literal_line(leaf.edition.title, _TITLE)
    heading = f"{'##' if leaf.first else '###'} {title}"
    yield f"-# {literal_line(leaf.story.title, _TITLE)}\n{heading}\n-# {_facts(leaf)}"
    listed = ", ".join(leaf.edition.warnings)
    if leaf.first and listed:
        yield page_texts.warnings(literal_line(listed, _WARNINGS))
    # On every page, for a shared post may be open at any.
    if leaf.edition.announcement:
        yield page_texts.revised(literal_line(leaf.edition.announcement, _NOTE))


def _facts(leaf: PageFrame) -> str:
    facts = [page_texts.chapter_of(leaf.release.number, leaf.released)]
    pov = leaf.page.pov or (leaf.edition.pov if leaf.first else None)
    if pov:
        facts.append(page_texts.point_of_view(literal_line(pov, _NAME)))
    if leaf.first and leaf.release.words:
        facts.append(page_texts.length(_length(leaf.edition.text, leaf.release.words)))
    return " · ".join(facts)


@lru_cache(maxsize=16)
def _length(text: str, words: int) -> TextLength:
    """Measure a chapter; the count of its words is the one that was stored when it was released."""
    measured = measure_length(text)
    return words_length(words) if measured.unit is LengthUnit.WORDS else measured


def frame_tail(leaf: PageFrame) -> Iterator[str]:
    """Yield the lines below the text, the most wanted first; only a chapter's last page has credits."""
    marked = leaf.in_thread and leaf.count > 1
    yield (page_texts.page_mark if marked else page_texts.page_of)(leaf.number, leaf.count)
    if leaf.figures:
        yield page_texts.counter_line(leaf.figures)
    if not leaf.last:
        return
    if leaf.succeeding is not None and leaf.names_next:
        yield page_texts.succeeding(literal_line(leaf.succeeding.title, _TITLE))
    elif leaf.succeeding is None and leaf.next_at is not None:
        yield page_texts.next_release(soon(leaf.next_at))
    names = [literal_line(author.name, _NAME) for author in leaf.story.authors[:_AUTHORS]]
    if names:
        yield page_texts.written_by(names)
    thanks = _thanks(leaf)
    if thanks:
        yield thanks
    if leaf.story.disclaimer:
        yield f"-# {literal_line(leaf.story.disclaimer, _DISCLAIMER)}"


def _thanks(leaf: PageFrame) -> str:
    """Thank the suggesters; in a preview by the numbers of their suggestions."""
    if leaf.credits is None:
        return credit_texts.thanks_by_number(leaf.edition.thanks[:20]) if leaf.edition.thanks else ""
    names = [literal_line(name, _CREDITED) for name in leaf.credits.names]
    return credit_texts.thanks(names, leaf.credits.others) if names or leaf.credits.others else ""
