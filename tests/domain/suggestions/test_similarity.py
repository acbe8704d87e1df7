"""Comparing ideas: which are called alike, and folding that nothing gets around."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.suggestions.moderation import contains_link
from bot.domain.suggestions.similarity import (
    THRESHOLD,
    find_unwanted_word,
    fingerprint,
    fold_words,
    most_similar,
    similarity,
)
from bot.domain.text.normalization import fold

ALIKE = [
    ("en", "Let the lamp speak at midnight", "let the lamps speak, at MIDNIGHT!"),
    ("en", "The lamplighter should meet her sister again", "Let the lamplighter meet her lost sister again"),
    (
        "en",
        "What if the river freezes and they walk across?",
        "The river freezes, so they can walk across it",
    ),
    ("en", "Ada should find the brass key under the bridge", "Ada finds a brass key under the old bridge"),
    ("en", "Please bring back Captain Orlow", "bring captain orlow back please!!!"),
    ("en", "The dog survives", "Let the dog survive"),
    ("en", "The dog should survive the fire in the last chapter", "please let the dog survive the fire"),
    ("en", "A dance at the winter ball with Mira and Tom", "Mira and Tom dance at the winter ball"),
    ("en", "I want the cat to talk", "The cat should be able to talk"),
    ("de", "Die Laterne soll um Mitternacht sprechen", "Laß die Laternen um Mitternacht sprechen"),
    ("de", "Der König sollte seinen Bruder wiederfinden", "Der Koenig findet seinen Bruder wieder"),
    ("de", "Die Brücke stürzt im Sturm ein", "Im Sturm soll die Brücke einstürzen"),
    ("de-AT", "Laß die Brücke brennen", "Die Brücke soll brennen, bitte"),
    ("ja", "灯台守が妹と再会する話が読みたい", "灯台守と妹が再会してほしい"),
    ("ja", "真夜中にランプが話し始める", "ﾗﾝﾌﾟが真夜中に話し始めたらいい"),
    ("ja", "川が凍って歩いて渡る", "川が凍ったので歩いて渡ってほしい"),
]

DIFFERENT = [
    ("en", "Let the lamp speak at midnight", "The captain should speak to the king at noon"),
    ("en", "The lamplighter should meet her sister", "The lamplighter should lose her hat in the storm"),
    ("en", "What if the river freezes?", "What if the king dies?"),
    ("en", "Ada should find the brass key", "Ada should leave the city for good"),
    ("en", "I would like to see more of the harbour", "I would like to see more of the villain's childhood"),
    ("en", "The dog", "The dog and the cat move into the old mill and find a map of the drowned church"),
    ("en", "I love it", "I hate it"),
    ("en", "Let Ada win", "Let Tom win"),
    ("en", "Kill the king", "Crown the king"),
    ("de", "Die Laterne soll um Mitternacht sprechen", "Die Brücke soll um Mitternacht brennen"),
    ("de", "Der König sollte seinen Bruder wiederfinden", "Der König sollte die Stadt verlassen"),
    ("de", "Die Katze soll reden", "Der Hund soll reden"),
    ("ja", "灯台守が妹と再会する", "船長が港を出ていく"),
    ("ja", "真夜中にランプが話し始める", "川が凍って歩いて渡る"),
    ("ja", "灯台守が妹と再会する話が読みたい", "船長と王様の話が読みたい"),
]


def score(language: str, one: str, other: str) -> float:
    return similarity(fingerprint(fold(one), language), fingerprint(fold(other), language))


@pytest.mark.parametrize(("language", "one", "other"), ALIKE)
def test_ideas_that_are_alike(language: str, one: str, other: str) -> None:
    assert score(language, one, other) >= THRESHOLD


@pytest.mark.parametrize(("language", "one", "other"), DIFFERENT)
def test_ideas_that_are_not(language: str, one: str, other: str) -> None:
    assert score(language, one, other) < THRESHOLD


def test_the_most_alike_come_first_and_the_rest_not_at_all() -> None:
    ideas = ["The dog survives", "Kill the king", "Let the dog survive the fire", "let the dog survive"]
    gists = {number: fingerprint(fold(idea)) for number, idea in enumerate(ideas)}
    found = most_similar(fingerprint(fold("Please, let the dog survive!")), gists, 2)
    assert [number for number, _ in found] == [3, 0]
    assert most_similar(fingerprint(fold("...")), gists, 3) == []


@given(st.text(max_size=200))
def test_folding_is_done_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())


@given(st.text(max_size=600), st.sampled_from(["en", "de", "ja", "", "xx-YY"]))
def test_any_text_is_most_like_itself(text: str, language: str) -> None:
    own = fingerprint(fold(text), language)
    found = most_similar(own, {1: own, 2: "quite another"}, 3)
    assert not own or (1, 100.0) in found


def test_folding_sees_through_disguise() -> None:
    disguised = "ＺＡ\u0334\u0321\u0308L\u200bGO \u202eand\u202c Strasse"
    assert fold(disguised) == "zalgo and strasse"
    assert fold("Straße, Ärger — 😀!") == "strasse arger 😀"
    assert fold("がぎ ｶﾞｷﾞ") == "がぎ ガギ"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What a BLÍSTER!", "blister"),
        ("bl\u200bister", "blister"),
        ("blisters", None),
        ("Gaslicht", None),
        ("ここにガスがある", "ガス"),
        ("two  words", "two words"),
    ],
)
def test_words_are_found_whole(text: str, found: str | None) -> None:
    words = fold_words(("Blister", "gas", "ガス", "Two words", "!!"))
    assert find_unwanted_word(fold(text), words) == found


@pytest.mark.parametrize(
    "text",
    [
        "see https://a.test/x",
        "see <HTTPS://a.test>",
        "join discord.gg/abc",
        "join discord . gg / abc",
        "discordapp.com/invite/abc",
        "dsc.gg/abc",
        "www.a.test",
        "[click](a.test)",
        "ｈｔｔｐｓ://a.test",
        "ht\u200btps://a.test",
        "steam://run/1",
    ],
)
def test_what_leads_elsewhere_is_seen(text: str) -> None:
    assert contains_link(text)


@pytest.mark.parametrize(
    "text",
    ["Mira says: no.", "a.b.c", "the (old) [new] lamp", "3:4", "he/she // they", "discord between them"],
)
def test_what_does_not_is_left_alone(text: str) -> None:
    assert not contains_link(text)
