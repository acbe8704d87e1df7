"""All that the chat layer can ask for, in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.notifications.outbox import Telling
from bot.services.people.guild_members import Membership
from bot.services.people.languages import Knowing
from bot.services.privacy.personal_data import Privacy
from bot.services.reading.dm_pages import Sending
from bot.services.reading.page_turns import Turning
from bot.services.reading.private_reader import Reading
from bot.services.releases.calendar_overrides import Directing
from bot.services.statistics.counters import Counting
from bot.services.statistics.reconciliation import Recounting
from bot.services.statistics.reports import Statistics
from bot.services.stories.catalogue import Browsing
from bot.services.stories.preview import Previewing
from bot.services.subscriptions.channel_subscriptions import Subscribing
from bot.services.subscriptions.followers import Following
from bot.services.subscriptions.guild_retention import Keeping
from bot.services.suggestions.blocking import Blocking
from bot.services.suggestions.daily_digest import Digesting
from bot.services.suggestions.decisions import Deciding
from bot.services.suggestions.panels import Paneling
from bot.services.suggestions.polls import Polling
from bot.services.suggestions.review_channels import ReviewChannels
from bot.services.suggestions.review_queue import Queueing
from bot.services.suggestions.submission import Suggesting
from bot.services.suggestions.support import Supporting


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
