"""Compiled books among chapters: files that contain the text of other chapters.

Only files that are long for their story, or called like a book, are looked into. A chapter is known by its longest
lines, whose checksums are kept; it is contained in a file that has most of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from statistics import median_low

from bot.content.chapters.chapter_file import ChapterFile
from bot.content.files.non_chapters import may_be_no_chapter
from bot.content.stories.chapter_memo import ChapterMemo

_SAMPLED = 12
"""Lines by which a chapter is known."""

_MOST = 0.6
"""Share of them from which a chapter is contained in a file."""

_SHORTEST_LINE = 8
"""Characters of a line that can tell a text from others."""

_LONG = 200
"""Characters of a chapter that nobody quotes in full. Shorter ones count if a file consists mostly of such."""

_FEW = 10
"""Files among which the longest is always looked into: half of them say little about the others."""

_LONGER = 1.6
"""How many times as long as the story's middling file one is that is looked into."""


Sample = frozenset[int]


def sample_lines(file: ChapterFile) -> Sample:
    """Return the checksums of a chapter's longest lines, by which it is known."""
    lines = dict.fromkeys(
        line for line in map(str.strip, file.text.split("\n")) if len(line) >= _SHORTEST_LINE
    )
    return frozenset(map(hash, sorted(lines, key=len)[-_SAMPLED:]))


def find_compiled_books(
    files: Mapping[Path, ChapterFile], suspects: Collection[Path], samples: ChapterMemo[Sample]
) -> dict[Path, list[Path]]:
    """Return the suspects that contain two or more other files' texts, with those files in order."""
    if len(files) < 3:
        return {}
    lengths = {path: len(file.text) for path, file in files.items()}
    least = _LONGER * median_low(lengths.values())
    if len(files) <= _FEW:
        least = min(least, max(lengths.values()))
    likely = [
        path
        for path, length in lengths.items()
        if path in suspects and (length >= least or may_be_no_chapter(path.stem))
    ]
    having: dict[int, list[Path]] = {}
    for path, file in files.items() if likely else ():
        for line in samples.of(file):
            having.setdefault(line, []).append(path)
    found = {}
    for path in likely:
        contained = _contained(path, files, having, samples)
        long = [other for other in contained if lengths[other] >= _LONG]
        mostly = sum(lengths[other] for other in contained) >= _MOST * lengths[path]
        if len(long) >= 2 or (mostly and len(contained) >= 2):
            found[path] = contained
    return found


def _contained(
    path: Path,
    files: Mapping[Path, ChapterFile],
    having: Mapping[int, list[Path]],
    samples: ChapterMemo[Sample],
) -> list[Path]:
    """Return the shorter files whose texts that file has, in order; of equal ones only the first."""
    text = files[path].text
    common = Counter(
        other for line in {hash(line.strip()) for line in text.split("\n")} for other in having.get(line, ())
    )
    found: dict[Sample, Path] = {}
    for other, file in files.items():
        sample = samples.of(file)
        if (
            common[other] >= _MOST * len(sample) > 0
            and len(file.text) < len(text)
            and sample != samples.of(files[path])
        ):
            found.setdefault(sample, other)
    return list(found.values())
