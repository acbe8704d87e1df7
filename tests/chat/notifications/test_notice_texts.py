"""The words of the news that parking and looking ahead owe people."""

from __future__ import annotations

import pytest

from bot.chat.notifications.notice_view import guild_notice_message, notice_message, notice_text
from bot.services.notifications.notice_messenger import Notice
from bot.services.notifications.outbox import IN_SERVER

PROBLEMS = {
    "dry": {"story": "The *Lamp*", "at": "1796000000"},
    "picture": {"story": "The Lamp", "chapter": "One", "path": "images/a_b_.png", "at": "1796000000"},
    "file": {"story": "The Lamp", "file": "2.md", "line": "3", "reason": "it is empty. Write something."},
    "destination": {"story": "The Lamp", "channel": "600", "reason": "It is locked.", "at": "1796000000"},
    "destinations": {"story": "The Lamp", "count": "2", "at": "1796000000"},
}


def ahead(*kinds: str, count: int | None = None) -> Notice:
    """A look ahead that names these problems."""
    facts = {"count": str(count or len(kinds))}
    for number, kind in enumerate(kinds):
        facts[f"{number}.kind"] = kind
        facts |= {f"{number}.{name}": value for name, value in PROBLEMS[kind].items()}
    return Notice(1, "look-ahead", facts, "n")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("dry", "**The \\*Lamp\\***"),
        ("picture", "images/a\\_b\\_.png"),
        ("file", "2\\.md, line 3: it is empty. Write something."),
        ("destination", "<#600>"),
        ("destinations", "2 channels"),
    ],
)
def test_each_problem_has_words_and_people_s_text_stays_literal(kind: str, said: str) -> None:
    words = notice_text(ahead(kind))
    assert said in words
    if "at" in PROBLEMS[kind]:
        assert "<t:1796000000:R>" in words


def test_what_is_not_named_is_counted() -> None:
    words = notice_text(ahead("dry", "file", count=9))
    assert len(words.splitlines()) == 4
    assert "7 more" in words


def test_the_longest_message_still_fits() -> None:
    facts = {"count": "8"}
    for number in range(8):
        facts |= {
            f"{number}.kind": "picture",
            f"{number}.story": "*" * 900,
            f"{number}.chapter": "_" * 900,
            f"{number}.path": "`" * 900,
            f"{number}.at": "1796000000",
        }
    assert notice_message(Notice(1, "look-ahead", facts, "n")).view().content_length() <= 4000


@pytest.mark.parametrize("kind", sorted(IN_SERVER))
def test_what_a_whole_server_reads_names_no_story(kind: str) -> None:
    facts = {"guild": "1", "channel": "600", "story": "After Midnight", "reason": "It is locked."}
    view = guild_notice_message(Notice(1, kind, facts, "n")).view()
    told = str(view.to_components())
    assert "<#600>" in told
    assert "Midnight" not in told


TROUBLES = {
    "chapters-broken": {"file": "a_b.md", "line": "2", "reason": "It is empty.", "count": "3", "held": "yes"},
    "story-file": {"file": "story.yaml", "line": "2", "reason": "It has no title."},
    "story-chapters": {"reason": "there is no chapter here"},
    "story-gone": {"slug": "lamp"},
    "content-gone": {"reason": "there is no such folder"},
    "clock": {"seconds": "864000"},
}


@pytest.mark.parametrize("kind", TROUBLES)
@pytest.mark.parametrize("phase", ["began", "lasts", "over"])
def test_each_trouble_has_words_for_all_its_phases(kind: str, phase: str) -> None:
    facts = {"trouble": kind, "phase": phase, "since": "1796000000", "story": "The *Lamp*", **TROUBLES[kind]}
    words = notice_text(Notice(1, "trouble", facts, "n"))
    assert words.startswith("✅" if phase == "over" else "⚠️")
    assert ("<t:1796000000:R>" in words) == (phase == "lasts")
    assert "The *Lamp*" not in words
