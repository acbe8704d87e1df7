"""All that the chat layer can ask for, in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.block import Blocking
from bot.services.browse import Browsing
from bot.services.decide import Deciding
from bot.services.digest import Digesting
from bot.services.direct import Directing
from bot.services.figures import Counting
from bot.services.follow import Following
from bot.services.keep import Keeping
from bot.services.membership import Membership
from bot.services.notify import Telling
from bot.services.panels import Paneling
from bot.services.people import Knowing
from bot.services.polling import Polling
from bot.services.preview import Previewing
from bot.services.privacy import Privacy
from bot.services.queue import Queueing
from bot.services.read import Reading
from bot.services.recount import Recounting
from bot.services.reviewing import ReviewChannels
from bot.services.send import Sending
from bot.services.stats import Statistics
from bot.services.subscribe import Subscribing
from bot.services.suggest import Suggesting
from bot.services.support import Supporting
from bot.services.turn import Turning


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases that people reach through Discord."""

    browse: Browsing
    subscribe: Subscribing
    follow: Following
    read: Reading
    send: Sending
    turn: Turning
    suggest: Suggesting
    support: Supporting
    block: Blocking
    decide: Deciding
    queue: Queueing
    panels: Paneling
    reviews: ReviewChannels
    polls: Polling
    digest: Digesting
    direct: Directing
    guilds: Keeping
    notices: Telling
    people: Knowing
    members: Membership
    privacy: Privacy
    figures: Counting
    recount: Recounting
    stats: Statistics
    preview: Previewing
