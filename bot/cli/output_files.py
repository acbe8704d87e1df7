"""Files and folders that commands write: whole or not at all, and never over something without a word."""

from __future__ import annotations

import secrets
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from bot.cli.output import UsageFailure


def allow_replacing(target: Path, *, force: bool) -> None:
    """Ask before something is replaced; without a terminal to ask on, only `force` allows it.

    Raises:
        UsageFailure: it may not be.
    """
    if force or not target.exists():
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageFailure(f"{target}: this exists already. Name another, or add --force to replace it.")
    if not click.confirm(f"{target} exists already. Replace it?", err=True):
        raise UsageFailure("Nothing was changed.")


def require_parent(target: Path) -> None:
    """Require the folder that something is to be written into.

    Raises:
        UsageFailure: there is none.
    """
    if not target.absolute().parent.is_dir():
        raise UsageFailure(f"{target.parent}: there is no such folder. Make it first, or name another.")


def write_whole_file(target: Path, data: bytes) -> None:
    """Write a file; until it is complete, whatever was there stays."""
    beside = _beside(target)
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def write_whole_folder(target: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write a folder; until it is complete, whatever was there stays.

    Args:
        target: The folder.
        files: The paths below it, and the bytes of each.

    Returns:
        The number of files.

    Raises:
        UsageFailure: a path leads out of the folder.
    """
    beside, old, count = _beside(target), _beside(target), 0
    try:
        beside.mkdir()
        for name, data in files:
            file = beside / name
            if not file.resolve().is_relative_to(beside.resolve()):
                raise UsageFailure(f"{name}: this leads out of the folder.")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            count += 1
        if target.exists():
            target.rename(old)
        beside.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return count


def _beside(target: Path) -> Path:
    """Return a free name on the same file system."""
    whole = target.absolute()
    return whole.with_name(f".{whole.name}.{secrets.token_hex(4)}")
