"""Checking chapters' `thanks` against the suggestions in the database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.cli.command_resources import read_database
from bot.cli.output import UsageFailure
from bot.config import Settings
from bot.content.stories.credit_references import CreditReference, find_credit_references
from bot.domain.diagnostics import Diagnostic
from bot.domain.suggestions.credits import CreditFlaw, find_credit_flaw
from bot.domain.suggestions.suggestion import Suggestion
from bot.store.transaction import Transaction


def check_credits(settings: Settings, root: Path) -> tuple[Diagnostic, ...]:
    """Return the faults of numbers that cannot be thanked for; without numbers no database is opened."""
    thanked = find_credit_references(root)
    if not thanked:
        return ()

    async def look(tx: Transaction) -> dict[int, Suggestion]:
        return await tx.suggestions.get_many({each.number for each in thanked})

    try:
        ideas = read_database(settings.database.url, look)
    except UsageFailure as error:
        mend = "Start the bot with this configuration once, or mend database.url."
        problem = f"these thanks cannot be checked: {error.message.rstrip('.')}"
        return (thanked[0].fault(problem, mend),)
    return tuple(_faults(thanked, ideas))


def _faults(thanked: Sequence[CreditReference], ideas: dict[int, Suggestion]) -> list[Diagnostic]:
    used_by: dict[int, CreditReference] = {}
    faults = []
    for each in thanked:
        idea = ideas.get(each.number)
        flaw = find_credit_flaw(idea, each.story, each.chapter)
        if flaw is not None:
            faults.append(each.fault(*_words(flaw, each, idea)))
        elif (twin := used_by.setdefault(each.number, each)).chapter != each.chapter:
            problem = f"suggestion {each.number} is thanked for in {Path(twin.place.file).name} too"
            faults.append(each.fault(problem, "One chapter uses an idea: keep one of the two."))
    return faults


def _words(flaw: CreditFlaw, thanked: CreditReference, idea: Suggestion | None) -> tuple[str, str]:
    number = thanked.number
    reopen = f"Reopen it with /author decide {number} reopen, or take it out of thanks."
    match flaw:
        case CreditFlaw.MERGED if idea is not None and idea.merged_into is not None:
            return (
                f"suggestion {number} was merged into {idea.merged_into}",
                f"Write {idea.merged_into} instead: whoever made {number} is credited with it.",
            )
        case CreditFlaw.FOREIGN if idea is not None:
            return (
                f"suggestion {number} is for another story, {idea.story}",
                "Look the number up with /author queue, or take it out of thanks.",
            )
        case CreditFlaw.ELSEWHERE if idea is not None:
            return (
                f"suggestion {number} was used in another chapter, {idea.used_in}",
                "One chapter uses an idea: take it out of thanks here.",
            )
        case CreditFlaw.WITHDRAWN:
            return f"suggestion {number} was withdrawn by the person who sent it", "Take it out of thanks."
        case CreditFlaw.DECLINED:
            return f"suggestion {number} was declined", reopen
        case _:
            return (
                f"there is no suggestion {number}",
                "Look the number up with /author queue, or take it out of thanks.",
            )
