"""All that the chat layer can ask for, in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.browse import Browsing
from bot.services.decide import Deciding
from bot.services.direct import Directing
from bot.services.follow import Following
from bot.services.keep import Keeping
from bot.services.notify import Telling
from bot.services.read import Reading
from bot.services.subscribe import Subscribing
from bot.services.suggest import Suggesting
from bot.services.turn import Turning


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases that people reach through Discord."""

    browse: Browsing
    subscribe: Subscribing
    follow: Following
    read: Reading
    turn: Turning
    suggest: Suggesting
    decide: Deciding
    direct: Directing
    guilds: Keeping
    notices: Telling
