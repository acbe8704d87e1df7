"""Texts of the notices about the outcome of a suggestion.

Seen by: readers.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import t
from bot.chat.suggestions import suggestion_texts


def notice(kind: str, facts: Mapping[str, str]) -> str:
    """Return the notice about an outcome, for the suggester or a supporter.

    Raises:
        ValueError: `kind` is no outcome of a suggestion.
    """
    lines = [_headline(kind, facts, own=facts.get("part") != "supported")]
    if facts.get("idea"):
        lines.append(f"> {facts['idea']}")
    if facts.get("into") and kind != "idea-merged":
        lines.append(_merged(facts))
    elif facts.get("other"):
        lines.append(t("-# Idea {into}:\n> {other}", into=facts["into"], other=facts["other"]))
    if facts.get("reason"):
        lines.append(t("The author says: {reason}", reason=facts["reason"]))
    if facts.get("veiled"):
        lines.append(suggestion_texts.text_withheld())
    return "\n".join(lines)


def _merged(facts: Mapping[str, str]) -> str:
    return t("-# It is now part of idea {into}.", into=facts["into"])


def _headline(kind: str, facts: Mapping[str, str], *, own: bool) -> str:
    match kind, own:
        case "idea-accepted", True:
            return t("✅ Your idea **{number}** for **{story}** was accepted.", **facts)
        case "idea-accepted", False:
            return t("✅ Idea **{number}** for **{story}**, which you support, was accepted.", **facts)
        case "idea-declined", True:
            return t("Your idea **{number}** for **{story}** was not taken up this time.", **facts)
        case "idea-declined", False:
            return t(
                "Idea **{number}** for **{story}**, which you support, was not taken up this time.", **facts
            )
        case "idea-merged", True:
            return t("🔗 Your idea **{number}** for **{story}** was merged into idea **{into}**.", **facts)
        case "idea-merged", False:
            return t(
                "🔗 Idea **{number}** for **{story}**, which you support, was merged into idea **{into}**.",
                **facts,
            )
        case "idea-reopened", True:
            return t("Your idea **{number}** for **{story}** is open again.", **facts)
        case "idea-reopened", False:
            return t("Idea **{number}** for **{story}**, which you support, is open again.", **facts)
        case "idea-withdrawn", _:
            return t(
                "Idea **{number}** for **{story}**, which you support, was withdrawn by the person "
                "who sent it.",
                **facts,
            )
        case _:
            raise ValueError(f"no words for {kind}")
