"""Messages as they are stored: read again as they were, whatever fills them; and what is no message stays text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery.outcomes import Delayed, Dropped, Refused, Sent, Unfit, Unknown
from bot.domain.message_json import TEMPLATES, decode, encode
from bot.domain.message_templates import Fact, Listing, Message, placeholders

TEXT = st.text(max_size=20)
CODES = st.sampled_from(sorted(TEMPLATES))


def messages(facts: st.SearchStrategy[Fact]) -> st.SearchStrategy[Message]:
    """Any message that can be stored, filled with such facts."""

    def filled(code: str) -> st.SearchStrategy[Message]:
        template = TEMPLATES[code]
        given_facts = st.fixed_dictionaries(dict.fromkeys(sorted(placeholders(template)), facts))
        return given_facts.map(lambda these: Message(template, these, code))

    return CODES.flatmap(filled)


def listings(items: st.SearchStrategy[Message]) -> st.SearchStrategy[Listing]:
    return st.builds(
        Listing,
        st.lists(items | TEXT, min_size=1, max_size=3).map(tuple),
        st.sampled_from(["standard", "or"]),
        TEXT,
    )


PLAIN = TEXT | st.integers()
NESTED = PLAIN | messages(PLAIN) | listings(messages(PLAIN))


@given(messages(NESTED))
def test_a_message_is_read_as_it_was_stored(message: Message) -> None:
    stored = encode(message)
    assert decode(stored) == message
    assert str(decode(stored)) == str(message)
    assert json.loads(stored)["code"] == message.code


@given(TEXT | st.text('{}[]":,codefacts0'))
def test_text_is_read_as_it_was_stored(text: str) -> None:
    assert encode(text) == text
    assert decode(text) == text


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        "{}",
        '{"code":"of-a-later-version","facts":{}}',
        '{"code":"channel-unsuitable","facts":{}}',
        '{"code":"channel-unsuitable","facts":{"reason":{"code":"of-a-later-version","facts":{}}}}',
        '{"code":["channel-unsuitable"],"facts":{}}',
        '{"code":"channel-unsuitable","facts":7}',
        '{"code":"permissions-missing","facts":{"missing":{"list":7}}}',
        '{"a":' * 5000,
    ],
)
def test_what_this_version_does_not_know_is_shown_as_it_is(stored: str) -> None:
    assert decode(stored) == stored


def test_a_message_without_a_code_is_stored_in_english() -> None:
    message = Message("“{word}” never comes.", {"word": "{x}"})
    assert encode(message) == str(message) == "“{x}” never comes."
    assert repr(Delayed(message)) == repr(Delayed(str(message))), "logs show its words"


def test_a_listing_in_english() -> None:
    assert str(Listing(("a",))) == "a"
    assert str(Listing(("a", Message("b"), "c"))) == "a, b, c"
    assert str(Listing(("a", "b", "c"), style="or", last=" or ")) == "a, b or c"


def test_the_codes_of_outcomes_are_those_that_are_logged() -> None:
    kinds = (Sent, Refused, Unfit, Delayed, Unknown, Dropped)
    assert [kind.code for kind in kinds] == ["sent", "refused", "unfit", "delayed", "unknown", "dropped"]
