"""Container of the services that the chat layer uses."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.authoring.authoring import AuthoringServices
from bot.services.guilds.guild_members import GuildMembers
from bot.services.notifications.outbox import NotificationOutbox
from bot.services.people.languages import Languages
from bot.services.privacy.personal_data import PersonalData
from bot.services.reading.dm_pages import DmPages
from bot.services.reading.page_turns import PageTurns
from bot.services.reading.private_reader import PrivateReader
from bot.services.releases.calendar_confirmations import CalendarConfirmations
from bot.services.releases.calendar_notices import CalendarNotices
from bot.services.releases.calendar_overrides import CalendarOverrides
from bot.services.sharing.shareable_lines import ShareableLines
from bot.services.statistics.counters import CounterTracker
from bot.services.statistics.morning_cards import MorningCards
from bot.services.statistics.reconciliation import Reconciliation
from bot.services.statistics.reports import StoryReports
from bot.services.stories.autocomplete_choices import AutocompleteChoices
from bot.services.stories.catalogue import Catalogue
from bot.services.stories.preview import ChapterPreviews
from bot.services.subscriptions.channel_subscriptions import ChannelSubscriptions
from bot.services.subscriptions.followers import Followers
from bot.services.subscriptions.guild_retention import GuildRetention
from bot.services.suggestions.blocking import BlockList
from bot.services.suggestions.decisions import Decisions
from bot.services.suggestions.panels import Panels
from bot.services.suggestions.polls import Polls
from bot.services.suggestions.review_channels import ReviewChannels
from bot.services.suggestions.review_queue import ReviewQueue
from bot.services.suggestions.submission import Submissions
from bot.services.suggestions.supporters import Supporters


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases that people reach through Discord."""

    catalogue: Catalogue
    autocomplete_choices: AutocompleteChoices
    channel_subscriptions: ChannelSubscriptions
    followers: Followers
    private_reader: PrivateReader
    dm_pages: DmPages
    shareable_lines: ShareableLines
    page_turns: PageTurns
    submissions: Submissions
    supporters: Supporters
    block_list: BlockList
    decisions: Decisions
    review_queue: ReviewQueue
    panels: Panels
    review_channels: ReviewChannels
    polls: Polls
    morning_cards: MorningCards
    calendar_overrides: CalendarOverrides
    calendar_confirmations: CalendarConfirmations
    calendar_notices: CalendarNotices
    authoring: AuthoringServices
    guild_retention: GuildRetention
    notification_outbox: NotificationOutbox
    languages: Languages
    guild_members: GuildMembers
    personal_data: PersonalData
    counters: CounterTracker
    reconciliation: Reconciliation
    story_reports: StoryReports
    chapter_previews: ChapterPreviews
