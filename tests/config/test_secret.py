"""The token: where it comes from, and where it never shows."""

from __future__ import annotations

import copy
import logging
import os
import pickle
import traceback
from pathlib import Path

import pytest

from bot.config import MissingToken, Secret, load_token, world_readable_token_file

TOKEN = ".".join(["three", "parts", "like-a-real-one"])


def test_it_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"\ufeff  {TOKEN}\r\n", encoding="utf-8")
    assert load_token({"DISCORD_TOKEN": TOKEN}).reveal() == TOKEN
    assert load_token({"DISCORD_TOKEN": f" Bot {TOKEN}\n"}).reveal() == TOKEN
    assert load_token({"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": str(file)}).reveal() == TOKEN


@pytest.mark.parametrize(
    ("environ", "where", "words"),
    [
        ({}, "DISCORD_TOKEN", "there is no token"),
        ({"DISCORD_TOKEN": "  "}, "DISCORD_TOKEN", "there is no token"),
        ({"DISCORD_TOKEN": "two words"}, "DISCORD_TOKEN", "not a Discord token"),
        ({"DISCORD_TOKEN": "tökén"}, "DISCORD_TOKEN", "not a Discord token"),
        ({"DISCORD_TOKEN_FILE": "{tmp}/none"}, "{tmp}/none", "cannot be read"),
        ({"DISCORD_TOKEN_FILE": "{tmp}"}, "{tmp}", "cannot be read"),
        ({"DISCORD_TOKEN_FILE": "{tmp}/empty"}, "{tmp}/empty", "the file is empty"),
    ],
)
def test_without_a_token_one_line_says_what_to_do(
    tmp_path: Path, environ: dict[str, str], where: str, words: str
) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(MissingToken) as caught:
        load_token({name: value.format(tmp=tmp_path) for name, value in environ.items()})
    fault = caught.value.fault
    assert fault.file == where.format(tmp=tmp_path)
    assert words in fault.problem
    assert "\n" not in str(fault)
    for value in environ.values():
        assert value.strip() not in fault.problem or not value.strip()


def test_it_shows_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(TOKEN)
    shown = [
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret!r:>40}",
        repr([secret]),
        repr({"t": secret}),
    ]
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("test").info("starting with %s", secret)
        try:
            raise ValueError(secret)
        except ValueError:
            shown.append(traceback.format_exc())
            logging.getLogger("test").exception("failed")
    shown.append(caplog.text)
    assert all(TOKEN not in text and TOKEN[-8:] not in text for text in shown)
    assert not hasattr(secret, "__dict__")
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.copy(secret)


def test_secrets_are_compared_by_value() -> None:
    assert Secret("a") == Secret("a") != Secret("b")
    assert len({Secret("a"), Secret("a")}) == 1
    assert Secret("a") != "a"


@pytest.mark.skipif(os.name != "posix", reason="files have no mode here")
def test_a_file_is_for_all_if_its_mode_and_its_folders_let_all_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN, encoding="utf-8")
    environ = {"DISCORD_TOKEN_FILE": str(file)}
    for mode, exposed in ((0o600, None), (0o640, None), (0o644, file), (0o604, file)):
        file.chmod(mode)
        with monkeypatch.context() as patch:
            # The folders of tests are closed to others.
            patch.setattr(Path, "parents", property(lambda _: (Path("/"),)))
            assert world_readable_token_file(environ) == exposed
            assert world_readable_token_file({"DISCORD_TOKEN": TOKEN, **environ}) is None, (
                "the file is not used"
            )
    tmp_path.chmod(0o700)
    assert world_readable_token_file(environ) is None, "nobody else gets there"
    assert world_readable_token_file({"DISCORD_TOKEN_FILE": "/no/such"}) is None
    assert world_readable_token_file({}) is None
