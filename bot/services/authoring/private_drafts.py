"""Texts and files that an author has sent and not yet accepted, kept in a private folder for a day."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import shutil
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.domain.stories.authoring_refusals import DraftGone

KEPT_FOR = timedelta(days=1)

_ID = re.compile(r"[0-9a-f]{16}")
_FACTS = "draft.json"
_FILES = "files"


@dataclass(frozen=True, slots=True)
class PrivateDraft:
    """Facts and files of one author."""

    id: str
    user_id: int
    facts: Mapping[str, Any]
    files: Path
    """Folder of the files."""
    made_at: datetime


class PrivateDrafts:
    """Drafts by id, outside of the content folder, so that buttons find them after a restart."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._root = root
        self._clock = clock
        # A new folder has no facts for a moment, and would look like one to delete to whoever makes the next.
        self._making = threading.Lock()

    async def create(self, user_id: int, facts: Mapping[str, Any]) -> PrivateDraft:
        """Keep facts, and make an empty folder for files. Drafts that are too old are deleted."""
        now = self._clock.now()

        def create() -> PrivateDraft:
            with self._making:
                return self._create(user_id, facts, now)

        return await asyncio.to_thread(create)

    async def load(self, draft_id: str, user_id: int) -> PrivateDraft:
        """Return one's own draft.

        Raises:
            DraftGone: It is too old, was deleted, or is somebody else's.
        """
        draft = await asyncio.to_thread(self._read, draft_id)
        if draft is None or draft.user_id != user_id or self._is_old(draft.made_at):
            raise DraftGone
        return draft

    async def change(self, draft: PrivateDraft, facts: Mapping[str, Any]) -> PrivateDraft:
        """Keep other facts under the same id."""
        changed = PrivateDraft(draft.id, draft.user_id, facts, draft.files, draft.made_at)
        await asyncio.to_thread(self._write, changed)
        return changed

    async def delete(self, draft: PrivateDraft) -> bool:
        """Delete a draft; return whether it was there, so that only one of two presses goes on."""
        return await asyncio.to_thread(self._delete, draft.id)

    async def delete_old(self) -> None:
        """Delete what is too old, or cannot be read."""

        def delete() -> None:
            with self._making:
                self._delete_old()

        await asyncio.to_thread(delete)

    def _create(self, user_id: int, facts: Mapping[str, Any], now: datetime) -> PrivateDraft:
        self._delete_old()
        draft_id = secrets.token_hex(8)
        draft = PrivateDraft(draft_id, user_id, facts, self._root / draft_id / _FILES, now)
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self._root / draft_id).mkdir(mode=0o700)
        draft.files.mkdir(mode=0o700)
        self._write(draft)
        return draft

    def _write(self, draft: PrivateDraft) -> None:
        path = self._root / draft.id / _FACTS
        kept = {"user": draft.user_id, "made": draft.made_at.timestamp(), "facts": dict(draft.facts)}
        beside = path.with_suffix(".new")
        try:
            beside.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
            beside.replace(path)
        except FileNotFoundError:
            # Another press has used or discarded it meanwhile.
            raise DraftGone from None

    def _read(self, draft_id: str) -> PrivateDraft | None:
        if not _ID.fullmatch(draft_id):
            return None
        folder = self._root / draft_id
        try:
            kept = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            made = datetime.fromtimestamp(float(kept["made"]), UTC)
            return PrivateDraft(draft_id, int(kept["user"]), dict(kept["facts"]), folder / _FILES, made)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _delete(self, draft_id: str) -> bool:
        folder = self._root / draft_id
        try:
            # Renaming is what only one of several can do.
            folder.rename(gone := folder.with_name(f"{draft_id}.gone"))
        except OSError:
            return False
        shutil.rmtree(gone, ignore_errors=True)
        return True

    def _delete_old(self) -> None:
        if not self._root.is_dir():
            return
        for folder in list(self._root.iterdir()):
            draft = self._read(folder.name)
            if draft is not None and not self._is_old(draft.made_at):
                continue
            shutil.rmtree(folder, ignore_errors=True)

    def _is_old(self, made_at: datetime) -> bool:
        return self._clock.now() - made_at > KEPT_FOR


def drafts_folder(database_url: str, cache: Path | None) -> Path:
    """Return the folder for drafts: beside an SQLite database, or else in the cache."""
    path = database_url.partition(":///")[2].partition("?")[0]
    if database_url.startswith("sqlite") and path and path != ":memory:":
        return Path(path).parent / "drafts"
    return (cache or Path(tempfile.gettempdir()) / "fascicle") / "drafts"
