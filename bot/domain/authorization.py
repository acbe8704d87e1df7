"""Authorization: which stories and commands a person may see and use."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.errors import DiscordSlow, Refusal
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import AgeRestricted, NotAnAuthor
from bot.domain.subscriptions.channel_refusals import NeedsManageServer, NotInServer
from bot.domain.suggestions.suggestion import Suggestion


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person, and the place from which they speak."""

    user_id: int
    name: str
    guild_id: int | None = None
    channel_id: int | None = None
    age_restricted: bool = False
    """Set if Discord marks the place as age-restricted; for a thread, its parent counts."""
    manages_guild: bool = False
    """Set if they have the Manage Server permission there."""
    operator: bool = False
    """Set if the configuration names them as an operator."""
    locale: str = "en-US"
    roles: frozenset[int] = frozenset()
    """Their roles in the guild."""
    administrator: bool = False
    """Set if they may do anything in the guild, as its owner may."""
    parent_id: int | None = None
    """The channel that contains the thread they speak in."""
    about: int | None = None
    """The message that they speak of, if any."""
    guest: bool = False
    """Set if the bot is not a member of the guild and was brought along by the person."""
    member_of: frozenset[int] = frozenset()
    """The guilds, of those that stories are restricted to, of which they are known to be a member."""
    unsure: bool = False
    """Set if Discord did not answer for all those guilds. Both fields matter where no guild decides."""

    @property
    def governing_guild(self) -> int | None:
        """The guild that decides what may be shown; None in direct messages, and where the bot is a guest."""
        return None if self.guest else self.guild_id

    def is_author_of(self, story: Story) -> bool:
        """Return whether they may use author commands on that story."""
        return self.operator or story.is_by(self.user_id)


def may_know(story: Story, viewer: Viewer) -> bool:
    """Return whether the story is meant for that person.

    Where no guild decides, a story restricted to guilds is meant for the members of those guilds.
    """
    if story.guilds is None or viewer.is_author_of(story):
        return True
    if viewer.governing_guild is not None:
        return story.allows_guild(viewer.governing_guild)
    return not story.guilds.isdisjoint(viewer.member_of)


def may_see(story: Story, viewer: Viewer) -> bool:
    """Return whether the story may be shown to that person in that place."""
    if story.rating.age_restricted and not viewer.age_restricted:
        return False
    return may_know(story, viewer)


def may_quote(story: Story, *, age_restricted: bool) -> bool:
    """Return whether the text of suggestions for that story may be shown in a place.

    The number of a suggestion and its state may be shown anywhere. A direct message is never age-restricted.
    """
    return age_restricted or not story.rating.age_restricted


def redact_suggestion(idea: Suggestion, story: Story, viewer: Viewer) -> Suggestion:
    """Return the suggestion as it may be shown to the viewer: without its text where that may not appear."""
    if may_quote(story, age_restricted=viewer.age_restricted):
        return idea
    return replace(idea, text="", reason=None, veiled=True)


def require_visible(story: Story, viewer: Viewer, unknown: Refusal) -> None:
    """Refuse a story that the viewer may not be shown here.

    A viewer for whom the story is not meant gets the same answer as for a story that does not exist.

    Raises:
        DiscordSlow: Discord does not say whether the story is meant for them.
        Refusal: The story is not meant for them; this is `unknown`.
        AgeRestricted: The rating asks for another place.
    """
    if not may_know(story, viewer):
        if viewer.governing_guild is None and viewer.unsure:
            raise DiscordSlow
        raise unknown
    if story.rating.age_restricted and not viewer.age_restricted:
        raise AgeRestricted(story=story.title, rating=story.rating.value)


def require_author(story: Story, viewer: Viewer) -> None:
    """Refuse everyone but the story's authors and the operators.

    Raises:
        NotAnAuthor: The viewer is neither.
    """
    if not viewer.is_author_of(story):
        raise NotAnAuthor(story=story.title)


def require_manager(viewer: Viewer) -> int:
    """Return the guild in which the viewer may manage subscriptions.

    Discord's own default permissions are a hint that admins may override, so the right is checked here again.

    Raises:
        NotInServer: They are in a direct message.
        NeedsManageServer: They lack the permission.
    """
    if viewer.guild_id is None:
        raise NotInServer
    if not viewer.manages_guild:
        raise NeedsManageServer
    return viewer.guild_id
