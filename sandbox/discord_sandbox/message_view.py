"""Messages and outcomes of interactions as one person sees them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from discord_sandbox.discord_objects import Json, MessageFlag
from discord_sandbox.interactions.interaction import Interaction
from discord_sandbox.validation import component_rules


class MessageView:
    """Message as one person sees it; `data` is its JSON in the control API's form."""

    def __init__(self, data: Json) -> None:
        self.data = data
        self.id = int(data["id"])
        self.channel_id = int(data["channel_id"])

    def __repr__(self) -> str:
        return f"<Seen {self.id}: {self.text[:60]!r}>"

    @property
    def content(self) -> str:
        """Plain content."""
        return str(self.data["content"])

    @cached_property
    def text(self) -> str:
        """All readable text: content, text displays and embeds, one per line."""
        lines = [self.content] if self.content else []
        lines += component_rules.texts(self.data["components"])
        for embed in self.data["embeds"]:
            lines += [embed[key] for key in ("title", "description") if key in embed]
            lines += [f"{field['name']}: {field['value']}" for field in embed.get("fields", [])]
            lines += [embed["footer"]["text"]] if "footer" in embed else []
        return "\n".join(lines)

    @property
    def private(self) -> bool:
        """Return whether only this person sees it."""
        return bool(self.data["ephemeral"])

    @property
    def thinking(self) -> bool:
        """Return whether the bot has deferred its answer."""
        return bool(self.data["flags"] & MessageFlag.LOADING)

    @property
    def v2(self) -> bool:
        """Return whether it uses Components V2."""
        return bool(self.data["flags"] & MessageFlag.COMPONENTS_V2)

    @property
    def author_id(self) -> int:
        """Id of the author."""
        return int(self.data["author"]["id"])

    @property
    def reactions(self) -> dict[str, int]:
        """Count of each emoji, in order."""
        return {each["emoji"]["name"]: each["count"] for each in self.data.get("reactions", [])}

    @property
    def own_reactions(self) -> list[str]:
        """Emoji of this person's own reactions."""
        return [
            each["emoji"]["name"] for each in self.data.get("reactions", []) if each["me"] or each["me_burst"]
        ]

    @cached_property
    def controls(self) -> list[Json]:
        """Every button and select, in reading order."""
        return list(_controls(self.data["components"]))

    @property
    def buttons(self) -> list[str]:
        """Labels of the buttons, or their emoji where they have none."""
        return [_label(each) for each in self.controls if each["type"] == component_rules.BUTTON]

    def control(self, wanted: str) -> Json:
        """Return a button or select by custom id, label or emoji, or by a prefix of its custom id.

        Raises:
            LookupError: there is none.
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
    """Outcome of a command, a button or a form."""

    interaction: Interaction
    state: str
    """State in the control API's terms."""
    error: str | None
    message: MessageView | None
    """Answer, or the message it changed."""
    form: Json | None
    """Form that opened."""

    @property
    def text(self) -> str:
        """Text of the answer; empty without one."""
        return self.message.text if self.message else ""

    @property
    def private(self) -> bool:
        """Return whether only this person sees the answer."""
        return self.message is not None and self.message.private
