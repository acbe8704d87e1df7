"""Matching of posts found in Discord to chapters, by the marks that they carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.delivery.post_identity import PostIdentity, chapter_mark, is_same_title
from bot.domain.releases.release import Release
from bot.domain.stories.story import Serial

_MOST_PARTS = 1_000


@dataclass(frozen=True, slots=True)
class PostedPart:
    """A part of a chapter that was posted in a destination."""

    identity: PostIdentity
    release: Release
    part: int
    thread_id: int | None = None
    """The thread that holds the part, if it is in one."""

    @property
    def place(self) -> tuple[int, int]:
        """Return its position in the order of posting."""
        return self.release.number, self.part


@dataclass(frozen=True, slots=True)
class MatchedPosts:
    """The posts found in a destination."""

    posted: tuple[PostedPart, ...] = ()
    """Posts of released chapters."""
    unreleased: tuple[PostIdentity, ...] = ()
    """Posts of chapters that this database has not released yet."""
    ambiguous: tuple[PostIdentity, ...] = ()
    """Posts that cannot be identified."""

    @property
    def traces(self) -> list[PostIdentity]:
        """Return the identities of all the posts."""
        return [*(each.identity for each in self.posted), *self.unreleased, *self.ambiguous]

    def __add__(self, other: MatchedPosts) -> MatchedPosts:
        return MatchedPosts(
            self.posted + other.posted, self.unreleased + other.unreleased, self.ambiguous + other.ambiguous
        )


def match_posts(
    traces: Sequence[PostIdentity], releases: Sequence[Release], serial: Serial | None
) -> MatchedPosts:
    """Match the posts in a channel to the chapters of one story; those of other stories are left out.

    Posts from before there were marks are matched by their titles, where only one chapter has that title.
    """
    by_mark = {chapter_mark(each.story, each.chapter, 0): each for each in releases}
    out = {each.chapter for each in releases}
    coming = [each for each in serial.chapters if each.key not in out] if serial is not None else []
    coming_marks = (
        {chapter_mark(serial.story.slug, each.key, 0) for each in coming} if serial is not None else set()
    )
    found = MatchedPosts()
    for trace in traces:
        if trace.chapter is not None:
            release = by_mark.get(trace.chapter)
            if release is not None:
                found += MatchedPosts(posted=(PostedPart(trace, release, 0),))
            elif trace.chapter in coming_marks:
                found += MatchedPosts(unreleased=(trace,))
        elif trace.heading is None or serial is None:
            found += MatchedPosts(ambiguous=(trace,))
        elif is_same_title(trace.heading[0], serial.story.title):
            found += _by_title(trace, trace.heading[1], releases, [each.title for each in coming])
    return found


def _by_title(
    trace: PostIdentity, shown: str, releases: Sequence[Release], coming: Sequence[str]
) -> MatchedPosts:
    same = [each for each in releases if is_same_title(shown, each.title)]
    later = [title for title in coming if is_same_title(shown, title)]
    if len(same) + len(later) != 1:
        return MatchedPosts(ambiguous=(trace,))
    return (
        MatchedPosts(posted=(PostedPart(trace, same[0], 0),)) if same else MatchedPosts(unreleased=(trace,))
    )


def match_parts(release: Release, thread_id: int, traces: Sequence[PostIdentity]) -> MatchedPosts:
    """Match the posts in a chapter's thread to its parts."""
    if not traces:
        return MatchedPosts()
    part_of = {chapter_mark(release.story, release.chapter, part): part for part in range(1, _MOST_PARTS + 1)}
    known = [trace for trace in traces if trace.chapter in part_of]
    posted = (PostedPart(trace, release, part_of[trace.chapter or 0], thread_id) for trace in known)
    return MatchedPosts(
        posted=tuple(posted), ambiguous=tuple(trace for trace in traces if trace.chapter is None)
    )
