"""Custom ids carry all the state there is: they come back as they were made, and fit."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.chat import forms, ids
from bot.chat.ids import QueueSpot
from bot.domain.story import SuggestionPolicy
from bot.domain.suggestion import Decision, SuggestionState
from bot.services.suggest import Target
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
        (ids.STORY, ids.story(slug, page), {"page": str(page), "story": ids.token(slug)}),
        (ids.SHELF, ids.shelf(page), {"page": str(page)}),
        (ids.SUBSCRIPTIONS, ids.subscriptions(page), {"page": str(page)}),
        (ids.MINE, ids.mine(page), {"page": str(page)}),
    ]
    for pattern, custom_id, facts in made:
        assert len(custom_id) <= ids.LIMIT
        match = re.fullmatch(pattern, custom_id)
        assert match is not None, custom_id
        assert facts.items() <= match.groupdict().items()


@given(
    st.integers(1, 2**53),
    st.integers(0, 10**8),
    st.one_of(st.none(), st.sampled_from(SuggestionState)),
    st.booleans(),
)
def test_a_place_in_the_queue_comes_back(
    number: int, position: int, state: SuggestionState | None, scoped: bool
) -> None:
    spot = QueueSpot(number, position, state, scoped)
    for what in (*Decision, "show"):
        custom_id = spot.button(what)
        match = re.fullmatch(ids.QUEUE, custom_id)
        assert match is not None
        assert len(custom_id) <= ids.LIMIT
        assert match["what"] == str(what)
        assert QueueSpot.of(match) == spot
    for decision in Decision:
        match = re.fullmatch(ids.QUEUE_FORM, spot.form(decision))
        assert match is not None
        assert QueueSpot.of(match) == spot


@given(SLUG, SLUG)
def test_a_token_stands_for_one_story(one: str, other: str) -> None:
    assert (ids.token(one) == ids.token(other)) == (one == other)
    assert len(ids.token(one)) <= 48


@given(st.text(max_size=400), st.text(max_size=400), st.booleans(), st.booleans())
def test_forms_keep_discords_limits(title: str, prompt: str, chapter: bool, anonymous: bool) -> None:
    target = Target(
        story(slug="s" * 200, title=title, suggestions=SuggestionPolicy(prompt=prompt or None)),
        release(title=title) if chapter else None,
    )
    made = [forms.idea_form(target, anonymous=anonymous)]
    spot = QueueSpot(2**53, 10**8, SuggestionState.WITHDRAWN, scoped=True)
    made += [forms.decision_form(each, spot) for each in (Decision.DECLINE, Decision.MERGE, Decision.USED)]
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
