"""Everything rendered stays within Discord's limits, whatever authors and readers write."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import product
from typing import Any

import discord
from discord import ui
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chat.command_list import COMMANDS
from bot.chat.delivery import chapter_post_view
from bot.chat.interactions.outgoing_message import COMPONENT_LIMIT, TEXT_LIMIT, Message, texts
from bot.chat.notifications import notice_view
from bot.chat.pages.page_body_view import page_body
from bot.chat.reading import reader_view
from bot.chat.releases import calendar_view
from bot.chat.stories import catalogue_view, help_view
from bot.chat.stories.help_topics import Availability, list_entries
from bot.chat.subscriptions import subscription_view
from bot.chat.suggestions import submission_view, suggestion_view
from bot.chat.text import post_markers
from bot.chat.text.user_text import (
    clip,
    isolated,
    literal_block,
    literal_line,
    literal_pages,
    one_line,
    utf16_length,
)
from bot.domain.pages import Page, PageEnd, Picture, Prose, Role, SceneBreak, escape
from bot.domain.reading.bookmark import Bookmark, TextPosition
from bot.domain.schedule.calendar_state import PlannedRelease
from bot.domain.stories.story import Author, Rating, Status, SuggestionPolicy
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import (
    DeliveryFault,
    MentionReach,
    Start,
    Subscription,
    SubscriptionOptions,
    SubscriptionState,
)
from bot.domain.suggestions.suggestion import Suggestion, SuggestionState
from bot.services.notifications.notice_messenger import Notice
from bot.services.reading.private_reader_page import window
from bot.services.releases.calendar_overrides import Calendar
from bot.services.stories.autocomplete_choices import Choice
from bot.services.stories.catalogue import (
    Help,
    LibraryFilter,
    LibraryPage,
    LibraryRequest,
    StoryCard,
    StoryDetail,
)
from bot.services.stories.upcoming import ReleaseHold
from bot.services.subscriptions.subscription_requests import ListedSubscription, SubscribeResult
from bot.services.suggestions.submission import SubmissionResult
from bot.services.suggestions.supporters import SupportResult, TopSuggestions
from tests.chat.samples import NOON, edition, pages, picture, post, release, story, view

unhurried = settings(deadline=None, max_examples=40)

HOSTILE = st.one_of(
    st.text(max_size=600),
    st.sampled_from(
        [
            "*" * 300,
            "@everyone " * 60,
            "👨‍👩‍👧‍👦" * 80,
            "||" * 200,
            "```" * 120,
            "\n" * 50,
            "\u200b" * 20,
            "# x\n" * 90,
            "1. " * 200,
            "",
        ]
    ),
)
NAME = st.one_of(HOSTILE, st.text(min_size=1, max_size=40))


def check(message: Message) -> ui.LayoutView:
    """Assert every limit of Discord's that a message can break."""
    view = message.view()
    shown = texts(view)
    assert all(text.strip() for text in shown)
    assert sum(utf16_length(text) for text in shown) <= TEXT_LIMIT
    made = list(view.walk_children())
    assert len(made) <= COMPONENT_LIMIT
    ids = [item.custom_id for item in made if isinstance(item, (ui.Button, ui.Select))]  # type: ignore[union-attr]
    assert len(ids) == len(set(ids))
    assert all(1 <= len(each) <= 100 for each in ids if each)
    for item in made:
        match item:
            case ui.Button():
                assert item.label or item.emoji
                assert utf16_length(item.label or "") <= 80
            case ui.Select():
                assert 1 <= len(item.options) <= 25
                assert len({option.value for option in item.options}) == len(item.options)
                assert all(
                    1 <= utf16_length(o.label) <= 100 and 1 <= len(o.value) <= 100 for o in item.options
                )
            case ui.ActionRow():
                assert 1 <= len(item.children) <= 5
            case ui.MediaGallery():
                assert 1 <= len(item.items) <= 10
                assert all(utf16_length(each.description or "") <= 1024 for each in item.items)
    names = [each.name for each in message.files]
    assert len(names) == len(set(names)) <= 10
    used = [each.media.url for item in made if isinstance(item, ui.MediaGallery) for each in item.items]
    used += [item.media.url for item in made if isinstance(item, (ui.File, ui.Thumbnail))]
    assert sorted(used) == sorted(f"attachment://{name}" for name in names)
    return view


BLOCKS = st.lists(
    st.one_of(
        st.builds(Prose, st.text("ab *\n", min_size=1, max_size=60).filter(str.strip), st.sampled_from(Role)),
        st.just(SceneBreak()),
        st.builds(Picture, st.text(max_size=1500), st.sampled_from(["a.png", "b.png", "gone.png"])),
    ),
    min_size=1,
    max_size=60,
)


