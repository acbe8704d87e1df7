"""The bot's token, usable but never shown by accident."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from bot.domain.diagnostics import Diagnostic
from bot.schemas.text_file import UnreadableFile, read_text


class Secret:
    """A text that no repr, str, format or pickle reveals; only `reveal` does."""

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def reveal(self) -> str:
        """Return the text, for the one call that needs it."""
        return self.__value

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.__value == self.__value

    def __hash__(self) -> int:
        return hash(self.__value)

    def __reduce__(self) -> str:
        raise TypeError("a secret is not copied into files")


def world_readable_token_file(environ: Mapping[str, str]) -> Path | None:
    """Return the token's file if every user of the machine can read it."""
    given, named = environ.get("DISCORD_TOKEN", "").strip(), environ.get("DISCORD_TOKEN_FILE", "").strip()
    if given or not named or os.name != "posix":
        return None
    file = Path(named)
    try:
        within_reach = all(folder.stat().st_mode & stat.S_IXOTH for folder in file.resolve().parents)
        return file if within_reach and file.stat().st_mode & stat.S_IROTH else None
    except OSError:
        return None


class MissingToken(Exception):
    """There is no usable token; `fault` says what to do."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(str(fault))
        self.fault = fault


_HOW = "Copy it from your application’s Bot page in Discord’s developer portal"


def load_token(environ: Mapping[str, str]) -> Secret:
    """Return the bot's token from `DISCORD_TOKEN`, or from the file that `DISCORD_TOKEN_FILE` names.

    Surrounding white space and a leading `Bot ` are dropped.

    Raises:
        TokenMissing: neither is set, the file cannot be read, or its content cannot be a token.
    """
    given, file = environ.get("DISCORD_TOKEN", "").strip(), environ.get("DISCORD_TOKEN_FILE", "").strip()
    where = "DISCORD_TOKEN"
    if not given and file:
        where = file
        try:
            given = read_text(Path(file)).strip()
        except UnreadableFile as error:
            mend = "DISCORD_TOKEN_FILE must name a readable text file with nothing but the token."
            raise MissingToken(Diagnostic(file, 0, error.fault.problem, mend)) from None
    token = given.removeprefix("Bot ").strip()
    if not token:
        what = "the file is empty" if where == file else "there is no token"
        raise MissingToken(
            Diagnostic(where, 0, what, f"{_HOW} and set DISCORD_TOKEN, or name a file in DISCORD_TOKEN_FILE.")
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise MissingToken(
            Diagnostic(
                where, 0, "this is not a Discord token", f"{_HOW}: one word, without spaces or quotes."
            )
        )
    return Secret(token)
