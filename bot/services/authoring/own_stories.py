"""An author's stories, those without chapters too, which the database does not know yet."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.authorization import Viewer, require_author, require_visible
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import StoryUnknown
from bot.domain.text.fuzzy_search import SearchEntry, search_entries
from bot.domain.text.normalization import fold
from bot.services.authoring.authoring_files import AuthoringFiles
from bot.services.stories.autocomplete_choices import Choice
from bot.services.stories.story_lookup import SHOWN_TEXT, search_names

_OFFERED = 25


class OwnStories:
    """Finds the stories whose files somebody may change."""

    def __init__(self, files: AuthoringFiles) -> None:
        self._files = files

    async def find(self, viewer: Viewer, typed: str) -> Story:
        """Return the story of that slug or title, as its files describe it.

        Raises:
            StoryUnknown: There is none that this person may know of.
            AgeRestricted: Its rating does not allow this place.
            NotAnAuthor: It is not theirs.
        """
        stories = await self._files.list_stories()
        wanted, unknown = fold(typed), StoryUnknown(story=typed[:SHOWN_TEXT])
        named = [each for each in stories.values() if wanted in (fold(each.slug), fold(each.title))]
        story = stories.get(typed) or next((each for each in named if viewer.is_author_of(each)), None)
        story = story or (named[0] if named else None)
        if story is None:
            raise unknown
        require_visible(story, viewer, unknown)
        require_author(story, viewer)
        return story

    async def list_slugs(self, viewer: Viewer) -> Sequence[str]:
        """Return the slugs of their own stories."""
        stories = await self._files.list_stories()
        return [each.slug for each in stories.values() if viewer.is_author_of(each)]

    async def offer(self, viewer: Viewer, typed: str) -> Sequence[Choice]:
        """Return the choices of an option that names a story of one's own."""
        stories = await self._files.list_stories()
        own = [each for each in stories.values() if viewer.is_author_of(each)]
        own = [each for each in own if viewer.age_restricted or not each.rating.age_restricted]
        own.sort(key=lambda each: fold(each.title))
        entries = [SearchEntry(each, each.title, search_names(each)) for each in own]
        return [Choice(each.label, each.item.slug) for each in search_entries(entries, typed, _OFFERED)]
