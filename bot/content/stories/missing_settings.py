"""Notes on settings that a story does without: nothing is wrong, but its author may not know."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.content.files.directory_scan import printable_path
from bot.content.stories.story_folders import STORY_FILE
from bot.domain.diagnostics import Diagnostic
from bot.domain.schedule.recurrence import ElapsedTimeRule
from bot.domain.stories.story import Serial
from bot.schemas.text_file import UnreadableFile, read_text
from bot.schemas.yaml_source import YamlSource

_LONGEST = 256 * 1024
_LETTERS, _LOOKED_AT = 20, 3000
"""Letters from which a script is evident, and characters of a text that are looked at."""

_SCRIPTS = {
    "THAI": ("Thai", "th"),
    "LAO": ("Lao", "lo"),
    "KHMER": ("Khmer", "km"),
    "MYANMAR": ("Burmese", "my"),
    "TIBETAN": ("Tibetan", "bo"),
    "CYRILLIC": ("Cyrillic", "ru, uk, bg"),
    "GREEK": ("Greek", "el"),
    "ARABIC": ("Arabic", "ar, fa, ur"),
    "HEBREW": ("Hebrew", "he"),
    "DEVANAGARI": ("Devanagari", "hi, mr, ne"),
    "BENGALI": ("Bengali", "bn"),
    "TAMIL": ("Tamil", "ta"),
    "TELUGU": ("Telugu", "te"),
    "GEORGIAN": ("Georgian", "ka"),
    "ARMENIAN": ("Armenian", "hy"),
    "HANGUL": ("Korean", "ko"),
    "HIRAGANA": ("Japanese", "ja"),
    "KATAKANA": ("Japanese", "ja"),
    "CJK": ("Chinese", "zh"),
}
"""Scripts by the first word of their characters' names: their names, and the codes of languages written in them."""

_IN_LATIN = frozenset(
    [
        "en",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "sv",
        "da",
        "nb",
        "nn",
        "no",
        "fi",
        "pl",
        "cs",
        "sk",
        "hu",
        "ro",
        "hr",
        "tr",
        "vi",
        "id",
        "ms",
        "tl",
        "fil",
        "ca",
        "eu",
        "ga",
        "et",
        "lv",
        "lt",
    ]
)
_LATIN_LETTERS = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def missing_setting_notes(folder: Path, serial: Serial) -> list[Diagnostic]:
    """Return a note for each setting that the story in a folder lacks and its author may miss."""
    file = folder / STORY_FILE
    try:
        source = YamlSource(printable_path(file), read_text(file, most=_LONGEST))
    except UnreadableFile:
        return []
    data, _ = source.read()
    return list(_notes(source, data if isinstance(data, dict) else {}, serial))


def _notes(source: YamlSource, data: dict[str, object], serial: Serial) -> Iterator[Diagnostic]:
    story, rules = serial.story, serial.story.release_rules
    release = data.get("release")

    def note(key: str, problem: str, mend: str) -> Diagnostic:
        line = source.line([key]) if key in data else 0
        return Diagnostic(source.file, line, problem, mend, note=True)

    if story.sample:
        yield note(
            "sample",
            "this is a sample story, which “fascicle run” does not publish",
            "Delete the line “sample: true” once the story is your own.",
        )
    if rules.schedule is None and any(chapter.publish_at is None for chapter in serial.chapters):
        yield note(
            "release",
            "the story has no schedule, so only chapters with publish_at come out by themselves",
            "Under release, write for example “schedule: tue, fri at 18:00”.",
        )
    elif (
        rules.schedule is not None
        and rules.schedule.zone is None
        and not isinstance(rules.schedule.rule, ElapsedTimeRule)
        and not (isinstance(release, dict) and "timezone" in release)
    ):
        yield note(
            "release",
            "the story has no time zone, so its times are those of UTC",
            "Under release, write your city: “timezone: Europe/London”.",
        )
    if not any(author.discord for author in story.authors):
        yield note(
            "authors",
            "no author of the story has a Discord id, so only operators can decide on suggestions and move releases",
            "Write it beside the name: “authors: [{name: Ada Quill, discord: 100000000000000001}]”.",
        )
    if (found := _other_script(serial)) is not None:
        script, codes = found
        is_set = "language" in data
        yield note(
            "language",
            f"the chapters are in {script} letters, and the story’s language is {story.language}"
            + ("" if is_set else ", because none is set"),
            f"Write “language:” with its code, such as {codes}.",
        )


def _other_script(serial: Serial) -> tuple[str, str] | None:
    """Return the script and languages of a story that is evidently not in the Latin letters of its language."""
    tag = serial.story.language.lower()
    if tag.partition("-")[0] not in _IN_LATIN or not serial.chapters:
        return None
    letters = [char for char in serial.chapters[0].text[:_LOOKED_AT] if char.isalpha()]
    latin = sum(1 for char in letters if _LATIN_LETTERS.match(char))
    if len(letters) < _LETTERS or latin > len(letters) // 4:
        return None
    counts = Counter(unicodedata.name(char, "").partition(" ")[0] for char in letters)
    if counts["HIRAGANA"] + counts["KATAKANA"] > len(letters) // 20:
        return _SCRIPTS["HIRAGANA"]
    return _SCRIPTS.get(counts.most_common(1)[0][0])
