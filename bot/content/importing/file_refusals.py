"""Refusals for what the files do not take, in the words of the authors' commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.content.authoring.story_files import EditConflict
from bot.domain.stories.authoring_refusals import ContentNotWritable, FileChangeRefused


@contextmanager
def as_refusals() -> Iterator[None]:
    """Turn errors of a change of files into refusals.

    Raises:
        ContentNotWritable: the folder or the disk does not take it.
        FileChangeRefused: the files have changed, or cannot be changed so.
    """
    try:
        yield
    except PermissionError:
        raise ContentNotWritable(reason="the folder is read-only") from None
    except OSError as error:
        raise ContentNotWritable(reason=error.strerror or "the disk refuses it") from None
    except EditConflict:
        raise FileChangeRefused(problem="somebody else has just changed it.") from None
    except (ValueError, LookupError) as error:
        raise FileChangeRefused(problem=str(error)) from None
