"""Sample stories, kept from a real server unless its operator asks for them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.diagnostics import ContentProblems, Diagnostic
from bot.domain.releases.release import PictureFile
from bot.domain.stories.story import Serial, Story
from bot.services.stories.content_source import ContentSource

_log = logging.getLogger(__name__)

_PROBLEM = "this is a sample story, which is not published"
_MEND = "Delete “sample: true” in its story.yaml if it is your own, or set content.samples to true."


class WithoutSamples:
    """Content without its sample stories.

    To the bot they are as stories whose chapters are gone: a new one never begins; of one that is out already,
    everything stays readable and nothing more comes out.
    """

    def __init__(self, content: ContentSource) -> None:
        self._content = content
        self._logged: frozenset[str] = frozenset()

    def serials(self) -> Mapping[str, Serial]:
        """Return the stories that are no samples. Samples that are left out are logged once."""
        everything = self._content.serials()
        samples = {slug: serial for slug, serial in everything.items() if serial.story.sample}
        if samples.keys() - self._logged:
            self._log_samples(samples, others=len(everything) > len(samples))
        self._logged = frozenset(samples)
        return {slug: serial for slug, serial in everything.items() if slug not in samples}

    def with_description(self, story: Story) -> Serial | None:
        """Return a story's chapters with the given description, or None for a sample."""
        serial = self._content.serials().get(story.slug)
        is_sample = story.sample if serial is None else serial.story.sample
        return None if is_sample else self._content.with_description(story)

    def list_faults(self) -> tuple[Diagnostic, ...]:
        """Return the content's faults."""
        return self._content.list_faults()

    def problems(self) -> ContentProblems:
        """Return the content's problems, with the samples as withheld."""
        samples = {
            slug: Diagnostic(slug, 0, _PROBLEM, _MEND)
            for slug, serial in self._content.serials().items()
            if serial.story.sample
        }
        return replace(self._content.problems(), withheld=samples)

    async def picture(self, slug: str, path: str) -> PictureFile | None:
        """Return a picture of a story, of a sample too."""
        return await self._content.picture(slug, path)

    def _log_samples(self, samples: Mapping[str, Serial], *, others: bool) -> None:
        titles = ", ".join(f"“{serial.story.title}”" for serial in samples.values())
        if others:
            says = "Sample stories are not published: %s. To publish them, set content.samples to true."
        else:
            says = (
                "No story is published: there are only sample stories, %s. Put your own into the content folder, "
                "one folder each; it is read at once. To publish the samples, set content.samples to true."
            )
        about = {"action": "samples_left_out", "stories": sorted(samples)}
        _log.log(logging.INFO if others else logging.WARNING, says, titles, extra=about)
