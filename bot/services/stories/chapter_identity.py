"""Identity of chapters: a renamed file is recognized, a copy is held back, and no text is released twice.

A new file with (nearly) the text of a released chapter is that chapter renamed, if the chapter's own file is gone.
Otherwise it is held back unless its author gave it an `id:`, and so is a part of a chapter that was split, and a copy
of a chapter still to come. Files that existed when the story was first seen are never held: nobody has put a copy
beside an older file at that time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.releases.release import Release
from bot.domain.stories.story import Chapter, HeldChapter, Serial
from bot.domain.text.near_duplicates import (
    DuplicateKind,
    Fingerprint,
    SketchIndex,
    compare_texts,
    fingerprint_text,
)
from bot.store.stories.last_good_chapter_records import LastGoodChapter
from bot.store.transaction import Transaction

_AT_ONCE = 50
"""Texts read from the database and fingerprinted in one step."""

_Edition = tuple[int, int]
"""A release and its revision."""


@dataclass(slots=True)
class IdentityVerdict:
    """The result of a check."""

    renamed: list[tuple[Release, Chapter]] = field(default_factory=list)
    """Released chapters that have another file now."""
    held: list[HeldChapter] = field(default_factory=list)
    """Chapters held back."""
    cleared: set[str] = field(default_factory=set)
    """Names of files that are no copies."""


class ChapterIdentityCheck:
    """Finds copies among the files of a story.

    It remembers sketches of released texts, 3 KB an edition, and reads the texts again when they are needed.
    """

    def __init__(self) -> None:
        self._sketches: dict[str, dict[_Edition, tuple[int, ...]]] = {}

    async def check(
        self,
        tx: Transaction,
        serial: Serial,
        out: Collection[str],
        known: Mapping[str, LastGoodChapter],
        there: Collection[str],
    ) -> IdentityVerdict:
        """Compare the unreleased chapters of a serial with the released ones and with one another.

        Chapters that were cleared before and have not changed are passed over.

        Args:
            tx: The transaction to read in.
            serial: The story's files.
            out: Identities of the released chapters.
            known: The last sound versions of the story's chapters.
            there: Identities that have a file.
        """
        verdict = IdentityVerdict()
        new = [chapter for chapter in serial.chapters if chapter.key not in out]
        doubtful = [chapter for chapter in new if not await _is_cleared(tx, serial, chapter, known)]
        verdict.cleared.update(name_of(chapter) for chapter in new if chapter not in doubtful)
        if not doubtful or (not known and set(out) <= set(there)):
            verdict.cleared.update(map(name_of, doubtful))
            return verdict
        released = {release.id: release for release in await tx.releases.list_by_story(serial.story.slug)}
        prints = await asyncio.to_thread(_prints, [chapter.text for chapter in new])
        among = dict(zip((chapter.key for chapter in new), prints, strict=True))
        index = await self._index(tx, serial.story.slug)
        present = set(there)
        for chapter in doubtful:
            own = among[chapter.key]
            near = _near_releases(own, await tx.releases.get_texts(index.candidates(own.sketch)), released)
            _judge(chapter, near, present, verdict)
        if known:
            _hold_twins(new, {name_of(chapter) for chapter in doubtful}, among, verdict)
        else:
            verdict.cleared.update(held.file for held in verdict.held)
            verdict.held.clear()
        return verdict

    async def _index(self, tx: Transaction, slug: str) -> SketchIndex[_Edition]:
        """Build the index of all editions ever released; only texts that are new since the last time are read."""
        wanted = await tx.releases.list_editions(slug)
        before = self._sketches.get(slug, {})
        missing = [key for key in wanted if key not in before]
        sketches = {key: before[key] for key in wanted if key in before}
        for start in range(0, len(missing), _AT_ONCE):
            texts = await tx.releases.get_texts(missing[start : start + _AT_ONCE])
            prints = await asyncio.to_thread(_prints, list(texts.values()))
            sketches |= {key: each.sketch for key, each in zip(texts, prints, strict=True)}
        self._sketches[slug] = sketches
        index = SketchIndex[_Edition]()
        for key, sketch in sketches.items():
            index.add(key, sketch)
        return index


def _near_releases(
    own: Fingerprint, texts: Mapping[_Edition, str], released: Mapping[int, Release]
) -> list[tuple[DuplicateKind, Release]]:
    """Return the releases with a similar text, the same text first, then by number."""
    near = [
        (kind, released[id_])
        for (id_, _), text in texts.items()
        if (kind := compare_texts(own, fingerprint_text(text)))
    ]
    return sorted(near, key=lambda each: (each[0] is not DuplicateKind.SAME, each[1].number))


def _judge(
    chapter: Chapter, near: list[tuple[DuplicateKind, Release]], present: set[str], verdict: IdentityVerdict
) -> None:
    """Decide about one new chapter by the releases that are similar to it."""
    gone = [
        release for kind, release in near if kind is DuplicateKind.SAME and release.chapter not in present
    ]
    if gone:
        # The release has lost its file and this file has its text: the file was renamed.
        present.add(gone[0].chapter)
        verdict.renamed.append((gone[0], chapter))
        verdict.cleared.add(name_of(chapter))
    elif near and not chapter.named:
        kind, release = near[0]
        part = kind is DuplicateKind.PART
        verdict.held.append(HeldChapter(chapter.key, name_of(chapter), release.chapter, release.title, part))
    else:
        verdict.cleared.add(name_of(chapter))


def name_of(chapter: Chapter) -> str:
    """Return the name of the chapter's file, or its identity if it comes from no file."""
    return chapter.file or chapter.key


