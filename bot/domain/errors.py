"""Refusals: what cannot be done, in words for the person who asked. Those of one subject lie in its room.

A refusal's template says what is wrong and what to do next, and is filled with the facts the refusal was raised with.
Its code stands for it where it is stored.

Seen by: readers.
"""

from __future__ import annotations

from typing import Any, ClassVar

from bot.domain.message_templates import Message, placeholders


class Refusal(Exception):
    """Something that was asked for and cannot be done."""

    code: ClassVar[str] = "refusal"
    """Never changes: faults are stored under it."""

    template: ClassVar[str] = "That cannot be done."

    fault_template: ClassVar[str | None] = None
    """Words a destination's fault, which is shown beside its channel and story and need not name them; None: as
    `template` does."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.template.format_map(facts))

    @property
    def fault_reason(self) -> Message:
        """The message that is stored and shown where this keeps a story out of a destination."""
        template = self.fault_template or self.template
        return Message(template, {name: self.facts[name] for name in placeholders(template)}, self.code)


class ControlOld(Refusal):
    """A button or menu of an earlier version of the bot."""

    code = "control-old"
    template = "This button is from an older version. Use `/read` or the command it came from again."


class FormOld(Refusal):
    """A form of an earlier version of the bot."""

    code = "form-old"
    template = (
        "This form is from an older version, so what you wrote was not sent. Please use the command again."
    )


class OptionUnclear(Refusal):
    """An option's value that the command does not have."""

    code = "option-unclear"
    template = "I don’t know one of the options you gave. Pick one from the list, or leave it out."


class DiscordSlow(Refusal):
    """A question to Discord that it does not answer now."""

    code = "discord-slow"
    template = "Discord is not answering me properly at the moment. Please try again in a minute."


class DiscordBusy(Refusal):
    """A request that Discord puts off for too long."""

    code = "discord-busy"
    template = DiscordSlow.template
