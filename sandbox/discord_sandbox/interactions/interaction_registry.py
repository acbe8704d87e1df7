"""Interactions whose tokens are still valid."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from discord_sandbox.discord_objects import Channel, Json
from discord_sandbox.events import Event
from discord_sandbox.interactions import interaction_payload
from discord_sandbox.interactions.interaction import (
    ANSWER_WITHIN,
    NO_ANSWER,
    TOKEN_LIVES,
    Interaction,
    InteractionKind,
    InteractionState,
)
from discord_sandbox.world import World


class InteractionRegistry:
    """Store of the interactions and their deadlines."""

    def __init__(self, world: World, answer_within: timedelta = ANSWER_WITHIN) -> None:
        self._world = world
        self.answer_within = answer_within
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def get(self, interaction_id: int) -> Interaction | None:
        """Return an interaction by its id."""
        return self._by_id.get(interaction_id)

    def by_token(self, token: str) -> Interaction | None:
        """Return an interaction by its token."""
        return self._by_token.get(token)

    def open_for(self, user_id: int) -> list[Interaction]:
        """Return a person's interactions that have no outcome yet or an open form."""
        unsettled = (InteractionState.WAITING, InteractionState.THINKING, InteractionState.FORM)
        mine = (each for each in self._by_id.values() if each.user_id == user_id)
        return [
            each for each in mine if each.state in unsettled and each.kind is not InteractionKind.AUTOCOMPLETE
        ]

    def has_open_form(self) -> bool:
        """Return whether anybody has a form open."""
        return any(each.state is InteractionState.FORM for each in self._by_id.values())

    def create(
        self,
        kind: InteractionKind,
        user_id: int,
        channel: Channel,
        data: Json,
        installs: list[int],
        **parts: Any,
    ) -> Interaction:
        """Store a new interaction, send it to the bot, and schedule its two deadlines."""
        world = self._world
        one = Interaction(
            world.ids.next(), world.secret(), kind, user_id, channel.id, channel.guild_id, world.now(), data,
            interaction_payload.owners(world, channel, user_id, installs), **parts,
        )  # fmt: skip
        self._by_id[one.id] = self._by_token[one.token] = one
        world.deadlines.at(one.created_at + self.answer_within, lambda: self._fail_unanswered(one))
        world.deadlines.at(one.created_at + TOKEN_LIVES, lambda: self._expire(one))
        self._publish(one)
        world.publish(
            Event(
                "INTERACTION_CREATE",
                lambda: interaction_payload.interaction_create(world, one),
                one.guild_id,
            )
        )
        return one

    def _fail_unanswered(self, one: Interaction) -> None:
        if not one.acknowledged:
            self.settle(one, InteractionState.FAILED, NO_ANSWER)

    def _expire(self, one: Interaction) -> None:
        if one.state is InteractionState.THINKING:
            self.settle(one, InteractionState.FAILED, NO_ANSWER)
        self._by_id.pop(one.id, None)
        # The token stays known for a while, so that a late follow-up gets "expired" rather than "unknown".
        self._world.deadlines.at(self._world.now() + TOKEN_LIVES, lambda: self._by_token.pop(one.token, None))

    def settle(self, one: Interaction, state: InteractionState, error: str | None = None) -> None:
        """Move an interaction to a state and notify the person's page."""
        one.move(state, error)
        self._publish(one)

    def _publish(self, one: Interaction) -> None:
        self._world.publish(Event("SANDBOX_INTERACTION", one.to_json, user_id=one.user_id))
