"""Alerts about faults in the authors' files, for the people who can fix them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from bot.domain.diagnostics import Diagnostic, short_file_name
from bot.domain.stories.story import Story
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.services.alerts.alerts import EVERY, Alert, Alerts
from bot.services.stories.publishable_content import PublishableContent
from bot.store.database import Database
from bot.store.transaction import Transaction

SOURCE = "files"
"""Prefix of the keys of these alerts."""

_LIVE = (SubscriptionState.ACTIVE, SubscriptionState.PAUSED, SubscriptionState.PARKED)


class ContentAlerts:
    """Reports faults in the files of known stories. Released chapters are not affected by them."""

    def __init__(self, store: Database, holdings: PublishableContent, troubles: Alerts) -> None:
        self._store = store
        self._holdings = holdings
        self._troubles = troubles

    async def check(self) -> None:
        """Report the faults of the last reload and end all other alerts of this source."""
        ills = self._holdings.problems()
        found: list[Alert] = []
        async with self._store.read() as tx:
            known = {record.story.slug: record.story for record in await tx.stories.list_all()}
            if ills.content is not None and [slug for slug in known if await _is_read(tx, slug)]:
                found.append(
                    Alert(f"{SOURCE}:content", "content-gone", {"reason": _reason(ills.content)}, EVERY)
                )
            for slug, about in known.items() if ills.content is None else ():
                found += await self._story(tx, slug, about)
        await self._troubles.sync_source(SOURCE, found)

    async def _story(self, tx: Transaction, slug: str, about: Story) -> list[Alert]:
        ills, serials = self._holdings.problems(), self._holdings.serials()
        found = []
        if (fault := ills.descriptions.get(slug)) is not None:
            found.append(Alert(f"{SOURCE}:story:{slug}", "story-file", _facts(about, fault), slug))
        if (fault := ills.folders.get(slug)) is not None:
            found.append(Alert(f"{SOURCE}:folder:{slug}", "story-chapters", _facts(about, fault), slug))
        elif slug not in serials and await _is_read(tx, slug):
            if (reason := ills.withheld.get(slug)) is not None:
                facts = _facts(about, reason)
                found.append(Alert(f"{SOURCE}:folder:{slug}", "story-chapters", facts, slug))
            else:
                facts = {"story": about.title, "slug": slug}
                found.append(Alert(f"{SOURCE}:folder:{slug}", "story-gone", facts, slug))
        if (faults := ills.chapters.get(slug)) is not None:
            serial = serials.get(slug)
            held = serial is not None and bool(serial.broken)
            facts = _facts(about, faults[0]) | _more(faults) | {"held": "yes" if held else "no"}
            found.append(Alert(f"{SOURCE}:chapters:{slug}", "chapters-broken", facts, slug))
        return found


async def _is_read(tx: Transaction, slug: str) -> bool:
    """Return whether anybody waits for more of the story."""
    for state in _LIVE:
        if await tx.subscriptions.list_by_story(slug, state):
            return True
    return False


def _facts(about: Story, fault: Diagnostic) -> dict[str, str]:
    return {
        "story": about.title,
        "file": short_file_name(fault),
        "line": str(fault.line),
        "reason": _reason(fault),
    }


def _reason(fault: Diagnostic) -> str:
    return f"{fault.problem}. {fault.mend}"


def _more(faults: Sequence[Diagnostic]) -> dict[str, str]:
    """Count the further faults and build a value that changes when they do."""
    files = "\n".join(sorted(fault.file for fault in faults))
    return {
        "count": str(len(faults)),
        "what": hashlib.blake2b(files.encode("utf-8", "replace"), digest_size=8).hexdigest(),
    }
