"""What a person sees: messages with their text and controls, and what came of a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from discord_sandbox.interactions.interaction import Interaction
from discord_sandbox.model import Json, MessageFlag
from discord_sandbox.validation import component_rules


class MessageView:
    """A message as one person sees it. `data` is its JSON in the driver's form."""

    def __init__(self, data: Json) -> None:
        self.data = data
        self.id = int(data["id"])
        self.channel_id = int(data["channel_id"])

    def __repr__(self) -> str:
        return f"<Seen {self.id}: {self.text[:60]!r}>"

    @property
    def content(self) -> str:
        """The plain content."""
        return str(self.data["content"])

    @cached_property
    def text(self) -> str:
        """All that can be read: content, text displays and embeds, a line each."""
        lines = [self.content] if self.content else []
        lines += component_rules.texts(self.data["components"])
        for embed in self.data["embeds"]:
            lines += [embed[key] for key in ("title", "description") if key in embed]
            lines += [f"{field['name']}: {field['value']}" for field in embed.get("fields", [])]
            lines += [embed["footer"]["text"]] if "footer" in embed else []
        return "\n".join(lines)

    @property
    def private(self) -> bool:
        """Whether only this person sees it."""
        return bool(self.data["ephemeral"])

    @property
    def thinking(self) -> bool:
        """Whether the bot has not answered yet but said that it will."""
        return bool(self.data["flags"] & MessageFlag.LOADING)

    @property
    def v2(self) -> bool:
        """Whether it is of the Components V2 kind."""
        return bool(self.data["flags"] & MessageFlag.COMPONENTS_V2)

    @property
    def author_id(self) -> int:
        """Who wrote it."""
        return int(self.data["author"]["id"])

    @property
    def reactions(self) -> dict[str, int]:
        """The count of each emoji, in order."""
        return {each["emoji"]["name"]: each["count"] for each in self.data.get("reactions", [])}

    @property
    def own_reactions(self) -> list[str]:
        """The emoji that this person put there."""
        return [
            each["emoji"]["name"] for each in self.data.get("reactions", []) if each["me"] or each["me_burst"]
        ]

    @cached_property
    def controls(self) -> list[Json]:
        """Every button and select, in reading order."""
        return list(_controls(self.data["components"]))

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons (their emoji where they have none)."""
        return [_label(each) for each in self.controls if each["type"] == component_rules.BUTTON]

    def control(self, wanted: str) -> Json:
        """A button or select by custom id, label or emoji, or by how its custom id begins.

        Raises LookupError when there is none.
        """
        tests: tuple[Callable[[Json], bool], ...] = (
            lambda each: each.get("custom_id") == wanted,
            lambda each: wanted in (_label(each), each.get("placeholder")),
            lambda each: str(each.get("custom_id", "")).startswith(wanted),
        )
        for test in tests:
            for each in self.controls:
                if test(each):
                    return each
        raise LookupError(f"no control {wanted!r}; there are {self.buttons or 'none'}")


def _controls(tree: Sequence[Json]) -> list[Json]:
    found: list[Json] = []
    for each in tree:
        if each["type"] == component_rules.BUTTON or each["type"] in component_rules.SELECTS:
            found.append(each)
        found += _controls(
            [*each.get("components", []), *([each["accessory"]] if "accessory" in each else [])]
        )
    return found


def _label(control: Json) -> str:
    return str(control.get("label") or control.get("emoji", {}).get("name", ""))


@dataclass(frozen=True, slots=True)
class InteractionOutcome:
    """What came of a command, a press or a form. `state` is the driver's word for it.

    `message` is the answer (or the message that was changed by it), `form` the form that opened.
    """

    interaction: Interaction
    state: str
    error: str | None
    message: MessageView | None
    form: Json | None

    @property
    def text(self) -> str:
        """The answer's text; empty without one."""
        return self.message.text if self.message else ""

    @property
    def private(self) -> bool:
        """Whether only this person sees the answer."""
        return self.message is not None and self.message.private