def stamp_of(chapter: Chapter) -> str:
    """Return a value that changes whenever anything about the chapter changes."""
    at = "" if chapter.publish_at is None else chapter.publish_at.isoformat()
    note = "" if chapter.revision is None else str(chapter.revision.number)
    return " ".join((chapter.digest, at, str(int(chapter.draft)), str(int(chapter.named)), note))


def _prints(texts: Sequence[str]) -> list[Fingerprint]:
    return [fingerprint_text(text) for text in texts]


async def _is_cleared(
    tx: Transaction, serial: Serial, chapter: Chapter, known: Mapping[str, LastGoodChapter]
) -> bool:
    """Return whether the chapter was checked before and has at most been edited since."""
    before = known.get(name_of(chapter))
    if before is None or not before.cleared or before.chapter != chapter.key:
        return False
    if before.digest == stamp_of(chapter):
        return True
    last = await tx.last_good_chapters.get(serial.story.slug, name_of(chapter))
    return last is not None and (
        last.text == chapter.text
        or compare_texts(fingerprint_text(chapter.text), fingerprint_text(last.text)) is not None
    )


def _hold_twins(
    new: Sequence[Chapter],
    doubtful: Collection[str],
    among: Mapping[str, Fingerprint],
    verdict: IdentityVerdict,
) -> None:
    """Hold a file with the text of another unreleased chapter, which it would repeat once that is released."""
    index = SketchIndex[str]()
    titles = {chapter.key: chapter.title for chapter in new}
    settled = {chapter.key for _, chapter in verdict.renamed} | {each.key for each in verdict.held}
    for chapter in sorted(new, key=lambda chapter: name_of(chapter) in doubtful):
        own = among[chapter.key]
        if name_of(chapter) in doubtful and chapter.key not in settled and not chapter.named:
            twins = [
                key
                for key in index.candidates(own.sketch)
                if compare_texts(own, among[key]) is DuplicateKind.SAME
            ]
            if twins:
                held = HeldChapter(chapter.key, name_of(chapter), twins[0], titles[twins[0]], part=False)
                verdict.held.append(held)
                verdict.cleared.discard(name_of(chapter))
                continue
        index.add(chapter.key, own.sketch)
