"""Pictures of an import, put into a story's folder of images."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from bot.content.authoring.change_journal import StoryChange
from bot.content.authoring.chapter_file_names import free_name, name_from_title
from bot.content.pictures.picture_files import PictureFault, check_file
from bot.content.pictures.picture_paths import IMAGES

Pictures = Mapping[str, Callable[[], bytes]]
"""By key: returns a picture's bytes, or raises a `PictureFault` if they cannot be read."""

_NAMED = re.compile(r"!\[(?P<alt>[^\]\n]*+)\]\((?:<(?P<path>[^<>\n]++)>|(?P<bare>[^()\s]++))\)")
_BEGINNINGS = (
    (re.compile(rb"\x89PNG\r\n"), ".png"),
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), ".webp"),
)


class PicturePlacer:
    """Puts pictures into the folder, each once, under names that are free and end as their kind does."""

    def __init__(self, story: Path, change: StoryChange, pictures: Pictures) -> None:
        self._images = story / IMAGES
        self._change = change
        self._pictures = pictures
        self._placed: dict[str, str | None] = {}
        self._files: dict[str, str] | None = None
        self.lost: list[str] = []
        """For each picture that could not be kept: which, and why."""

    def place(self, key: str) -> str | None:
        """Return the path of a picture below the story's folder, None if there is no such picture."""
        if key not in self._placed:
            self._placed[key] = self._put(key)
        return self._placed[key]

    def rewrite(self, text: str, pictures: Mapping[str, str]) -> str:
        """Return Markdown that names the pictures' files; a picture that is lost becomes a comment.

        Args:
            text: The Markdown.
            pictures: The path that it names now, by the key of each picture.
        """
        keys = {written: key for key, written in pictures.items()}

        def placed(found: re.Match[str]) -> str:
            if (key := keys.get(found["path"] or found["bare"])) is None:
                return found[0]
            path = self.place(key)
            # All in one pass: a picture's new path may be the one that another had.
            return (
                f"<!-- {found[0].replace('--', '- -')} -->" if path is None else f"![{found['alt']}]({path})"
            )

        return _NAMED.sub(placed, text)

    def _put(self, key: str) -> str | None:
        if key not in self._pictures:
            remote = key.startswith(("http:", "https:", "//"))
            self.lost.append(f"{key}: {'it is on the web; save it' if remote else 'it is not there; put it'}"
                             f" into {IMAGES}/ and name it in the chapter")  # fmt: skip
            return None
        try:
            data = self._pictures[key]()
        except PictureFault as fault:
            self.lost.append(f"{key}: {fault}")
            return None
        known = self._known_files()
        digest = hashlib.sha256(data).hexdigest()
        if digest in known:
            return f"{IMAGES}/{known[digest]}"
        suffix = next((end for begin, end in _BEGINNINGS if begin.match(data)), None)
        if suffix is None:
            self.lost.append(f"{key}: it is not PNG, JPEG, GIF or WebP")
            return None
        stem = free_name(
            name_from_title(PurePosixPath(key).stem), (Path(each).stem for each in known.values())
        )
        staged = self._change.stage(data, suffix)
        try:
            check_file(staged, key)
        except PictureFault as fault:
            staged.unlink()
            self.lost.append(f"{key}: {fault}")
            return None
        known[digest] = f"{stem}{suffix}"
        self._change.put_staged(f"{IMAGES}/{known[digest]}", staged)
        return f"{IMAGES}/{known[digest]}"

    def _known_files(self) -> dict[str, str]:
        if self._files is None:
            files = sorted(self._images.iterdir()) if self._images.is_dir() else []
            self._files = {
                hashlib.sha256(file.read_bytes()).hexdigest(): file.name
                for file in files
                if file.is_file() and not file.name.startswith(".")
            }
        return self._files
