"""Custom ids carry all the state there is: they come back as they were made, and fit."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.interactions import custom_ids, modals
from bot.chat.releases import calendar_ids
from bot.chat.suggestions import submission_modal
from bot.chat.suggestions.queue_position import QUEUE
from bot.chat.text.user_text import utf16_length
from bot.domain.stories.chapter_prompts import ResolvedPrompt
from bot.domain.stories.story import SuggestionPolicy
from bot.services.stories.preview import chapter_token
from bot.services.suggestions.submission import SuggestionTarget
from tests.chat.samples import release, story

SLUG = st.text(min_size=1, max_size=300)
ID = st.integers(1, 2**63 - 1)


@given(SLUG, st.integers(0, 10**9), ID, st.integers(0, 999_999))
def test_every_id_fits_and_comes_back(slug: str, number: int, release_id: int, page: int) -> None:
    made = [
        (custom_ids.READ, custom_ids.read(release_id), {"release": str(release_id)}),
        (custom_ids.OPEN, custom_ids.open_story(slug), {"story": custom_ids.story_token(slug)}),
        (
            custom_ids.SUGGEST,
            custom_ids.suggest(slug, number),
            {"chapter": str(number), "story": custom_ids.story_token(slug)},
        ),
        (
            custom_ids.SUGGEST_FORM,
            custom_ids.suggest_form(custom_ids.story_token(slug), number, True),
            {"anonymous": "1"},
        ),
        (custom_ids.PAGE, custom_ids.page(release_id, page), {"page": str(page)}),
        (custom_ids.PAGE, custom_ids.page(release_id, -1), {"page": "-1"}),
        (
            custom_ids.CHAPTERS,
            custom_ids.chapters(release_id, page),
            {"release": str(release_id), "page": str(page)},
        ),
        (custom_ids.GO, custom_ids.go(release_id), {"release": str(release_id)}),
        (
            custom_ids.STAR,
            custom_ids.star(release_id, page, 7),
            {"release": str(release_id), "page": str(page)},
        ),
        (custom_ids.SEND, custom_ids.send(release_id, page, 7), {"page": str(page), "revision": "7"}),
        (custom_ids.JUMP, custom_ids.jump(release_id, page, 7), {"count": str(page), "revision": "7"}),
        (
            custom_ids.JUMP_FORM,
            custom_ids.jump_form(release_id, 7),
            {"release": str(release_id), "revision": "7"},
        ),
        (custom_ids.FOLLOW, custom_ids.follow(slug), {"story": custom_ids.story_token(slug)}),
        (
            custom_ids.STORY,
            custom_ids.story(slug, page),
            {"page": str(page), "story": custom_ids.story_token(slug)},
        ),
        (custom_ids.UNFOLLOW, custom_ids.unfollow(slug), {"story": custom_ids.story_token(slug)}),
        (
            custom_ids.FOLLOW_STORY,
            custom_ids.follow_story(slug, page, on=True),
            {"on": "1", "page": str(page), "story": custom_ids.story_token(slug)},
        ),
        (
            custom_ids.FOLLOW_HERE,
            custom_ids.follow_here(release_id, page, 7, on=False),
            {"on": "0", "release": str(release_id), "page": str(page), "revision": "7"},
        ),
        (
            custom_ids.STATS,
            custom_ids.stats(slug, page),
            {"page": str(page), "story": custom_ids.story_token(slug)},
        ),
        (
            custom_ids.PREVIEW,
            custom_ids.preview(slug, chapter_token(slug), page),
            {"page": str(page), "chapter": chapter_token(slug)},
        ),
        (custom_ids.SUBSCRIPTIONS, custom_ids.subscriptions(page), {"page": str(page)}),
        (custom_ids.MINE, custom_ids.mine(page), {"page": str(page)}),
        (
            custom_ids.LOOK,
            custom_ids.look(release_id, page, 3),
            {"number": str(release_id), "page": str(page), "list": "3"},
        ),
        (custom_ids.PEEK, custom_ids.peek(release_id, page, shown=True), {"page": str(page), "shown": "1"}),
        (
            custom_ids.TOP,
            custom_ids.top(slug, page),
            {"page": str(page), "story": custom_ids.story_token(slug)},
        ),
        (
            custom_ids.SUPPORT,
            custom_ids.support(release_id, page),
            {"number": str(release_id), "page": str(page)},
        ),
        (custom_ids.SUPPORT, custom_ids.support(release_id), {"number": str(release_id), "page": ""}),
        (
            custom_ids.INSTEAD,
            custom_ids.instead(release_id, 2**62),
            {"own": str(release_id), "number": str(2**62)},
        ),
        (custom_ids.NAME_ME, custom_ids.name_me(release_id), {"number": str(release_id)}),
        (custom_ids.TOLD, custom_ids.told(release_id, True), {"number": str(release_id), "told": "1"}),
        (
            custom_ids.EDIT,
            custom_ids.edit(custom_ids.story_token(slug), number, anonymous=True, named=False),
            {"anonymous": "1", "named": "0"},
        ),
        (
            calendar_ids.PUBLISH,
            calendar_ids.publish(slug, chapter_token(slug), "0123abcd", page),
            {"chapter": chapter_token(slug), "state": "0123abcd", "count": str(page)},
        ),
        (
            calendar_ids.HIATUS,
            calendar_ids.hiatus(slug, page, chapter_token(slug), noted=True),
            {"change": str(page), "chapter": chapter_token(slug), "noted": "1"},
        ),
        (calendar_ids.RESUME, calendar_ids.resume(slug, page), {"change": str(page)}),
        (
            calendar_ids.TELL,
            calendar_ids.tell(
                slug,
                "send",
                "hiatus",
                change=page,
                instead_of=datetime.fromtimestamp(number * 9, UTC),
                with_reason=False,
            ),
            {"step": "send", "kind": "hiatus", "reason": "0", "instead": str(number * 9)},
        ),
        (
            custom_ids.EDIT_FOR,
            custom_ids.edit_for(anonymous=False, named=True),
            {"anonymous": "0", "named": "1"},
        ),
    ]
    for pattern, custom_id, facts in made:
        assert len(custom_id) <= custom_ids.LIMIT
        match = re.fullmatch(pattern, custom_id)
        assert match is not None, custom_id
        assert facts.items() <= match.groupdict().items()


@given(st.integers(0, 10**20) | st.sampled_from([custom_ids.LARGEST + more for more in (-1, 0, 1)]))
def test_numbers_are_taken_up_to_what_a_database_holds(number: int) -> None:
    for largest in (9, 99, 999_999, 2**31 - 1, custom_ids.LARGEST):
        fits = re.fullmatch(custom_ids.up_to(largest), str(number)) is not None
        assert fits == (number <= largest), (number, largest)
    for written in (f"0{number}", f"+{number}", f"-{number}", f"{number} ", "٣", ""):
        assert re.fullmatch(custom_ids.up_to(custom_ids.LARGEST), written) is None
    assert (re.fullmatch(custom_ids.SUPPORT, f"support:{number}:") is not None) == (
        number <= custom_ids.LARGEST
    )
    assert (re.fullmatch(QUEUE, f"queue:on:{number}:0:nn-q::-:") is not None) == (
        number <= custom_ids.LARGEST
    )


@given(SLUG, SLUG)
def test_a_token_stands_for_one_story(one: str, other: str) -> None:
    assert (custom_ids.story_token(one) == custom_ids.story_token(other)) == (one == other)
    assert len(custom_ids.story_token(one)) <= 48


@given(st.text(max_size=400), st.text(max_size=400), st.booleans(), st.booleans())
def test_forms_keep_discords_limits(title: str, prompt: str, chapter: bool, anonymous: bool) -> None:
    target = SuggestionTarget(
        story(slug="s" * 200, title=title, suggestions=SuggestionPolicy(prompt=prompt or None)),
        release(title=title) if chapter else None,
        ResolvedPrompt(prompt or None),
    )
    made = [
        submission_modal.submission_modal(target, anonymous=anonymous, text=text)
        for text in ("", title, "😀" * 4000)
    ]
    for form in made:
        shown = form.to_dict()
        assert 1 <= len(shown["title"]) <= 45
        assert len(shown["custom_id"]) <= 100
        assert 1 <= len(shown["components"]) <= 5
        for each in shown["components"]:
            if each["type"] == 18:
                assert 1 <= len(each["label"]) <= 45
                assert len(each.get("description", "")) <= 100
                assert each["component"].get("max_length", 1) <= 4000
                assert len(each["component"].get("placeholder") or "") <= 100
                assert utf16_length(each["component"].get("value") or "") <= 4000


def test_what_was_filled_in_is_read_from_labels_and_rows() -> None:
    data = {
        "components": [
            {"type": 10, "id": 1},
            {"type": 18, "component": {"type": 4, "custom_id": "idea", "value": "Storm"}},
            {"type": 18, "component": {"type": 23, "custom_id": "anonymous", "value": True}},
            {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": "row"}]},
        ]
    }
    assert modals.form_values(data) == {"idea": "Storm", "anonymous": True, "old": "row"}
    assert modals.form_values({}) == {}
