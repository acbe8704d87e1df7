"""The bot's words in every language: complete, within Discord's limits, and never broken by what people write."""

from __future__ import annotations

import ast
import asyncio
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from babel.messages import Message
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.command_list import COMMANDS
from bot.chat.i18n import gettext as speech
from bot.chat.i18n.command_translator import NAME, Translator
from bot.chat.i18n.gettext import (
    ENGLISH,
    LANGUAGES,
    compact,
    in_language,
    listed,
    n,
    nearest_language,
    number,
    t,
)
from bot.chat.i18n.message_translation import render_reason
from bot.chat.interactions.responses import refusal_text
from bot.chat.pages import page_texts
from bot.chat.rest import permissions
from bot.chat.stories import catalogue_texts
from bot.domain.delivery.fault_messages import discord_refusal
from bot.domain.message_json import TEMPLATES, decode, encode
from bot.domain.message_templates import Message as Sentence
from bot.domain.message_templates import placeholders
from bot.domain.pages import escape, words_length
from bot.domain.permissions import PERMISSIONS, permission_names
from bot.domain.refusal_registry import REFUSALS
from bot.domain.schedule.schedule import parse_schedule
from bot.domain.schedule.vocabulary import ScheduleError
from bot.domain.stories.story import Rating
from bot.domain.stories.story_refusals import AgeRestricted
from bot.domain.subscriptions import channel_reasons
from bot.domain.subscriptions.channel_refusals import ChannelUnsuitable, MissingPermissions
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription_refusals import OptionsConflict
from bot.domain.suggestions.suggestion import SuggestionState, transition_refusal
from bot.services.guilds.channel_permissions import ChannelTask, required_permissions
from bot.services.guilds.channel_survey import ChannelKind
from tools import extract_texts

OTHERS = extract_texts.TRANSLATED
HOSTILE = st.text(st.sampled_from("{}%s()\\*_`<>@#:|~0[]\n\N{RIGHT-TO-LEFT OVERRIDE}aé🙂"), max_size=12)
COMMAND = re.compile(r"(?<![\w/<])/([^\W\d_][\w-]*)(?: ([^\W\d_][\w-]*))?")


@cache
def messages(language: str) -> list[Message]:
    """The sentences of a catalogue, as they are kept."""
    return [each for each in extract_texts.read_catalog(language) if each.id]


def forms(message: Message) -> list[str]:
    return extract_texts._all(message.string)


# --- the catalogues ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_its_translation(language: str) -> None:
    """Run `make words`, then fill in what it names in bot/chat/i18n/catalogue/<language>.po."""
    faults = extract_texts.list_faults(language)
    assert not faults, f"run `make words` and see to {language}.po:\n" + "\n".join(faults)


@pytest.mark.parametrize("language", OTHERS)
def test_gathering_again_changes_nothing(language: str) -> None:
    kept = (extract_texts.CATALOGUES / f"{language}.po").read_text(encoding="utf-8")
    assert extract_texts.render_catalog(language) == kept, "run `make words`"


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_said_in_its_language_whatever_fills_it(language: str) -> None:
    for message in messages(language):
        for said in forms(message):
            facts = dict.fromkeys(placeholders(said), "{0} %s {x")
            assert said.format_map(facts).count("{0} %s {x") == len(re.findall(r"(?<!\{)\{\w+\}", said))


@given(st.sampled_from(LANGUAGES), st.data())
def test_facts_never_break_a_sentence(language: str, data: st.DataObject) -> None:
    message = data.draw(st.sampled_from(messages(OTHERS[0])))
    english = extract_texts._all(message.id)
    facts = {name: data.draw(HOSTILE) for name in placeholders(english[-1])}
    with in_language(language):
        if len(english) > 1:
            count = data.draw(st.integers(0, 10**9))
            said = n(english[0], english[1], count, **facts)
            facts["count"] = number(count)
        elif message.context:
            said = speech.p(message.context, english[0], **facts)
        else:
            said = t(english[0], **facts)
    template = [*forms(message), *english]
    assert said in {each.format_map(facts) for each in template}


