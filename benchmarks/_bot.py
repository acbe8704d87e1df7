"""The bot in a process of its own, with any delivery rate: `python -m benchmarks._bot config.yaml RATE`."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from bot.app import run
from bot.config import load_settings, load_token

if __name__ == "__main__":
    settings = load_settings(Path(sys.argv[1]), {})
    # Beyond what Discord allows, so that what a post costs is not drowned in waiting for the next.
    delivery = settings.delivery.model_copy(update={"rate": int(sys.argv[2])})
    asyncio.run(run(settings.model_copy(update={"delivery": delivery}), load_token(os.environ)))