def page_of(*blocks: Any) -> Page:
    return Page(tuple(blocks), 0, 1, "Elin *the* " * 20, PageEnd.END)


@unhurried
@given(BLOCKS, NAME, NAME, st.lists(NAME, max_size=5), st.integers(1, 3), st.booleans(), st.integers(0, 30))
def test_a_post_and_a_reader_keep_every_limit(
    blocks, title, name, warnings, number, mention, skipped
) -> None:
    told = story(
        title=title,
        authors=(Author(name), Author(title)),
        disclaimer=name or None,
        suggestions=SuggestionPolicy(),
    )
    text = edition(title=title, warnings=tuple(warnings), pov=name or None, thanks=tuple(range(1, 60)))
    facts = {
        "story": told,
        "edition": text,
        "pictures": (picture("a.png"), picture("b.png")),
        "next_at": NOON,
    }
    chapter = post(
        page_of(*blocks),
        number=number,
        count=3,
        mention=12345678901234567 if mention else None,
        skipped=tuple(release(n, title=title) for n in range(2, 2 + skipped)),
        **facts,
    )
    for buttons in (True, False):
        check(chapter_post_view.chapter_post(chapter, buttons=buttons))
    chapters = [release(n, title=title) for n in range(1, 80)]
    shown = view(
        page_of(*blocks), number=number, count=3, previous=chapters[1], following=chapters[3], **facts
    )
    ahead = {
        "listed": tuple(chapters[1:24]),
        "released_count": 79,
        "spoiler_limit": skipped,
        "first_unread": chapters[60],
    }
    check(
        reader_view.reader_message(
            replace(shown, release=chapters[2], new_since_visit=skipped, starred=mention, **ahead)
        )
    )
    last = replace(
        shown, release=chapters[-1], following=None, is_following=mention, new_since_visit=skipped, **ahead
    )
    check(reader_view.reader_message(last))


