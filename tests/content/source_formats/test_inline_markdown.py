"""Runs of text are written as Markdown that means the same to Fascicle and to Discord."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.source_formats.inline_markdown import InlineRun, has_throughout, write_inline
from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.pages.markdown_parser import parse_markdown
from bot.domain.pages.plain_text import visible
from tests.domain.pages.discord_renderer import read

_WHOLE = 1 << 30
_SIGNS = "*_~|`\\[](){}<>#+-=.!:;@$%^&/\"'“”—…1a Zé\u200b\xa0"


def _shown_by_discord(markdown: str) -> str:
    return "\n".join(read(run.text).text.rstrip("\n") for run in parse_markdown(markdown, _WHOLE))


def _words(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())
