"""Who may see what and do what."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.errors import AgeRestricted, DiscordSlow, NeedsManageServer, NotAnAuthor, NotInServer, Refusal
from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion import Suggestion


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person and where they are speaking from.

    `age_restricted` says whether Discord marks that place as age-restricted (for a thread, its parent). `parent_id` is
    the channel that a thread hangs under, `about` the message that they are speaking of, if it is one.
    `manages_server` whether they have the Manage Server permission there, `administrator` whether they may do anything
    there (its owner may), `roles` their roles there. `operator` whether the configuration names them. `guest` says that
    the bot is not of that server and was brought along by the person. `member_of` are the servers, of those that
    stories are for, of which they are known to be a member, and `unsure` says that Discord did not tell of all; both
    matter where no server decides.
    """

    user_id: int
    name: str
    guild_id: int | None = None
    channel_id: int | None = None
    age_restricted: bool = False
    manages_server: bool = False
    operator: bool = False
    locale: str = "en-US"
    roles: frozenset[int] = frozenset()
    administrator: bool = False
    parent_id: int | None = None
    about: int | None = None
    guest: bool = False
    member_of: frozenset[int] = frozenset()
    unsure: bool = False

    @property
    def server(self) -> int | None:
        """The server that decides what may be shown; None in direct messages, and where the bot is a guest."""
        return None if self.guest else self.guild_id

    def is_author_of(self, story: Story) -> bool:
        """Whether author commands are theirs to use on that story."""
        return self.operator or story.is_by(self.user_id)


def may_know(story: Story, viewer: Viewer) -> bool:
    """Whether the story is for that person: where no server decides, for members of those that it is for."""
    if story.servers is None or viewer.is_author_of(story):
        return True
    if viewer.server is not None:
        return story.allows_server(viewer.server)
    return not story.servers.isdisjoint(viewer.member_of)


def may_see(story: Story, viewer: Viewer) -> bool:
    """Whether the story may be shown to that person in that place."""
    if story.rating.age_restricted and not viewer.age_restricted:
        return False
    return may_know(story, viewer)


def may_quote(story: Story, *, age_restricted: bool) -> bool:
    """Whether what is written in ideas for that story may be shown in a place, which is age-restricted or is not: no
    direct message is. The number of an idea and its state may be shown anywhere."""
    return age_restricted or not story.rating.age_restricted


def redact_suggestion(idea: Suggestion, story: Story, viewer: Viewer) -> Suggestion:
    """The idea as it may be shown to somebody where they are: without its text where that must not stand there."""
    if may_quote(story, age_restricted=viewer.age_restricted):
        return idea
    return replace(idea, idea="", reason=None, veiled=True)


def require_visible(story: Story, viewer: Viewer, unknown: Refusal) -> None:
    """Refuse what the viewer may not be shown here. Whom the story is not for learns nothing of it.

    Raises:
        DiscordSlow: Discord does not say whether it is for them.
        Refusal: it is not; this is `unknown`.
        AgeRestricted: the rating asks for another place.
    """
    if not may_know(story, viewer):
        if viewer.server is None and viewer.unsure:
            raise DiscordSlow
        raise unknown
    if story.rating.age_restricted and not viewer.age_restricted:
        raise AgeRestricted(story=story.title, rating=story.rating.value)


def require_author(story: Story, viewer: Viewer) -> None:
    """Refuse everyone but the story's authors and the operators.

    Raises:
        NotAnAuthor: they are neither.
    """
    if not viewer.is_author_of(story):
        raise NotAnAuthor(story=story.title)


def require_manager(viewer: Viewer) -> int:
    """The server in which the viewer may manage subscriptions.

    Discord's own default permissions are a hint that admins may override, so the right is checked here again.

    Raises:
        NotInServer: they are in a DM.
        NeedsManageServer: they lack the permission.
    """
    if viewer.guild_id is None:
        raise NotInServer
    if not viewer.manages_server:
        raise NeedsManageServer
    return viewer.guild_id
