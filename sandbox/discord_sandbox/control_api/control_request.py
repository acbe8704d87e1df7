"""Request of the control API."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from discord_sandbox.discord_objects import Channel, Json
from discord_sandbox.interactions.option_values import WrongInput
from discord_sandbox.message_view import MessageView
from discord_sandbox.people.person import Person
from discord_sandbox.sandbox_state import SandboxState
from discord_sandbox.snowflakes import parse


class ControlRequest:
    """Request of the control API, with typed access to its path, query and body.

    Missing optional values are tolerated; wrong ones raise WrongInput with a sentence for people.
    """

    def __init__(self, state: SandboxState, http: web.Request, body: Json) -> None:
        self.state = state
        self.http = http
        self.body = body

    @property
    def query(self) -> Mapping[str, str]:
        return self.http.query

    @property
    def person(self) -> Person:
        """Person who acts.

        Raises:
            WrongInput: there is no such person.
        """
        who = str(self.body.get("as") or self.query.get("as") or "")
        user = self.state.world.users.get(parse(who) or 0)
        if user is None or user.bot:
            raise WrongInput("Say as whom: `as` is the id of one of the people.")
        return Person(self.state, user)

    def number(self, name: str, default: int) -> int:
        """Return a number of the query."""
        value = self.query.get(name)
        if value is None or value == "":
            return default
        return self._number(value, f"`{name}` is a number.")

    def path_number(self, name: str) -> int:
        """Return a number of the path."""
        return self._number(self.http.match_info[name], f"`{name}` is an id.")

    def integer(self, name: str) -> int:
        """Return an id of the body."""
        return self._number(str(self.body.get(name) or ""), f"`{name}` is an id and has to be given.")

    @staticmethod
    def _number(text: str, otherwise: str) -> int:
        number = parse(text)
        if number is None:
            raise WrongInput(otherwise)
        return number

    def text(self, name: str) -> str:
        """Return a text of the body."""
        value = self.body.get(name)
        if not isinstance(value, str):
            raise WrongInput(f"`{name}` is a text and has to be given.")
        return value

    def path_channel(self) -> Channel:
        """Return the channel named in the path."""
        return self.state.world.channel(self.path_number("channel"))

    def channel(self) -> Channel:
        """Return the channel named in the body."""
        return self.state.world.channel(self.integer("channel"))

    def message(self) -> MessageView:
        """Return the message named in the body."""
        person = self.person
        return person.view(person.find(self.integer("channel"), self.integer("message")))
