"""Refusals: codes that are stored and never change, and templates that say what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.domain.errors import Refusal
from bot.domain.message_templates import placeholders
from bot.domain.refusal_registry import REFUSALS

CODES = (
    "control-old",
    "form-old",
    "option-unclear",
    "story-unknown",
    "story-unclear",
    "chapter-unclear",
    "story-hidden",
    "chapter-unknown",
    "chapter-needed",
    "nothing-published",
    "age-restricted",
    "server-not-allowed",
    "members-only",
    "not-an-author",
    "not-any-author",
    "not-in-server",
    "needs-manage-server",
    "channel-unsuitable",
    "permissions-missing",
    "timed-out",
    "rights-missing",
    "review-unasked",
    "mention-not-allowed",
    "mention-gone",
    "mention-unheard",
    "options-conflict",
    "not-subscribed",
    "not-paused",
    "already-paused",
    "suggestions-closed",
    "window-over",
    "window-passed",
    "suggestions-full",
    "reader-blocked",
    "word-unwelcome",
    "idea-lost",
    "nothing-to-suggest",
    "suggestion-empty",
    "suggestion-too-long",
    "idea-doubted",
    "idea-again",
    "idea-bare",
    "too-many-open-suggestions",
    "suggesting-too-fast",
    "suggestion-unknown",
    "suggestion-not-yours",
    "transition-forbidden",
    "merge-target-invalid",
    "anonymous-unnamed",
    "support-own",
    "support-closed",
    "undo-too-late",
    "undone-already",
    "undo-overtaken",
    "undo-merge-overtaken",
    "undo-credited",
    "decision-gone",
    "support-merged",
    "maker-unknown",
    "block-self",
    "block-unknown",
    "nothing-to-publish",
    "chapter-broken",
    "clock-wrong",
    "hold-in-past",
    "moment-unclear",
    "already-on-hiatus",
    "nothing-held",
    "hiatus-in-file",
    "hold-changed",
    "hiatus-reason-lost",
    "story-needed",
    "no-story-here",
    "channel-invisible",
    "channel-elsewhere",
    "post-gone",
    "follow-restricted",
    "page-restricted",
    "page-not-welcome",
    "page-unknown",
    "star-elsewhere",
    "nothing-to-share",
    "line-changed",
    "line-not-here",
    "sharing-too-fast",
    "messages-closed",
    "not-followed",
    "chapter-file-unknown",
    "chapter-file-gone",
    "files-unreadable",
    "discord-slow",
    "discord-busy",
    "board-gone",
    "nothing-to-poll",
    "poll-length-unclear",
    "poll-unknown",
    "maybe-posted",
    "may-not-create",
    "content-not-writable",
    "title-needed",
    "schedule-changed",
    "schedule-unclear",
    "draft-gone",
    "upload-too-large",
    "upload-unreadable",
    "upload-empty",
    "chapter-is-out",
    "chapter-time-past",
    "place-unclear",
    "file-change-refused",
    "note-empty",
    "note-too-soon",
)
"""Faults are stored under these codes: a class may get another name, its code must stay."""


def subclasses(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    """Every kind of refusal below this one that any module has declared."""
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def test_no_refusal_is_left_out() -> None:
    declared = {each for each in subclasses(Refusal) if each.__module__.startswith("bot.")}
    assert set(REFUSALS) == declared
    assert len(REFUSALS) == len(declared)


def test_the_codes_of_refusals_are_those_that_are_stored() -> None:
    codes = [kind.code for kind in REFUSALS]
    assert all("code" in vars(kind) and "template" in vars(kind) for kind in REFUSALS)
    assert sorted(codes) == sorted(CODES), "each has its own"


def test_every_refusal_says_what_it_is_raised_with() -> None:
    for kind in REFUSALS:
        facts = dict.fromkeys(placeholders(kind.template) | placeholders(kind.fault_template or ""), "fact")
        refusal = kind(**facts)
        assert str(refusal) == kind.template.format_map(facts)
        assert refusal.fault_reason.code == kind.code
        assert set(refusal.fault_reason.facts) == placeholders(refusal.fault_reason.template)
        assert str(refusal.fault_reason) == (kind.fault_template or kind.template).format_map(facts)


def test_a_refusal_lacking_a_fact_is_not_raised() -> None:
    kind = next(kind for kind in REFUSALS if placeholders(kind.template))
    with pytest.raises(KeyError):
        kind()
    assert str(Refusal()) == Refusal.template
