"""Answers of routes that change files: what the files refuse is a sentence for the page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from aiohttp import web

from bot.content.authoring.story_files import EditConflict
from bot.content.source_formats.read_source import SourceRefused
from bot.desk.draft_store import DraftConflict

P = ParamSpec("P")
T = TypeVar("T")


async def answering(change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Change files in a thread.

    Raises:
        HTTPConflict: the file has changed; the answer has the text that is there now.
        HTTPBadRequest: the change is refused, or the system does not allow it.
    """
    try:
        return await asyncio.to_thread(change, *args, **kwargs)
    except EditConflict as conflict:
        current = conflict.current
        raise _conflict({"text": current.text, "version": current.version}) from conflict
    except DraftConflict as conflict:
        draft = conflict.current
        raise _conflict(None if draft is None else {"text": draft.text, "draft": draft.version}) from conflict
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _refusal(f"The file could not be written: {reason}. Your text is kept here.") from error
    except ValueError as error:
        raise _refusal(str(error)) from error


def _conflict(current: dict[str, Any] | None) -> web.HTTPConflict:
    body = {"error": "This chapter was changed elsewhere meanwhile.", "current": current}
    return web.HTTPConflict(text=json.dumps(body), content_type="application/json")


def _refusal(sentence: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=json.dumps({"error": sentence}), content_type="application/json")


def tell_refusal(refused: SourceRefused) -> str:
    """Return why a file cannot be imported, and what to do instead, as a sentence for a status line."""
    text = " ".join(f"{refused.problem}. {refused.mend}".split())
    # A file's name stays as it is.
    return text if "." in text.partition(" ")[0] else text[:1].upper() + text[1:]
