"""Revising: a chapter that is out and whose file has changed gets a new revision in the database.

Nothing is told to Discord here: the posts that show an older revision become stale with it, and `refresh` edits them.
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
from bot.services.stories.library import Library
from bot.services.stories.pictures import read_pictures
from bot.services.suggestions.credits import credit_revision
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway
from bot.store.releases.release_records import CurrentRelease, NewRevision
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)


class RevisionSync:
    """Takes over what authors changed in chapters that are out: new words, a withdrawal, a return.

    A chapter without a sound file is left alone: a file that vanishes or breaks withdraws nothing. Readers' places need
    no care here: each knows the revision it belongs to, and is carried to a newer one when it is next asked for.
    """

    def __init__(self, store: Database, library: Library, clock: Clock) -> None:
        self._store = store
        self._library = library
        self._clock = clock

    async def sync(self, serial: Serial) -> int:
        """Compare a story's files with what is out, and record what has changed; returns how many chapters have,
        also of those whose change could not be recorded.

        Each chapter is a transaction of its own, so one that fails keeps none of the others from its readers.
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
            pictures=await read_pictures(self._library, release.story, chapter),
        )
        async with self._store.begin() as tx:
            if not await tx.releases.revise(new):
                return False
            await self._credit(tx, release, chapter, new.made_at)
            return True

    async def _credit(self, tx: Transaction, release: Release, chapter: Chapter, now: datetime) -> None:
        """What it thanks for beyond what it did is used now; what it thanked for in vain its author knows of."""
        before = await tx.releases.get_edition(release.id, release.revision)
        record = await tx.stories.get(release.story)
        added = [number for number in chapter.thanks if before is None or number not in before.thanks]
        if added and record is not None:
            await credit_revision(tx, record.story, replace(release, title=chapter.title), added, now)
