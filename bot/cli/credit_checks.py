"""Checking what chapters thank for against the ideas in the database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.cli.output import Unusable
from bot.cli.resources import look_on
from bot.config import Settings
from bot.content.credit_checks import Thanked, thanks_in
from bot.domain.diagnostics import FileFault
from bot.domain.suggestions.credits import Flaw, flaw_of
from bot.domain.suggestions.suggestion import Suggestion
from bot.store.transaction import Transaction


def check_thanks(settings: Settings, root: Path) -> tuple[FileFault, ...]:
    """The faults of numbers that cannot be thanked for; without any number the database is left alone."""
    thanked = thanks_in(root)
    if not thanked:
        return ()

    async def look(tx: Transaction) -> dict[int, Suggestion]:
        return await tx.suggestions.of_numbers({each.number for each in thanked})

    try:
        ideas = look_on(settings.database.url, look)
    except Unusable as error:
        mend = "Start the bot with this configuration once, or mend database.url."
        first = thanked[0]
        problem = f"these thanks cannot be checked: {error.message.rstrip('.')}"
        return (FileFault(first.file, first.line, problem, mend),)
    return tuple(_faults(thanked, ideas))


def _faults(thanked: Sequence[Thanked], ideas: dict[int, Suggestion]) -> list[FileFault]:
    used_by: dict[int, Thanked] = {}
    faults = []
    for each in thanked:
        idea = ideas.get(each.number)
        flaw = flaw_of(idea, each.story, each.chapter)
        if flaw is not None:
            faults.append(FileFault(each.file, each.line, *_words(flaw, each, idea)))
        elif (twin := used_by.setdefault(each.number, each)).chapter != each.chapter:
            problem = f"suggestion {each.number} is thanked for in {Path(twin.file).name} too"
            faults.append(
                FileFault(each.file, each.line, problem, "One chapter uses an idea: keep one of the two.")
            )
    return faults


def _words(flaw: Flaw, thanked: Thanked, idea: Suggestion | None) -> tuple[str, str]:
    """What is wrong with a number, and the mend."""
    number = thanked.number
    reopen = f"Reopen it with /author decide {number} reopen, or take it out of thanks."
    match flaw:
        case Flaw.MERGED if idea is not None and idea.into is not None:
            return (
                f"suggestion {number} was merged into {idea.into}",
                f"Write {idea.into} instead: whoever made {number} is credited with it.",
            )
        case Flaw.FOREIGN if idea is not None:
            return (
                f"suggestion {number} is for another story, {idea.story}",
                "Look the number up with /author queue, or take it out of thanks.",
            )
        case Flaw.ELSEWHERE if idea is not None:
            return (
                f"suggestion {number} was used in another chapter, {idea.used_in}",
                "One chapter uses an idea: take it out of thanks here.",
            )
        case Flaw.WITHDRAWN:
            return f"suggestion {number} was withdrawn by its maker", "Take it out of thanks."
        case Flaw.DECLINED:
            return f"suggestion {number} was declined", reopen
        case _:
            return (
                f"there is no suggestion {number}",
                "Look the number up with /author queue, or take it out of thanks.",
            )
