"""New stories from Discord."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.domain.authorization import Viewer
from bot.domain.stories.authoring_refusals import MayNotCreate, TitleNeeded
from bot.domain.stories.story import Rating
from bot.services.authoring.authoring_parts import AuthoringParts
from bot.services.authoring.story_schedules import next_slots, parse_typed_schedule

_LANGUAGES = {"de": "de"}
_ZONES = {
    "de": "Europe/Berlin",
    "fr": "Europe/Paris",
    "es-ES": "Europe/Madrid",
    "it": "Europe/Rome",
    "nl": "Europe/Amsterdam",
    "pl": "Europe/Warsaw",
    "cs": "Europe/Prague",
    "da": "Europe/Copenhagen",
    "sv-SE": "Europe/Stockholm",
    "no": "Europe/Oslo",
    "fi": "Europe/Helsinki",
    "hu": "Europe/Budapest",
    "ro": "Europe/Bucharest",
    "bg": "Europe/Sofia",
    "el": "Europe/Athens",
    "hr": "Europe/Zagreb",
    "lt": "Europe/Vilnius",
    "uk": "Europe/Kyiv",
    "tr": "Europe/Istanbul",
    "en-GB": "Europe/London",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "zh-TW": "Asia/Taipei",
    "zh-CN": "Asia/Shanghai",
    "hi": "Asia/Kolkata",
    "th": "Asia/Bangkok",
    "vi": "Asia/Ho_Chi_Minh",
}
"""Time zones of locales that are at home in mainly one; in all others the form asks."""


@dataclass(frozen=True, slots=True)
class StoryForm:
    """Fields as somebody typed them into the form of a new story."""

    title: str = ""
    summary: str = ""
    rating: str = Rating.GENERAL.value
    schedule: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class CreatedStory:
    """A story that was just made."""

    slug: str
    title: str
    schedule: str
    zone: str
    slots: Sequence[datetime]


class StoryCreation:
    """Makes stories for those who may."""

    def __init__(self, parts: AuthoringParts, *, creators: Collection[int] = ()) -> None:
        self._files = parts.files
        self._drafts = parts.drafts
        self._updates = parts.updates
        self._clock = parts.clock
        self._creators = frozenset(creators)

    def may_create(self, viewer: Viewer) -> bool:
        """Return whether they may start stories."""
        return viewer.operator or viewer.user_id in self._creators

    def blank_form(self, viewer: Viewer) -> StoryForm:
        """Return the form to begin with, with the time zone that their language suggests.

        Raises:
            MayNotCreate: They may not start stories.
        """
        self._require(viewer)
        return StoryForm(zone=_ZONES.get(viewer.locale, ""))

    async def keep(self, viewer: Viewer, form: StoryForm) -> str:
        """Keep a form that has a fault; return the draft's id."""
        return (await self._drafts.create(viewer.user_id, asdict(form))).id

    async def kept_form(self, viewer: Viewer, draft_id: str) -> StoryForm:
        """Return a kept form.

        Raises:
            MayNotCreate: They may not start stories.
            DraftGone: It is kept no longer.
        """
        self._require(viewer)
        return StoryForm(**(await self._drafts.load(draft_id, viewer.user_id)).facts)

    async def create(self, viewer: Viewer, form: StoryForm) -> CreatedStory:
        """Make the story's folder, with them as its author.

        Raises:
            MayNotCreate: They may not start stories.
            TitleNeeded, ScheduleUnclear: The form has a fault.
            ContentNotWritable: The folder cannot be made.
        """
        self._require(viewer)
        title = " ".join(form.title.split())
        if not title:
            raise TitleNeeded
        rating = Rating(form.rating) if form.rating in set(Rating) else Rating.GENERAL
        schedule, zone = parse_typed_schedule(form.schedule, form.zone)
        settings: dict[str, object] = {
            "title": title,
            "authors": [{"name": viewer.name, "discord": viewer.user_id}],
            "summary": form.summary.strip(),
            "language": _LANGUAGES.get(viewer.locale, "en"),
            "rating": rating.value,
        }
        if schedule is not None:
            settings["release.schedule"] = schedule.text
        settings["release.timezone"] = zone.key
        slug = await self._files.create_story(title, settings)
        await self._updates.take_in(viewer, "story_created", slug)
        slots = next_slots(schedule, zone, None, self._clock.now())
        return CreatedStory(slug, title, schedule.text if schedule else "", zone.key, slots)

    def _require(self, viewer: Viewer) -> None:
        if not self.may_create(viewer):
            raise MayNotCreate(user=viewer.user_id)
