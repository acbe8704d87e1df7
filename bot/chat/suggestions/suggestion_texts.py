"""What readers are told of ideas: their own, others', and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import n, t

SUGGEST_THIS = "Suggest this"
SUGGEST_NAME_ME = "Name you if your idea is used"
TOP = "See the most supported ideas for a story, and support them"
TOP_STORY = "The story"


def made(number: int, title: str) -> str:
    """An idea is queued."""
    return t(
        "Thank you! Your idea for **{title}** has number **{number}** and waits for its author.",
        title=title,
        number=number,
    )


def made_held() -> str:
    """It is held because of a link."""
    return t("🔒 Because of the link in it, other readers see it only once the author has accepted it.")


def comes_by_message() -> str:
    """How the outcome comes."""
    return t("-# What becomes of it comes to you by direct message. `/suggestions mine` shows it, too.")


def comes_with_a_command() -> str:
    """How the outcome comes to whoever wants no messages."""
    return t("-# What becomes of it waits for your next command here. `/suggestions mine` shows it, too.")


def send_anyway() -> str:
    """The button that sends an idea which looked like a slip."""
    return t("Send it all the same")


def is_named() -> str:
    """They agreed to be named."""
    return t("-# If a chapter uses it, you are named there.")


def is_anonymous() -> str:
    """They asked to be anonymous."""
    return t("-# Nobody sees who made it, the author neither.")


def name_me() -> str:
    """The button to be named."""
    return t("Name me if used")


def name_me_not() -> str:
    """The button to be named no more."""
    return t("Don’t name me")


def no_messages() -> str:
    """The button that turns direct messages off."""
    return t("No direct messages")


def messages() -> str:
    """The button that turns direct messages on."""
    return t("Tell me by direct message")


def alike() -> str:
    """Introduces ideas of others that are alike."""
    return t(
        "**These are much like yours.** You can support one of them instead: together they count for more."
    )


def instead() -> str:
    """The button that supports another idea in place of one's own."""
    return t("Support that instead")


def did_instead(number: int, own: int) -> str:
    """The other idea is supported now."""
    return t(
        "You support idea **{number}** now, and your own, **{own}**, is taken back. You will hear what becomes of it.",
        number=number,
        own=own,
    )


def all_of_it() -> str:
    """The button that shows the whole of a long idea."""
    return t("Show all")


def back() -> str:
    """The button back to the list."""
    return t("Back")


def top(title: str) -> str:
    """The heading over the most supported ideas."""
    return t("## What readers want of {title}", title=title)


def top_empty(title: str) -> str:
    """Nothing to support."""
    return t("There are no open ideas for **{title}** yet. `/suggest` makes the first.", title=title)


def ranked(number: int, count: int, *, own: bool) -> str:
    """The line above an idea in the list."""
    people = (
        n("{count} person supports it", "{count} people support it", count)
        if count
        else t("nobody supports it yet")
    )
    line = f"**{number}** · {people}"
    return f"{line} · {t('yours')}" if own else line


def support() -> str:
    """The button that supports an idea."""
    return t("Support")


def supported() -> str:
    """The same button for whoever does."""
    return t("Supported")


def supports(number: int, count: int) -> str:
    """After a press on a message for everybody."""
    return n(
        "You support idea **{idea}** now: {count} person does. Press again to take it back.",
        "You support idea **{idea}** now: {count} people do. Press again to take it back.",
        count,
        idea=number,
    )


def supports_not(number: int) -> str:
    """After another press."""
    return t("You no longer support idea **{number}**.", number=number)


def veiled() -> str:
    """In place of an idea's text where it may not stand."""
    return t("-# 🔞 The text is shown in age-restricted channels only.")


def where() -> str:
    """The button beside that."""
    return t("Where to read it")


def where_of(number: int) -> str:
    """The same button among several."""
    return t("Where to read {number}", number=number)


def shown_by(*, is_author_of: bool, own: bool) -> str:
    """The command that shows an idea to its story's author, to its maker, to others."""
    if is_author_of:
        return t("`/author queue`")
    return t("`/suggestions mine`") if own else t("`/suggestions top`")


def where_here(number: int, story: str, channels: str, command: str) -> str:
    """Where it can be read: in these channels."""
    return t(
        "Idea **{number}** for **{story}** is shown in age-restricted channels only, such as {channels}. "
        "{command} shows it there.",
        number=number,
        story=story,
        channels=channels,
        command=command,
    )


def where_else(number: int, story: str, command: str) -> str:
    """Where it can be read, if no channel is known."""
    return t(
        "Idea **{number}** for **{story}** is shown in age-restricted channels only. Use {command} in one of a "
        "server where I am.",
        number=number,
        story=story,
        command=command,
    )


def heading(number: int, title: str) -> str:
    """Above one idea."""
    return t("### Idea {number} for {title}", number=number, title=title)


def kept_here() -> str:
    """Below a failure: the text is in the file."""
    return t("Your text is safe in this file.")


def edit() -> str:
    """The button that opens the form with the text again."""
    return t("Edit")


def edit_for() -> str:
    """The menu that asks for the story."""
    return t("Which story is it for?")


def kept_file() -> str:
    """What the file is, for those who cannot see it."""
    return t("The idea as you wrote it")


def name_label() -> str:
    """The box that asks to be named."""
    return t("Name me if it is used")


def name_hint() -> str:
    """What the box does."""
    return t("In the chapter’s credits. You can change this later.")


def anonymous_label() -> str:
    """The box for staying anonymous."""
    return t("Stay anonymous")


def anonymous_hint() -> str:
    """What it does."""
    return t("Nobody sees who made it, the author neither, and nobody is named.")


def news(kind: str, facts: Mapping[str, str]) -> str:
    """What has become of an idea, for somebody behind it.

    Raises:
        ValueError: it is news of something else.
    """
    lines = [_became(kind, facts, own=facts.get("part") != "supported")]
    if facts.get("idea"):
        lines.append(f"> {facts['idea']}")
    if facts.get("into") and kind != "idea-merged":
        lines.append(_via(facts))
    elif facts.get("other"):
        lines.append(t("-# Idea {into}:\n> {other}", into=facts["into"], other=facts["other"]))
    if facts.get("reason"):
        lines.append(t("The author says: {reason}", reason=facts["reason"]))
    if facts.get("veiled"):
        lines.append(veiled())
    return "\n".join(lines)


def _via(facts: Mapping[str, str]) -> str:
    return t("-# It is part of idea {into}.", into=facts["into"])


def _became(kind: str, facts: Mapping[str, str], *, own: bool) -> str:
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
            return t("🔗 Your idea **{number}** for **{story}** joined idea **{into}**.", **facts)
        case "idea-merged", False:
            return t(
                "🔗 Idea **{number}** for **{story}**, which you support, joined idea **{into}**.", **facts
            )
        case "idea-reopened", True:
            return t("Your idea **{number}** for **{story}** is open again.", **facts)
        case "idea-reopened", False:
            return t("Idea **{number}** for **{story}**, which you support, is open again.", **facts)
        case "idea-withdrawn", _:
            return t(
                "Idea **{number}** for **{story}**, which you support, was taken back by its maker.", **facts
            )
        case _:
            raise ValueError(f"no words for {kind}")
