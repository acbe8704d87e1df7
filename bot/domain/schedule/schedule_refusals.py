"""Refusals of the schedule language, with examples that may be shown in English or in German.

Seen by: authors, server managers.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from bot.domain.message_templates import Message
from bot.domain.schedule.german_words import SPELLED
from bot.domain.schedule.other_languages import is_other_language
from bot.domain.schedule.schedule_word import Example, fold_german, typed
from bot.domain.schedule.vocabulary import ELSEWHERE, VOCABULARY, ScheduleError

DAILY = Message("daily at 18:00")
WEEKLY = Message("tue, fri at 18:00")
COUNTED = Message("every 3 days at 18:00")
HOURS = Message("every 2 hours")
SECONDS = Message("every 20 seconds")
"""Examples that are translated where nothing tells in which language somebody wrote."""

FORMS = Message(
    "“{daily}”, “{weekdays}”, “{weekly}”, “{counted}”, “{hours}” or cron such as “0 18 * * 2,5”",
    {
        "daily": DAILY,
        "weekdays": Message("weekdays at 07:30"),
        "weekly": WEEKLY,
        "counted": COUNTED,
        "hours": HOURS,
    },
)
"""Every form of a schedule."""

_SHORT = 2
"""Words of this many letters look like too many others to be guessed."""

_LONG = 6
"""From this many letters on, a word may be guessed in spite of two slips."""

_LONGEST = 40


def not_known(said: str, example: str) -> ScheduleError:
    """Return the refusal of a word, or several, that is said in another way here."""
    return ScheduleError(
        "I do not know “{word}”. Write, for example, “{example}”.",
        word=typed(said),
        example=Example(example),
    )


def ambiguous(said: str, one: str, two: str) -> ScheduleError:
    """Return the refusal of what may be meant in two ways, with how each is said here."""
    return ScheduleError(
        "“{word}” can mean two things. Write “{one}” or “{two}”.",
        word=typed(said),
        one=Example(one),
        two=Example(two),
    )


def which_days(example: str = "") -> ScheduleError:
    """Return the refusal of a time without days; the example is what is daily then."""
    return ScheduleError(
        "Say how often: “{daily}”, “{weekly}” or “{seconds}”.",
        daily=Example(example) if example else DAILY,
        weekly=Example(example.replace("daily", "tue, fri")) if example else WEEKLY,
        seconds=SECONDS,
    )


def unknown_word(word: str, known: Iterable[str]) -> ScheduleError:
    """Return the refusal of a word, naming the nearest known one, or else the possible forms.

    Args:
        word: The word as the grammar reads it.
        known: The words that may stand there; others are guessed where none of these is near.
    """
    if word in ELSEWHERE:
        return not_known(word, ELSEWHERE[word])
    said = typed(word)[:_LONGEST]
    if word in VOCABULARY:
        return ScheduleError(
            "“{word}” cannot stand there. A schedule looks like {forms}.", word=said, forms=FORMS
        )
    if is_other_language(said):
        return ScheduleError(
            "I do not understand “{word}”. Schedules are written in English or German: “tue, fri at 18:00” or "
            "“dienstags und freitags um 18 Uhr”.",
            word=said,
        )
    near = guess_word(said, known)
    if near is not None:
        return ScheduleError(
            "I do not understand “{word}”. Did you mean “{near}”? A schedule looks like “{weekly}”.",
            word=said,
            near=near,
            weekly=WEEKLY,
        )
    return ScheduleError(
        "I do not understand “{word}”. A schedule looks like {forms}.", word=said, forms=FORMS
    )


def guess_word(said: str, known: Iterable[str]) -> str | None:
    """Return the word of the schedule language that is meant by a misspelt one, in either language, if any is near."""
    if len(said) <= _SHORT:
        return None
    wanted = frozenset(known)
    folded = fold_german(said)
    most = 1 if len(folded) < _LONG else 2
    ranked = []
    lower = said.lower()
    for word, (plain, english) in _GUESSED.items():
        distance = min(
            OSA.distance(folded, plain, score_cutoff=most), OSA.distance(lower, word, score_cutoff=most)
        )
        if 0 < distance <= most and (distance == 1 or word[0] == folded[0]):
            other_letters = sorted(word) != sorted(folded)
            ranked.append((distance, english not in wanted, other_letters, word[0] != folded[0], word))
    if not ranked:
        return None
    near = min(ranked)[-1]
    return near.capitalize() if said.istitle() else near


_GUESSED = {
    word: (fold_german(word), english)
    for word, english in ({word: word for word in VOCABULARY if len(word) > _SHORT} | SPELLED).items()
}
"""Words that are guessed, each folded and with the English of it."""
