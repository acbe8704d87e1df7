"""Covers for lists, scaled down: a page of the library shows several, and Discord's clients show them small."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Mapping

from cachetools import LRUCache
from PIL import Image

from bot.domain.releases.release import PictureFile
from bot.store.database import Database

SIDE = 256
"""Pixels of a scaled cover's longer side: enough for a thumbnail on a phone."""

_QUALITY = 80
_KEPT = 512
"""Scaled covers kept in memory, of some ten kilobytes each."""

_log = logging.getLogger(__name__)


class CatalogueCovers:
    """Scales covers once and keeps them by the digest of the original."""

    def __init__(self, store: Database) -> None:
        self._store = store
        self._kept: LRUCache[str, bytes | None] = LRUCache(_KEPT)
        self._scaling = asyncio.Semaphore(1)

    async def load(self, covers: Mapping[str, tuple[int, str]]) -> dict[str, PictureFile]:
        """Return the scaled covers of stories, by slug, without those that cannot be read.

        Args:
            covers: For each slug a release that has the cover, and the cover's path.
        """
        if not covers:
            return {}
        async with self._store.read() as tx:
            digests = await tx.releases.find_pictures(set(covers.values()))
            missing = {digest for digest in digests.values() if digest not in self._kept}
            originals = await tx.releases.get_picture_data(missing) if missing else {}
        scaled = {digest: self._kept[digest] for digest in digests.values() if digest in self._kept}
        for digest, data in originals.items():
            # One at a time: a large picture takes many megabytes while it is decoded.
            async with self._scaling:
                scaled[digest] = self._kept[digest] = await asyncio.to_thread(_scale, data)
        found = {}
        for slug, place in covers.items():
            data_of = scaled.get(digests.get(place, ""))
            if data_of is not None:
                found[slug] = PictureFile(place[1], "image/webp", data_of)
        return found


def _scale(data: bytes) -> bytes | None:
    """Return the picture as a small WebP, or None if it cannot be read. Of an animation it is the first frame."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.draft("RGB", (SIDE * 2, SIDE * 2))
            small = image.convert("RGBA" if image.has_transparency_data else "RGB")
            small.thumbnail((SIDE, SIDE))
            made = io.BytesIO()
            small.save(made, "WEBP", quality=_QUALITY)
            return made.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # It was decoded when its chapter came out, so this is rare; a list does without.
        _log.warning("a cover cannot be scaled", extra={"action": "cover_unreadable"})
        return None
