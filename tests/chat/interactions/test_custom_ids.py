"""Custom ids carry all the state there is: they come back as they were made, and fit."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.interactions import custom_ids as ids
from bot.chat.interactions.user_text import units
from bot.chat.suggestions import submission_modal as forms
from bot.chat.suggestions.queue_position import QUEUE
from bot.domain.stories.prompts import PromptQuestion
from bot.domain.stories.story import SuggestionPolicy
from bot.services.stories.preview import mark_of
from bot.services.suggestions.submission import SuggestionTarget
from tests.chat.samples import release, story

SLUG = st.text(min_size=1, max_size=300)
ID = st.integers(1, 2**63 - 1)


@given(SLUG, st.integers(0, 10**9), ID, st.integers(0, 999_999))
def test_every_id_fits_and_comes_back(slug: str, number: int, release_id: int, page: int) -> None:
    made = [
        (ids.READ, ids.read(release_id), {"release": str(release_id)}),
        (ids.OPEN, ids.open_story(slug), {"story": ids.token(slug)}),
        (ids.SUGGEST, ids.suggest(slug, number), {"chapter": str(number), "story": ids.token(slug)}),
        (ids.SUGGEST_FORM, ids.suggest_form(ids.token(slug), number, True), {"anonymous": "1"}),
        (ids.PAGE, ids.page(release_id, page), {"page": str(page)}),
        (ids.PAGE, ids.page(release_id, -1), {"page": "-1"}),
        (ids.CHAPTERS, ids.chapters(release_id, page), {"release": str(release_id), "page": str(page)}),
        (ids.GO, ids.go(release_id), {"release": str(release_id)}),
        (ids.STAR, ids.star(release_id, page, 7), {"release": str(release_id), "page": str(page)}),
        (ids.SEND, ids.send(release_id, page, 7), {"page": str(page), "revision": "7"}),
        (ids.JUMP, ids.jump(release_id, page, 7), {"count": str(page), "revision": "7"}),
        (ids.JUMP_FORM, ids.jump_form(release_id, 7), {"release": str(release_id), "revision": "7"}),
        (ids.FOLLOW, ids.follow(slug), {"story": ids.token(slug)}),
        (ids.STORY, ids.story(slug, page), {"page": str(page), "story": ids.token(slug)}),
        (ids.SHELF, ids.shelf(page), {"page": str(page)}),
        (ids.STATS, ids.stats(slug, page), {"page": str(page), "story": ids.token(slug)}),
        (ids.PREVIEW, ids.preview(slug, mark_of(slug), page), {"page": str(page), "chapter": mark_of(slug)}),
        (ids.SUBSCRIPTIONS, ids.subscriptions(page), {"page": str(page)}),
        (ids.MINE, ids.mine(page), {"page": str(page)}),
        (
            ids.LOOK,
            ids.look(release_id, page, 3),
            {"number": str(release_id), "page": str(page), "list": "3"},
        ),
        (ids.PEEK, ids.peek(release_id, page, shown=True), {"page": str(page), "shown": "1"}),
        (ids.TOP, ids.top(slug, page), {"page": str(page), "story": ids.token(slug)}),
        (ids.SUPPORT, ids.support(release_id, page), {"number": str(release_id), "page": str(page)}),
        (ids.SUPPORT, ids.support(release_id), {"number": str(release_id), "page": ""}),
        (ids.INSTEAD, ids.instead(release_id, 2**62), {"own": str(release_id), "number": str(2**62)}),
        (ids.NAME_ME, ids.name_me(release_id), {"number": str(release_id)}),
        (ids.TOLD, ids.told(release_id, True), {"number": str(release_id), "told": "1"}),
        (
            ids.EDIT,
            ids.edit(ids.token(slug), number, anonymous=True, named=False),
            {"anonymous": "1", "named": "0"},
        ),
        (ids.EDIT_FOR, ids.edit_for(anonymous=False, named=True), {"anonymous": "0", "named": "1"}),
    ]
    for pattern, custom_id, facts in made:
        assert len(custom_id) <= ids.LIMIT
        match = re.fullmatch(pattern, custom_id)
        assert match is not None, custom_id
        assert facts.items() <= match.groupdict().items()


@given(st.integers(0, 10**20) | st.sampled_from([ids.LARGEST + more for more in (-1, 0, 1)]))
def test_numbers_are_taken_up_to_what_a_database_holds(number: int) -> None:
    for largest in (9, 99, 999_999, 2**31 - 1, ids.LARGEST):
        fits = re.fullmatch(ids.up_to(largest), str(number)) is not None
        assert fits == (number <= largest), (number, largest)
    for written in (f"0{number}", f"+{number}", f"-{number}", f"{number} ", "٣", ""):
        assert re.fullmatch(ids.up_to(ids.LARGEST), written) is None
    assert (re.fullmatch(ids.SUPPORT, f"support:{number}:") is not None) == (number <= ids.LARGEST)
    assert (re.fullmatch(QUEUE, f"queue:on:{number}:0:nn-q::-:") is not None) == (number <= ids.LARGEST)


@given(SLUG, SLUG)
def test_a_token_stands_for_one_story(one: str, other: str) -> None:
    assert (ids.token(one) == ids.token(other)) == (one == other)
    assert len(ids.token(one)) <= 48


@given(st.text(max_size=400), st.text(max_size=400), st.booleans(), st.booleans())
def test_forms_keep_discords_limits(title: str, prompt: str, chapter: bool, anonymous: bool) -> None:
    target = SuggestionTarget(
        story(slug="s" * 200, title=title, suggestions=SuggestionPolicy(prompt=prompt or None)),
        release(title=title) if chapter else None,
        PromptQuestion(prompt or None),
    )
    made = [forms.idea_form(target, anonymous=anonymous, text=text) for text in ("", title, "😀" * 4000)]
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
                assert units(each["component"].get("value") or "") <= 4000


def test_what_was_filled_in_is_read_from_labels_and_rows() -> None:
    data = {
        "components": [
            {"type": 10, "id": 1},
            {"type": 18, "component": {"type": 4, "custom_id": "idea", "value": "Storm"}},
            {"type": 18, "component": {"type": 23, "custom_id": "anonymous", "value": True}},
            {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": "row"}]},
        ]
    }
    assert forms.filled(data) == {"idea": "Storm", "anonymous": True, "old": "row"}
    assert forms.filled({}) == {}