@pytest.mark.parametrize(
    "wrong", ["Kapitel {nummer}", "Kapitel", "Kapitel {number} {more}", "Kapitel {number"]
)
def test_a_translation_that_takes_other_facts_is_not_used(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    class Wrong:
        def gettext(self, _message: str) -> str:
            return wrong

    monkeypatch.setattr(speech, "_catalogue", lambda _language: Wrong())
    with in_language("de"):
        assert t("Chapter {number}", number=3) == "Chapter 3"


# --- languages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("DE_de", "de"),
        ("en-GB", "en"),
        ("pt-BR", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_nearest_language_is_spoken(locale: str | None, language: str) -> None:
    assert nearest_language(locale) == language


async def test_each_task_speaks_its_own_language() -> None:
    async def answer() -> str:
        await asyncio.sleep(0)
        return page_texts.read()

    with in_language("de"):
        german = asyncio.create_task(answer())
    english = asyncio.create_task(answer())
    assert await asyncio.gather(german, english) == ["Lesen", "Read"]
    assert speech.language() == ENGLISH


def test_numbers_and_lists_follow_the_language() -> None:
    assert [compact(count) for count in (0, 999, 1_200, 1_299, 15_000, 999_999, 2_500_000)] == [
        "0", "999", "1.2K", "1.2K", "15K", "999.9K", "2.5M",
    ]  # fmt: skip
    assert (number(12_345), listed(["a", "b", "c"])) == ("12,345", "a, b, and c")
    assert page_texts.length(words_length(1)) == "1 word · 1 min"
    with in_language("de"):
        assert (compact(1_200), compact(2_500_000)) == ("1.200", "2,5\xa0Mio.")
        assert (number(12_345), listed(["a", "b", "c"])) == ("12.345", "a, b und c")
        assert page_texts.length(words_length(2_300)) == "2.300 Wörter · 10 Min."
        assert catalogue_texts.chapter_count(1) == "1 Kapitel"


@given(st.integers(0, 10**12))
def test_a_short_number_is_never_more_than_there_is(count: int) -> None:
    shown = compact(count)
    factor = {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}.get(shown[-1], 1)
    told = float(shown.rstrip("KMBT")) * factor
    assert told <= count + 1e-3
    assert count - told < max(1, count / 10)
    assert len(shown) <= 6


# --- refusals and reasons ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_every_refusal_is_told_in_the_language(language: str) -> None:
    for kind in REFUSALS:
        refusal = kind(**dict.fromkeys(placeholders(kind.template), "fact"))
        with in_language(language):
            said = refusal_text(refusal)
        assert said != refusal_text(refusal) or kind.template == "{reason}", kind


def test_the_bots_own_words_in_a_refusal_are_translated_and_peoples_are_not() -> None:
    refusal = AgeRestricted(story="mature", rating=Rating.MATURE.value)
    missing = MissingPermissions(channel=5, missing=permission_names(["send_messages", "embed_links"]))
    with in_language("de"):
        assert "„mature“ ist als „für Erwachsene“ eingestuft" in refusal_text(refusal)
        assert "<#5>: Nachrichten senden und Links einbetten." in refusal_text(missing)
        accepted = refusal_text(transition_refusal(3, SuggestionState.ACCEPTED))
    assert "Idee 3 ist angenommen." in accepted
    assert "Jetzt möglich: zusammenlegen, als verwendet markieren oder wieder öffnen." in accepted


PACES = (
    "banana", "teus at 18:00", "daily", "daily at 7", "daily at 77", "daily at 25:99", "daily at 13", "every",
    "every 0 days", "every 9999999 weeks", "every 3", "every 3 months", "monthly", "mon-weekdays at 18:00",
    "every 2 hours at 18:00", "every other weekday at 18:00", "every -2 days", "daily at 18:00 Nowhere/Here",
    "daily at 18:00 Europa/Berlin", "daily at 18:00 Europe/Berlin maybe", "* * *", "0 0 18 * * 2", "99 * * * *",
    "0 9 31 2 *", "", "at 18:00", "x" * 300, "daily at 18:00 GMT+2", "daily at 18:00 gmt+20", "daily at 18:00 CEST",
    "every 3 days on fri", "2nd friday at 18:00", "6th fri of the month at 18:00", "1st and fri at 18:00",
    "every 2 days every 3 days", "tue at 18:00 and 1st at 20:00", "biweekly", "twice a week", "two fri at 18:00",
    "mondays and every other friday at 18:00", "lundi", "dienstags", "zweimal die Woche", "halb sieben", "alle", "noon",
)  # fmt: skip


@pytest.mark.parametrize("pace", PACES)
def test_what_is_wrong_with_a_pace_is_told_in_the_language(pace: str) -> None:
    with pytest.raises(ScheduleError) as caught:
        parse_schedule(pace)
    why = caught.value.message
    refusal = OptionsConflict(reason=Sentence("That pace does not work: {why}", {"why": why}))
    assert refusal_text(refusal) == f"That pace does not work: {escape(str(caught.value))}"
    with in_language("de"):
        said = refusal_text(refusal)
    assert said.startswith("Dieses Tempo geht nicht: ")
    english = re.search(r"\b(Write|Choose|understand|such as|looks like|There is|winter|cannot)\b", said)
    assert english is None, said


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_every_stored_message_is_told_in_the_language(code: str, language: str) -> None:
    template = TEMPLATES[code]
    message = Sentence(template, dict.fromkeys(placeholders(template), "Fact {0} %s"), code)
    stored = decode(encode(message))
    assert render_reason(stored) == str(message)
    with in_language(language):
        said = render_reason(stored)
    assert said.count("Fact {0} %s") >= len(placeholders(template))
    assert said != str(message) or template == "{reason}"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("code", sorted(code for code in TEMPLATES if not placeholders(TEMPLATES[code])))
def test_a_sentence_stored_before_messages_had_codes_is_told_in_the_language(
    code: str, language: str
) -> None:
    kept = TEMPLATES[code]
    assert decode(kept) == render_reason(kept) == kept
    with in_language(language):
        assert render_reason(kept) not in ("", kept)


def test_a_stored_reason_is_told_with_all_that_fills_it() -> None:
    missing = MissingPermissions(channel=5, missing=permission_names(["add_reactions", "view_channel"]))
    locked = ChannelUnsuitable(channel=5, reason=channel_reasons.THREAD_LOCKED())
    rated = AgeRestricted(story="Lamps", rating=Rating.MATURE.value)
    said = discord_refusal(5, "{no} %s")
    stored = [
        decode(encode(each)) for each in (missing.fault_reason, locked.fault_reason, rated.fault_reason, said)
    ]
    assert stored == [missing.fault_reason, locked.fault_reason, rated.fault_reason, said]
    assert (
        [render_reason(each) for each in stored]
        == [str(each) for each in stored]
        == [
            "I am missing permissions: Add Reactions, View Channel. Give them to me in the channel’s settings.",
            "This channel takes no chapters in that style: this thread is locked; unlock it.",
            AgeRestricted.fault_template.format(rating="mature"),
            "Discord refused it (5: {no} %s). Check my permissions here, and I will continue.",
        ]
    )
    with in_language("de"):
        told = [render_reason(each) for each in stored]
    assert told[0].startswith("Mir fehlen Rechte: Reaktionen hinzufügen und Kanal anzeigen. Gib sie mir")
    assert told[1].endswith("dieser Thread ist gesperrt; entsperre ihn.")
    assert "für Erwachsene" in told[2]
    assert told[3] == "Discord hat es abgelehnt (5: {no} %s). Prüfe meine Rechte hier, dann mache ich weiter."


def test_what_people_wrote_is_escaped_in_a_reason_and_the_bots_own_words_are_not() -> None:
    tags = channel_reasons.TAG_UNKNOWN(tag="*x*", tags="a_b, c")
    for language in LANGUAGES:
        with in_language(language):
            said = refusal_text(ChannelUnsuitable(channel=5, reason=tags))
            assert "\\*x\\*" in said
            assert "a\\_b, c" in said
            assert "`tag`" in refusal_text(ChannelUnsuitable(channel=5, reason=channel_reasons.NO_TAGS()))


def test_every_permission_that_is_asked_for_has_its_name() -> None:
    kinds = [kind for kind in ChannelKind if kind is not ChannelKind.DIRECT]
    asked = {
        name for kind in kinds for style in ReleaseStyle for name in permissions.needed_for_style(kind, style)
    }
    asked |= {
        name
        for kind in kinds
        for poll in (False, True)
        for name in permissions.needed_for_panel(kind, poll=poll)
    }
    asked |= {
        right for errand in ChannelTask for kind in kinds for right in required_permissions(errand, kind)
    }
    assert asked <= set(PERMISSIONS)


BUILDERS = {
    "domain/errors.py",
    "domain/message_templates.py",
    "domain/message_json.py",
    "domain/schedule/vocabulary.py",
}
"""What builds a message of a template that it is given."""


def calls(layer: str, *names: str) -> Iterator[tuple[str, ast.Call]]:
    """The calls of those names in a layer, with the module they are in."""
    for path in sorted((extract_texts.ROOT / layer).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield str(path.relative_to(extract_texts.ROOT)), node


def test_every_message_below_the_edge_has_a_template_that_is_translated() -> None:
    known = {extract_texts._all(message.id)[0] for message in messages(OTHERS[0])}
    found = [each for layer in ("domain", "services") for each in calls(layer, "Message", "ScheduleError")]
    assert len(found) > 40, "the code is read as it is written"
    for module, call in found:
        template = call.args[0]
        if module not in BUILDERS or isinstance(template, ast.Constant):
            assert isinstance(template, ast.Constant), f"{module}, line {call.lineno}"
            assert template.value in known, f"{module}, line {call.lineno}"


def test_every_template_that_is_stored_can_be_read_again() -> None:
    made = [call.args[0] for _, call in calls("domain", "MessageTemplate")]
    codes = {each.value for each in made if isinstance(each, ast.Constant)}
    assert len(codes) > 20, "the code is read as it is written"
    assert codes <= set(TEMPLATES)
    assert not [*calls("services", "MessageTemplate"), *calls("chat", "MessageTemplate")]


def test_no_fault_has_a_reason_in_words_alone() -> None:
    """But one that nobody is shown."""
    faults = [
        (module, call) for layer in ("services", "chat") for module, call in calls(layer, "DeliveryFault")
    ]
    assert len(faults) > 5, "the code is read as it is written"
    worded = [module for module, call in faults if isinstance(call.args[1], ast.Constant | ast.JoinedStr)]
    assert worded == ["services/notifications/outbox.py"]


@given(HOSTILE | st.text(max_size=80))
def test_telling_again_never_breaks(text: str) -> None:
    with in_language("de"):
        assert render_reason(decode(text)) == text


# --- commands ------------------------------------------------------------------------------------------------------


async def payloads() -> list[dict[str, Any]]:
    """What Discord is told of the commands."""
    import discord

    from bot.chat.command_tree import FascicleCommandTree

    async with discord.Client(intents=discord.Intents.none()) as client:
        tree, translator = FascicleCommandTree(client), Translator()
        return [await each.get_translated_payload(tree, translator) for each in tree.get_commands()]


def walk(options: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in options:
        yield each
        yield from walk([*each.get("options", ()), *each.get("choices", ())])


def siblings(options: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    yield options
    for each in options:
        yield from siblings(each.get("options") or [])


async def test_localised_commands_keep_discords_rules() -> None:
    """Names, descriptions, and 8,000 characters a command (docs: interactions/application-commands)."""
    commands = await payloads()
    for each in walk(commands):
        described = "description" in each
        for name in {each["name"], *(each.get("name_localizations") or {}).values()}:
            assert 1 <= len(name) <= (32 if described else 100), name
            assert not described or re.fullmatch(r"[-_\w]+", name), name
            assert not described or name == name.lower(), name
        for text in (each.get("description_localizations") or {}).values():
            assert 1 <= len(text) <= 100, text
    for locale in OTHERS:
        for together in siblings(commands):
            names = [(each.get("name_localizations") or {}).get(locale, each["name"]) for each in together]
            assert len(set(names)) == len(names), names
    for command in commands:
        assert sum(map(longest, walk([command]))) <= 8_000


def longest(told: dict[str, Any]) -> int:
    size = len(str(told.get("value", "")))
    for what in ("name", "description"):
        texts = [told.get(what, ""), *(told.get(f"{what}_localizations") or {}).values()]
        size += max(map(len, texts))
    return size


async def test_most_names_and_every_description_are_localised() -> None:
    for each in walk(await payloads()):
        if "description" in each:
            assert set(each["description_localizations"]) == set(OTHERS), each["description"]
    (subscribe,) = (each for each in await payloads() if each["name"] == "subscribe")
    assert subscribe["name_localizations"] == {"de": "abonnieren"}
    assert json.dumps(subscribe)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_that_a_sentence_names_is_there_under_that_name(language: str) -> None:
    names = dict(_paths(language))
    for message in messages(OTHERS[0]):
        for said in extract_texts._all(message.id) if language == ENGLISH else forms(message):
            for quoted in re.findall(r"`(/[^`]+)`", said):
                words = quoted.removeprefix("/").split()
                assert words[0] in names, quoted
                if len(words) > 1 and names[words[0]]:
                    assert words[1] in names[words[0]], quoted


def _paths(language: str) -> Iterator[tuple[str, set[str]]]:
    with in_language(language):
        for command in COMMANDS:
            below = getattr(command, "commands", ())
            yield speech.p(NAME, command.name), {speech.p(NAME, each.name) for each in below}
