"""Texts of the morning card, which tells authors once a day what is new about their stories.

Seen by: authors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.chat.i18n.gettext import n, number, short_day, t

Facts = Mapping[str, str]


def on_button() -> str:
    """Return the label of the button that turns the card on."""
    return t("Send me a morning card")


def off_button() -> str:
    """Return the label of the button that turns the card off."""
    return t("No more morning cards")


def on_answer() -> str:
    """Return the answer after the card was turned on."""
    return t(
        "☀️ Every morning at nine I send you a card by direct message: new readers, stars, comments and ideas, and "
        "how long your finished chapters last. On a day without news there is none."
    )


def off_answer() -> str:
    """Return the answer after the card was turned off."""
    return t("No more morning cards. `/author stats` and `/author queue` always show how things stand.")


def queue_button() -> str:
    """Return the label of the button that opens the review queue."""
    return t("Open the queue")


def stats_button() -> str:
    """Return the label of the button that shows a story's statistics."""
    return t("Statistics")


def next_button() -> str:
    """Return the label of the button that previews a story's next chapter."""
    return t("Look at the next chapter")


def no_next(story: str) -> str:
    """Return the answer where no finished chapter is left to look at."""
    return t("**{story}** has no finished chapter to come.", story=story)


def title() -> str:
    """Return the heading of the card."""
    return t("## ☀️ Good morning")


def more_stories(count: int) -> str:
    """Return the line about stories with news for which the card has no room."""
    return n("-# One more story has news.", "-# {count} more stories have news.", count)


def sections(facts: Facts) -> list[str]:
    """Return the card's text by story. The facts are escaped already."""
    found: list[str] = []
    while f"{len(found)}.story" in facts:
        start = f"{len(found)}."
        own = {name.removeprefix(start): value for name, value in facts.items() if name.startswith(start)}
        found.append("\n".join(_section(own)))
    return found


def notice(facts: Facts) -> str:
    """Return the whole card as one text, for where it could not be sent."""
    more = int(facts.get("more", "0"))
    return "\n".join([title(), *sections(facts), *([more_stories(more)] if more else [])])


def _section(facts: Facts) -> Sequence[str]:
    return [
        f"### {facts['story']}",
        *_reading(facts),
        *_comments(facts),
        *_ideas(facts),
        *_buffer(facts),
    ]


def _reading(facts: Facts) -> list[str]:
    readers, reads, stars = (int(facts.get(name, "0")) for name in ("readers", "reads", "stars"))
    told = [n("one chapter read", "{count} chapters read", reads)] if reads else []
    if readers:
        told.insert(0, n("one new reader", "{count} new readers", readers))
    lines = [f"📖 {' · '.join(told)}"] if told else []
    return [*lines, *([n("⭐ One new star", "⭐ {count} new stars", stars)] if stars else [])]


def _comments(facts: Facts) -> list[str]:
    count = int(facts.get("comments", "0"))
    if not count:
        return []
    lines = [n("💬 One new comment", "💬 {count} new comments", count)]
    place = 0
    while f"thread{place}.id" in facts:
        own = f"thread{place}."
        chapter = t("Chapter {number}", number=number(int(facts[f"{own}chapter"])))
        guild = facts[f"{own}guild"]
        link = f"https://discord.com/channels/{guild if guild != '0' else '@me'}/{facts[f'{own}id']}"
        lines.append(f"- [{chapter}]({link}): +{number(int(facts[f'{own}grown']))}")
        place += 1
    return lines


def _ideas(facts: Facts) -> list[str]:
    count, waiting = int(facts.get("count", "0")), int(facts.get("waiting", "0"))
    lines = [n("💡 One new idea", "💡 {count} new ideas", count)] if count else []
    if waiting > count:
        lines.append(
            t("💡 {count} ideas are waiting in all", count=number(waiting))
            if count
            else n("💡 One idea is waiting", "💡 {count} ideas are waiting", waiting)
        )
    place = 0
    while f"{place}.number" in facts:
        one, text = facts[f"{place}.number"], facts[f"{place}.idea"]
        lines.append(t("> {number}: {idea}", number=one, idea=text) if text else f"> {one}")
        place += 1
    return lines


def _buffer(facts: Facts) -> list[str]:
    if "finished" not in facts:
        return []
    lines, count = [], int(facts["finished"])
    if "until" in facts:
        day = short_day(date.fromisoformat(facts["until"]))
        lines.append(
            n(
                "📅 Finished chapters last until {day}: one chapter.",
                "📅 Finished chapters last until {day}: {count} chapters.",
                count,
                day=day,
            )
        )
    if "dry" in facts:
        day = short_day(date.fromisoformat(facts["dry"]))
        lines.append(t("⚠️ For {day} there is no finished chapter yet.", day=day))
    return lines
