"""Figures under chapters and on an author's page: within the limits, and told to whoever sees no pictures."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.chat.delivery.chapter_post_view import chapter_post
from bot.chat.i18n.gettext import LANGUAGES, in_language
from bot.chat.interactions.outgoing_message import COMPONENT_LIMIT, TEXT_LIMIT, texts
from bot.chat.pages import page_texts
from bot.chat.statistics.chart import Chart, draw
from bot.chat.statistics.report_view import report_message
from bot.chat.text.user_text import utf16_length
from bot.domain.statistics.counters import Counters
from bot.services.statistics.reports import ChapterStats, DropOff, StoryStats
from tests.chat.samples import post, story

_ALT = 1024
_LINE = 40
"""Letters of a monospaced line on a phone."""


def told(count: int, reads: int) -> StoryStats:
    """A story of so many chapters that ever fewer read."""
    return StoryStats(
        story(title="T" * 100),
        tuple(
            ChapterStats(
                number=number,
                title="A chapter",
                counters=Counters(reads // number, reads // number // 9, number),
                retention=None if number == 1 or not reads else 0.9,
                drop_off=DropOff((1,) * 10, reads // number) if reads else DropOff(),
            )
            for number in range(1, count + 1)
        ),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 3, 30, 300])
@pytest.mark.parametrize("reads", [0, 1, 2_345_678])
def test_a_story_in_figures_keeps_the_limits(count: int, reads: int, language: str) -> None:
    with in_language(language):
        message = report_message(told(count, reads))
    view = message.view()
    said = texts(view)
    assert sum(utf16_length(text) for text in said) <= TEXT_LIMIT
    assert view.total_children_count <= COMPONENT_LIMIT
    table = next(text for text in said if text.startswith("```")).split("```")[1].strip("\n").splitlines()
    assert len({len(line) for line in table}) == 1 or reads > 10_000
    assert all(len(line) <= _LINE for line in table)
    assert table[-1].split()[0] == str(count), "the newest chapters are shown first"
    assert len(message.files) == (0 if not reads else 3 if count > 1 else 2)
    for file in message.files:
        assert 20 < len(file.description) <= _ALT
        image = Image.open(io.BytesIO(file.data))
        assert (image.format, image.size) == ("PNG", (780, 400))


def test_every_page_of_the_table_is_reached() -> None:
    rows = []
    for page in range(13):
        text = next(
            text for text in texts(report_message(told(300, 0), page).view()) if text.startswith("```")
        )
        rows += [line.split()[0] for line in text.split("```")[1].strip("\n").splitlines()[1:]]
    assert rows[:300] == [str(number) for number in range(1, 301)]


def test_a_bar_is_as_high_as_its_value_says() -> None:
    image = Image.open(io.BytesIO(draw(Chart(["1", "2"], [4, 2], str, color="#ff0000"))))

    def height(x: int) -> int:
        return sum(image.getpixel((x, y)) == (255, 0, 0) for y in range(image.height))

    left, right = height(84 + 676 // 4), height(84 + 3 * 676 // 4)
    assert 1.9 < left / right < 2.1


def test_nothing_at_all_can_be_drawn() -> None:
    assert draw(Chart([], [], str))
    assert draw(Chart(["1"], [0], str, marks=[0]))
    assert draw(Chart(["1", "2"], [None, None], str, top=1))


@pytest.mark.parametrize(
    ("figures", "line"),
    [
        (Counters(1, 1, 1), "-# 1 reader · 1 vote · 1 comment"),
        (Counters(1234, 34, 0), "-# 1,234 readers · 34 votes"),
        (Counters(0, 0, 5), "-# 5 comments"),
        (Counters(1_299_999, 0, 0), "-# 1,299,999 readers"),
    ],
)
def test_figures_are_short_and_never_more_than_there_is(figures: Counters, line: str) -> None:
    assert page_texts.counter_line(figures) == line


def test_figures_stand_under_the_chapter_once_there_are_any() -> None:
    shown = "\n".join(texts(chapter_post(post(figures=Counters(5, 2, 0)), buttons=True).view()))
    assert "5 readers · 2 votes" in shown
    for none in (None, Counters()):
        assert "reads" not in "\n".join(texts(chapter_post(post(figures=none), buttons=True).view()))
