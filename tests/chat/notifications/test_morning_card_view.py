"""The morning card as it looks: complete, within Discord's limits, and in the author's language."""

from __future__ import annotations

from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.i18n.gettext import in_language
from bot.chat.interactions.outgoing_message import COMPONENT_LIMIT, TEXT_LIMIT, Message, texts
from bot.chat.notifications.notice_view import delayed_notices_message, notice_message
from bot.chat.text.user_text import utf16_length
from bot.services.notifications.notice_messenger import Notice

FULL = {
    "count": "3",
    "more": "0",
    "0.story": "The *Lamp*lighters",
    "0.slug": "the_lamplighters",
    "0.readers": "2",
    "0.reads": "41",
    "0.stars": "1",
    "0.comments": "7",
    "0.thread0.id": "1234",
    "0.thread0.guild": "500",
    "0.thread0.chapter": "4",
    "0.thread0.grown": "5",
    "0.count": "3",
    "0.waiting": "9",
    "0.0.number": "12",
    "0.0.idea": "A lamp that sings",
    "0.finished": "3",
    "0.until": "2026-12-11",
    "0.dry": "2026-12-15",
}


def card(facts: dict[str, str]) -> Message:
    return notice_message(Notice(7, "digest", facts, "nonce"))


def labels(message: Message) -> list[str]:
    return [item.label or "" for item in message.view().walk_children() if isinstance(item, ui.Button)]


def ids(message: Message) -> list[str]:
    return [item.custom_id or "" for item in message.view().walk_children() if isinstance(item, ui.Button)]


def test_all_that_is_new_about_a_story() -> None:
    message = card(FULL)
    assert texts(message.view())[1].split("\n") == [
        "### The \\*Lamp\\*lighters",
        "📖 2 new readers · 41 chapters read",
        "⭐ One new star",
        "💬 7 new comments",
        "- [Chapter 4](https://discord.com/channels/500/1234): +5",
        "💡 3 new ideas",
        "💡 9 ideas are waiting in all",
        "> 12: A lamp that sings",
        "📅 Finished chapters last until Fri 11 Dec: 3 chapters.",
        "⚠️ For Tue 15 Dec there is no finished chapter yet.",
    ]
    assert ids(message) == [
        "card-stats:the_lamplighters",
        "card-next:the_lamplighters",
        "card:queue",
        "card:off",
    ]


def test_what_is_not_new_is_not_named() -> None:
    quiet = {
        "count": "0",
        "more": "2",
        "0.story": "Birds",
        "0.slug": "birds",
        "0.reads": "1",
        "0.readers": "0",
    }
    quiet |= {"0.stars": "0", "0.comments": "0", "0.count": "0", "0.waiting": "0", "0.finished": "0"}
    message = card(quiet)
    assert texts(message.view()) == [
        "## ☀️ Good morning",
        "### Birds\n📖 one chapter read",
        "-# 2 more stories have news.",
    ]
    assert "card-next:birds" not in ids(message)


def test_a_digest_that_was_owed_before_this_version_still_reads() -> None:
    old = {"count": "2", "0.story": "Birds", "0.count": "2", "0.0.number": "3", "0.0.idea": "A bird"}
    message = card(old)
    assert texts(message.view())[1] == "### Birds\n💡 2 new ideas\n> 3: A bird"
    assert ids(message) == ["card:queue", "card:off"]


def test_in_german_and_as_text_where_messages_are_closed() -> None:
    with in_language("de"):
        shown = "\n".join(texts(card(FULL).view()))
        assert "Fr., 11. Dez." in shown
        assert "Guten Morgen" in shown
    (late,) = texts(delayed_notices_message([Notice(7, "digest", FULL, "nonce")]).view())
    assert "7 new comments" in late


@given(st.integers(1, 5), st.text(min_size=1, max_size=100), st.text(max_size=121))
def test_however_much_there_is_it_can_be_sent(stories: int, title: str, idea: str) -> None:
    facts = {"count": "9999", "more": "20"}
    one = {name.removeprefix("0."): value for name, value in FULL.items() if name.startswith("0.")}
    one |= {"story": title, "slug": "s" * 48}
    for place in range(3):
        one |= {f"{place}.number": str(2**62), f"{place}.idea": idea}
        one |= {f"thread{place}.{name}": str(2**62) for name in ("id", "guild", "chapter", "grown")}
    for number in range(stories):
        facts |= {f"{number}.{name}": value for name, value in one.items()}
        facts[f"{number}.slug"] = f"{number}" * 48
    view = card(facts).view()
    assert view.total_children_count <= COMPONENT_LIMIT
    assert sum(map(utf16_length, texts(view))) <= TEXT_LIMIT
    assert all(texts(view))
    assert len(set(ids(card(facts)))) == len(ids(card(facts)))
