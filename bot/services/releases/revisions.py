"""Revisions: changes in the files of released chapters, recorded as new revisions.

Discord is not involved: posts that show an older revision become stale, and `reading/post_refresh.py` edits them.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.pages import count_words
from bot.domain.releases.release import Release
from bot.domain.releases.revisions import RevisionKind, detect_change
from bot.domain.stories.story import Chapter, Serial
from bot.services.stories.chapter_pictures import read_pictures
from bot.services.stories.content_source import ContentSource
from bot.services.suggestions.credits import credit_revision
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway
from bot.store.releases.release_records import CurrentRelease, NewRevision
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)


class RevisionSync:
    """Records changes of released chapters: new text, withdrawal and return.

    A chapter without a sound file is left alone: a file that disappears or breaks withdraws nothing. Bookmarks need no
    update here: each names its revision and is mapped to a newer one when it is used next.
    """

    def __init__(self, store: Database, content: ContentSource, clock: Clock) -> None:
        self._store = store
        self._content = content
        self._clock = clock

    async def sync(self, serial: Serial) -> int:
        """Compare a story's files with its released chapters and record the changes.

        Each chapter has a transaction of its own, so that one that fails keeps no other change from its readers.

        Returns:
            The number of changed chapters, including those whose change could not be recorded.
        """
        async with self._store.read() as tx:
            known = await tx.releases.list_current(serial.story.slug)
        files = {chapter.key: chapter for chapter in serial.chapters}
        changed = 0
        for current in known:
            chapter = files.get(current.release.chapter)
            if chapter is None:
                continue
            try:
                changed += await self._take_over(current, chapter)
            except DatabaseAway:
                raise
            except Exception:
                changed += 1
                _log.exception(
                    "the change of %s/%s could not be taken over",
                    current.release.story,
                    chapter.key,
                    extra={"action": "revise_failed", "story": current.release.story, "chapter": chapter.key},
                )
        return changed

    async def _take_over(self, current: CurrentRelease, chapter: Chapter) -> bool:
        release = current.release
        match detect_change(
            chapter, digest=current.digest, said=current.said, withdrawn=release.is_withdrawn
        ):
            case RevisionKind.WITHDRAW:
                async with self._store.begin() as tx:
                    done = await tx.releases.withdraw(release.id, was=release.revision, now=self._clock.now())
                said = "withdrawn"
            case RevisionKind.REVISE:
                done = await self._revise(current, chapter)
                said = "returned" if release.is_withdrawn else "revised"
            case None:
                return False
        if done:
            _log.info(
                "%s: chapter %d, %s, is %s",
                release.story,
                release.number,
                release.chapter,
                said,
                extra={"action": f"chapter_{said}", "story": release.story, "chapter": release.chapter},
            )
        return True

    async def _revise(self, current: CurrentRelease, chapter: Chapter) -> bool:
        release = current.release
        new = NewRevision(
            release_id=release.id,
            was=release.revision,
            chapter=chapter,
            made_at=self._clock.now(),
            words=count_words(chapter.text),
            said=current.said.update_with(chapter.revision),
            pictures=await read_pictures(self._content, release.story, chapter),
        )
        async with self._store.begin() as tx:
            if not await tx.releases.revise(new):
                return False
            await self._credit(tx, release, chapter, new.made_at)
            return True

    async def _credit(self, tx: Transaction, release: Release, chapter: Chapter, now: datetime) -> None:
        """Credit the suggestions that the chapter newly names; unknown ones were reported to the author before."""
        before = await tx.releases.get_edition(release.id, release.revision)
        record = await tx.stories.get(release.story)
        added = [number for number in chapter.thanks if before is None or number not in before.thanks]
        if added and record is not None:
            await credit_revision(tx, record.story, replace(release, title=chapter.title), added, now)