@unhurried
@given(st.integers(200, 3800), st.booleans())
def test_a_full_page_loses_nothing(length: int, mention: bool) -> None:
    words = ("word " * (length // 5)).strip()
    told = story(title="T" * 400, authors=tuple(Author("A" * 300) for _ in range(9)), disclaimer="d" * 900)
    message = chapter_post_view.chapter_post(
        post(
            page_of(Prose(words)),
            story=told,
            edition=edition(title="*" * 400),
            next_at=NOON,
            mention=1 if mention else None,
        ),
        buttons=True,
    )
    shown = texts(check(message))
    assert words in shown
    assert any("Page 1 of 1" in text for text in shown)


def test_many_parts_keep_every_word_and_give_up_ornament() -> None:
    blocks = [block for n in range(400) for block in (Prose(f"w{n}"), SceneBreak())]
    made = page_body(page_of(*blocks), (), 4000)
    view = ui.LayoutView()
    for part in made.parts:
        view.add_item(part)
    assert " ".join(texts(view)).replace("⁂", " ").split() == [f"w{n}" for n in range(400)]


def test_more_pictures_than_a_message_takes_are_named() -> None:
    pictures = tuple(picture(f"{n}.png") for n in range(14))
    made = page_body(page_of(*[Picture("alt", f"{n}.png") for n in range(14)]), pictures, 4000)
    assert len(made.files) == 10
    assert sum(isinstance(part, ui.TextDisplay) for part in made.parts) == 1


def test_the_first_page_tells_what_the_others_need_not() -> None:
    told = edition(title="Cold _Iron_", warnings=("grief", "fire"), pov="Elin")
    made = [
        texts(
            chapter_post_view.chapter_post(
                post(page, number=n, count=2, edition=told, next_at=NOON), buttons=True
            ).view()
        )
        for n, page in ((1, page_of(Prose("a"))), (2, replace(page_of(Prose("b")), pov=None)))
    ]
    first, second = ("\n".join(each) for each in made)
    assert "## Cold \\_Iron\\_" in first
    assert "||grief, fire||" in first
    assert "Told by Elin" in first
    assert "1,940 words" in first
    assert "Next chapter" not in first
    assert "||" not in second
    assert "Told by" not in second
    assert "Next chapter: <t:" in second
    assert "Page 2 of 2" in second


def test_notes_stand_apart_and_scenes_are_separated() -> None:
    page = pages("One.\n\n***\n\nTwo.", note_before="Hello.", note_after="Bye.")[0]
    parts = page_body(page, (), 4000).parts
    kinds = [type(part).__name__ for part in parts]
    assert kinds == [
        "TextDisplay",
        "Separator",
        "TextDisplay",
        "Separator",
        "TextDisplay",
        "Separator",
        "TextDisplay",
    ]
    assert parts[0].content == "-# Author’s note\nHello."  # type: ignore[attr-defined]
    spacings = [part.spacing for part in parts if isinstance(part, ui.Separator)]
    assert spacings == [
        discord.SeparatorSpacing.small,
        discord.SeparatorSpacing.large,
        discord.SeparatorSpacing.small,
    ]


def test_a_scene_that_ends_with_its_page_shows_that_it_does() -> None:
    page = page_of(Prose("One."), SceneBreak())
    assert [type(part).__name__ for part in page_body(page, (), 4000).parts] == ["TextDisplay", "TextDisplay"]
    assert page_body(page, (), 4000).parts[-1].content == "⁂"  # type: ignore[attr-defined]
    assert page_body(page, (), 4).parts[-1].content == "One."  # type: ignore[attr-defined]


def test_a_post_can_be_found_by_its_marker() -> None:
    async def payload(marker: int) -> Any:
        components = chapter_post_view.chapter_post(post(marker=marker), buttons=True).view().to_components()
        return {"author": {"id": "9"}, "components": components}

    message = asyncio.run(payload(77))
    assert post_markers.is_marked(message, 9, 77)
    assert not post_markers.is_marked(message, 9, 78)
    assert not post_markers.is_marked(message, 8, 77)
    assert not post_markers.is_marked(asyncio.run(payload(0)), 9, 0) or post_markers.container_id(0) is None


@unhurried
@given(st.integers(1, 2**31 - 1))
def test_markers_are_ids_that_discord_takes_and_never_numbers_itself(marker: int) -> None:
    assert COMPONENT_LIMIT < post_markers.container_id(marker) < 2**31


@unhurried
@given(st.integers(1, 300), st.integers(0, 299), st.one_of(st.none(), st.integers(-50, 400)))
def test_the_chapter_menu_shows_the_chapter_and_never_too_many(
    count: int, current: int, start: int | None
) -> None:
    current = min(current, count - 1)
    first, end = window(count, current, start)
    assert 0 <= first < end <= count
    assert end - first + (first > 0) + (end < count) <= 25
    if start is None:
        assert first <= current < end


@unhurried
@given(st.text(max_size=300), st.integers(1, 200))
@example("\U00010a10", 4)  # Written from right to left, it is sent with the controls that set it off.
@example("\U00010a10", 3)
def test_text_is_cut_to_what_fits(text: str, limit: int) -> None:
    assert utf16_length(clip(text, limit)) <= limit
    assert utf16_length(one_line(text, limit)) <= limit
    assert "\n" not in one_line(text, limit)
    for made in (literal_line(text, limit), literal_block(text, limit)):
        assert utf16_length(made) <= max(limit, 1)
    whole = isolated(escape(" ".join(text.split())))
    if utf16_length(whole) <= limit and text.split():
        assert literal_line(text, limit) in (whole, "…")


def suggestion(**more: Any) -> Suggestion:
    facts = {
        "number": 12, "story": "the-lamp", "chapter": None, "text": "An idea.", "suggester": 5,
        "suggester_name": "Imke",
        "anonymous": False, "name_me": False, "state": SuggestionState.NEW, "created_at": NOON,
    }  # fmt: skip
    return Suggestion(**(facts | more))


@unhurried
@given(
    NAME,
    st.one_of(HOSTILE, st.text(min_size=3000, max_size=4000)),
    st.sampled_from(SuggestionState),
    st.booleans(),
)
def test_readers_ideas_keep_every_limit(name: str, idea: str, state: SuggestionState, flag: bool) -> None:
    one = suggestion(
        suggester_name=name or None, text=idea, chapter=name or None, reason=idea, state=state, used_in=name or None,
        merged_into=3, held=flag, anonymous=not flag, name_me=flag,
    )  # fmt: skip
    about = story(title=name)
    others = tuple(replace(one, number=n) for n in (20, 21, 22))
    made = SubmissionResult(one, about, others, dm_notices=flag)
    check(submission_view.submit_answer(made))
    for page in (0, 3, 99):
        check(
            suggestion_view.own_suggestions(
                [replace(made, suggestion=replace(one, number=n)) for n in range(23)], page
            )
        )
        check(suggestion_view.own_suggestion(made, page, 7))
        check(suggestion_view.full_suggestion(SupportResult(one, about, flag, is_own=flag), page))
    listed = tuple(SupportResult(replace(one, number=n), about, flag, is_own=n == 3) for n in range(1, 6))
    check(suggestion_view.top_suggestions(TopSuggestions(about, listed, 1, 3)))
    check(suggestion_view.top_suggestions(TopSuggestions(about, (), 0, 1)))
    check(suggestion_view.support_answer(SupportResult(one, about, flag)))
    check(submission_view.support_instead_answer(SupportResult(one, about, supports=True), 5))
    choices = [Choice(name or "A", f"story-{n}") for n in range(40)]
    check(
        submission_view.draft_message(
            name or "No.", submission_view.Draft(idea, "a" * 48, 2**62, anonymous=flag)
        )
    )
    check(
        submission_view.draft_message("No. " * 2000, submission_view.Draft(idea, None, named=flag), choices)
    )


@given(HOSTILE, st.integers(100, 900))
def test_pages_hold_all_of_a_text(text: str, limit: int) -> None:
    made = literal_pages(text, limit)
    assert made
    assert all(each.strip() and utf16_length(each) <= limit for each in made)
    if made != ["…"]:
        squashed = "".join(escape("".join(text.split())).split())
        assert len("".join("".join(made).split())) >= len(squashed) * 0.9


@unhurried
@given(NAME, st.lists(NAME, max_size=20), st.sampled_from(Rating), st.integers(0, 70))
def test_library_and_story_keep_every_limit(title: str, names: list[str], rating: Rating, count: int) -> None:
    about = story(
        title=title, authors=tuple(map(Author, names)), tags=tuple(names), warnings=tuple(names), summary=title * 5,
        rating=rating, status=Status.COMPLETE,
    )  # fmt: skip
    hold = ReleaseHold("delay", NOON, title)
    cards = [
        StoryCard(replace(about, slug=f"story-{n}"), n, None, NOON, hold if n % 2 else None)
        for n in range(count)
    ]
    for number, each in product((0, 5), LibraryFilter):
        shown = tuple(replace(one, cover=picture(), is_following=bool(count % 3)) for one in cards[:5])
        request = LibraryRequest(each, title, number)
        check(catalogue_view.library_message(LibraryPage(request, shown, 200, count, count)))
    releases = tuple(release(n, title=title) for n in range(1, count + 1))
    detail = StoryDetail(StoryCard(about, count, None, NOON, hold), releases, 3, is_author_of=True)
    place = Bookmark(1, about.slug, TextPosition(1, 0), TextPosition(max(count, 1), 0), NOON)
    own = replace(
        detail,
        card=replace(detail.card, bookmark=place, is_following=bool(count % 2)),
        spoiler_limit=count // 2,
        unread=release(9),
        new_since_visit=count,
    )
    for page in (None, 0, 99):
        check(catalogue_view.story_message(detail, page))
        check(catalogue_view.story_message(own, page))


@unhurried
@given(NAME, st.integers(0, 40), st.sampled_from(SubscriptionState))
def test_subscriptions_calendar_help_and_news_keep_every_limit(
    title: str, count: int, state: SubscriptionState
) -> None:
    told = story(title=title)
    one = Subscription(
        1, "x", 5, 2**62, None, 1, NOON, 0, state, SubscriptionOptions(), DeliveryFault("x", title, NOON)
    )
    check(subscription_view.subscription_list([ListedSubscription(one, told, 99, NOON, 7)] * count, 1))
    full = replace(
        one,
        options=SubscriptionOptions(
            style=ReleaseStyle.THREAD, mention=2**62, pace=title[:100] or "daily", tag=5
        ),
        start=Start.LATEST,
        mention_fault=MentionReach.UNHEARD,
    )
    check(subscription_view.subscription_list([ListedSubscription(full, told, 99, NOON, 7)] * count, 1))
    for say in (
        subscription_view.subscribe_answer,
        subscription_view.unsubscribe_answer,
        subscription_view.pause_answer,
        subscription_view.resume_answer,
    ):
        check(say(SubscribeResult(one, told, True, 3, NOON)))
    due = (PlannedRelease(chapter="a", at=NOON, late=False, slot=True),) * 5
    check(
        calendar_view.calendar(
            Calendar(told, ReleaseHold("hiatus", None, title), due, {"a": title}, NOON, release(title=title))
        )
    )
    what = Help(manages=True, operates=True, is_author_of=(told,) * count, reads=told)
    entries = list_entries(COMMANDS, what, Availability(in_guild=True))
    check(help_view.help_message(what, entries, lambda path: f"</{path}:{2**63}>"))
    facts = {
        "number": "1",
        "story": title,
        "idea": title,
        "reason": title,
        "chapter": title,
        "into": "2",
        "channel": "5",
    }
    kinds = ["accepted", "declined", "merged", "reopened", "withdrawn"]
    notices = [
        Notice(1, f"idea-{kind}", facts | {"part": part, "other": title}, "n")
        for kind in kinds
        for part in ("made", "supported")
    ] + [Notice(1, "subscription-parked", facts, "n")]
    for each in notices:
        check(notice_view.notice_message(each))
    check(notice_view.delayed_notices_message(notices * 4))
