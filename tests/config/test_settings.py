"""`config.yaml` and the environment: defaults, overrides, and every fault at once."""

from __future__ import annotations

import string
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.config import ConfigErrors, Settings, load_settings, unknown_variables
from bot.domain.diagnostics import Diagnostic

EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"


def written(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "config.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def faults(path: Path | None, environ: dict[str, str] | None = None) -> list[tuple[str, int, str, str]]:
    with pytest.raises(ConfigErrors) as caught:
        load_settings(path, environ or {})
    return [(Path(f.file).name, f.line, f.problem, f.mend) for f in caught.value.faults]


def test_the_example_is_the_defaults_and_explains_every_key() -> None:
    assert load_settings(EXAMPLE, {}) == Settings()
    text = EXAMPLE.read_text(encoding="utf-8")
    for section, field in Settings.model_fields.items():
        assert f"\n{section}:" in text
        lines = text.split(f"\n{section}:")[1].splitlines()
        for key in getattr(field.annotation, "model_fields", ()):
            number = next(i for i, line in enumerate(lines) if line.startswith(f"  {key}:"))
            assert lines[number - 1].startswith("  # "), key


def test_nothing_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(None, {})
    assert settings == Settings()
    assert settings.delivery.catch_up_gap == timedelta(minutes=10)
    written(tmp_path, "reading: {page_length: 500}")
    assert load_settings(None, {}).reading.page_length == 500


def test_an_empty_file_and_empty_keys_mean_the_defaults(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, ""), {}) == Settings()
    assert load_settings(written(tmp_path, "reading:\nhttp:\n  port:\noperators:\n"), {}) == Settings()


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().reading.page_length = 300  # type: ignore[misc]


def test_the_environment_wins(tmp_path: Path) -> None:
    file = written(
        tmp_path, "reading: {page_length: 500, buttons: false}\ndiscord: {gateway_url: 'ws://x:1'}\n"
    )
    settings = load_settings(
        file,
        {
            "FASCICLE_READING__PAGE_LENGTH": "600",
            "FASCICLE_DISCORD__GUILDS": "[1, '100000000000000001']",
            "FASCICLE_DISCORD__GATEWAY_URL": "null",
            "FASCICLE_OPERATORS": "[7]",
            "FASCICLE_DELIVERY__CATCH_UP_GAP": "1 hour 30 minutes",
            "FASCICLE_HTTP__PORT": " 0 ",
            "FASCICLE_CONTENT__RELOAD": "no",
            "UNRELATED": "x",
        },
    )
    assert (settings.reading.page_length, settings.reading.buttons) == (600, False)
    assert settings.discord.guilds == (1, 100000000000000001)
    assert settings.discord.gateway_url is None
    assert settings.operators == (7,)
    assert settings.delivery.catch_up_gap == timedelta(minutes=90)
    assert settings.http.port == 0
    assert not settings.content.reload


@pytest.mark.parametrize(
    ("text", "line", "problem", "mend"),
    [
        ("reding:\n", 1, "“reding” is an unknown key", "“reading”"),
        ("log:\nreading:\n  pagelength: 5\n", 3, "“reading.pagelength” is an unknown key", "“page_length”"),
        ("reading:\n  page_length: 199\n", 2, "cannot be “199”", "200 or more"),
        ("reading:\n  page_length: 3501\n", 2, "cannot be “3501”", "3500 or less"),
        ("delivery:\n  rate: 51\n", 2, "cannot be “51”", "50 or less"),
        ("delivery:\n  rate: 0\n", 2, "cannot be “0”", "1 or more"),
        ("delivery:\n  rate: fast\n", 2, "must be a whole number, not “fast”", "digits"),
        ("delivery:\n  catch_up_gap: 10\n", 2, "not a length of time", "10 minutes"),
        ("suggestions:\n\n  cooldown: 5 minuts\n", 3, "not a length of time", "“minutes”"),
        ("http:\n  port: 65536\n", 2, "cannot be “65536”", "65535 or less"),
        ("http:\n  port: -1\n", 2, "cannot be “-1”", "0 or more"),
        ("log:\n  level: trace\n", 2, "cannot be “trace”", "debug, info"),
        ("log: loud\n", 1, "must be a group of keys", "level, format"),
        ("content:\n  reload: maybe\n", 2, "must be true or false", "true or false"),
        ("operators: 5\n", 1, "must be a list", "[one, two]"),
        ("operators:\n  - 5\n  - me\n", 3, "not a Discord id", "Copy ID"),
        ("operators: [1e9]\n", 1, "not a Discord id", "Copy ID"),
        ("database:\n  url: mysql://x/y\n", 2, "not a database that can be used", "sqlite+aiosqlite:///"),
        ("database:\n  url: sqlite+aiosqlite://data.db\n", 2, "lacks a slash", "three slashes"),
        ("discord:\n  api_url: discord.com\n", 2, "not an address", "https://"),
        ("discord:\n  gateway_url: https://x\n", 2, "not an address", "wss://"),
        ("http:\n  port: 1\nhttp:\n  port: 2\n", 3, "“http” stands here twice", "Keep one"),
        ("http: {port: 1\n", 2, "not valid YAML", "bracket"),
        ("- a\n", 1, "“section:” with keys", "config.example.yaml"),
        (b"log:\n  level: \xff\n", 2, "not UTF-8", "UTF-8"),
    ],
)
def test_a_fault_has_its_line_and_mend(
    tmp_path: Path, text: str | bytes, line: int, problem: str, mend: str
) -> None:
    [(file, at, said, how)] = faults(written(tmp_path, text))
    assert (file, at) == ("config.yaml", line)
    assert problem in said
    assert mend in how


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    file = written(
        tmp_path, "reding: 1\nlog:\n  level: x\n  level: y\nhttp: {port: x, hots: y}\noperators: [a, b]\n"
    )
    environ = {"FASCICLE_READING__PAGE_LENGTH": "9", "FASCICLE_DELIVERY__RATE": "y"}
    assert sorted((name, line) for name, line, *_ in faults(file, environ)) == [
        ("FASCICLE_DELIVERY__RATE", 0),
        ("FASCICLE_READING__PAGE_LENGTH", 0),
        ("config.yaml", 1),
        ("config.yaml", 4),
        ("config.yaml", 4),
        ("config.yaml", 5),
        ("config.yaml", 5),
        ("config.yaml", 6),
        ("config.yaml", 6),
    ]


def test_a_list_that_is_not_closed_in_the_environment() -> None:
    [(file, _, _, mend)] = faults(EXAMPLE, {"FASCICLE_OPERATORS": "[1, 2"})
    assert (file, mend) == ("FASCICLE_OPERATORS", "Write a list as [1, 2].")


INJECTED = {
    "FASCICLE_PORT": "tcp://10.0.0.1:80",
    "FASCICLE_SERVICE_HOST": "10.0.0.1",
    "FASCICLE_SERVICE_PORT": "80",
    "FASCICLE_SERVICE_PORT_HTTP": "80",
    "FASCICLE_PORT_8080_TCP": "tcp://10.0.0.1:8080",
    "FASCICLE_PORT_8080_TCP_ADDR": "10.0.0.1",
    "FASCICLE_PORT_8080_TCP_PROTO": "tcp",
    "FASCICLE_DB_SERVICE_HOST": "10.0.0.2",
    "FASCICLE_HTTP_PORT": "tcp://10.0.0.3:80",
    "FASCICLE_HTTP": "1",
    "FASCICLE_DATABASE_URL": "tcp://10.0.0.3:5432",
    "FASCICLE_IMAGE_TAG": "7",
}


def test_what_a_cluster_puts_into_the_environment_is_passed_over() -> None:
    assert load_settings(EXAMPLE, INJECTED) == load_settings(EXAMPLE, {})
    assert unknown_variables(INJECTED) == ()


@given(st.dictionaries(st.text(string.ascii_uppercase + "_8", max_size=24), st.text(max_size=20), max_size=5))
def test_no_variable_that_names_no_setting_keeps_the_bot_from_starting(named: dict[str, str]) -> None:
    environ = {f"FASCICLE_{name}": value for name, value in named.items() if name != "OPERATORS"}
    assert load_settings(EXAMPLE, environ) == load_settings(EXAMPLE, {})
    assert all(stray.file in environ for stray in unknown_variables(environ))


@pytest.mark.parametrize(
    ("variable", "mend"),
    [
        ("FASCICLE_READNG__PAGE_LENGTH", "Did you mean FASCICLE_READING__PAGE_LENGTH?"),
        ("FASCICLE_READING__BUTONS", "Did you mean FASCICLE_READING__BUTTONS?"),
        ("FASCICLE_DATABASE_URL", "Did you mean FASCICLE_DATABASE__URL?"),
        ("FASCICLE_HTTP_PORT", "Did you mean FASCICLE_HTTP__PORT?"),
        ("FASCICLE_X__Y", "Names look like FASCICLE_READING__PAGE_LENGTH."),
        ("FASCICLE_DISCORD__TOKEN", "The token never stands in a file"),
        ("FASCICLE_TOKEN", "The token never stands in a file"),
    ],
)
def test_a_slip_in_a_variable_s_name_is_a_warning_that_names_the_nearest(variable: str, mend: str) -> None:
    environ = {variable: "hunter2"}
    load_settings(EXAMPLE, environ)
    [stray] = unknown_variables(environ)
    assert (stray.file, stray.problem) == (variable, "this variable names no setting and is not read")
    assert stray.mend.startswith(mend)
    assert "hunter2" not in str(stray)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    [(file, line, problem, mend)] = faults(tmp_path / "other.yaml")
    assert (file, line, problem) == ("other.yaml", 0, "there is no such file")
    assert "config.example.yaml" in mend


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_postgresql_gets_its_driver_and_keeps_its_password_to_itself(scheme: str) -> None:
    settings = load_settings(EXAMPLE, {"FASCICLE_DATABASE__URL": f"{scheme}://me:hunter2@host/db"})
    assert settings.database.url == "postgresql+asyncpg://me:hunter2@host/db"
    assert "hunter2" not in repr(settings)


def test_a_password_in_a_faulty_address_is_not_told() -> None:
    assert "hunter2" not in str(faults(EXAMPLE, {"FASCICLE_DATABASE__URL": "mysql://me:hunter2@host/db"}))


def test_a_token_in_the_file_is_refused_and_not_told(tmp_path: Path) -> None:
    [(_, line, problem, mend)] = faults(written(tmp_path, "discord:\n  token: MTk4.Nz.secret\n"))
    assert line == 2
    assert "secret" not in problem + mend
    assert "DISCORD_TOKEN" in mend


@given(st.integers(-(10**7), 10**7))
def test_numbers_are_taken_exactly_within_their_bounds(number: int) -> None:
    for variable, low, high in (
        ("READING__PAGE_LENGTH", 200, 3500),
        ("DELIVERY__RATE", 1, 50),
        ("HTTP__PORT", 0, 65535),
    ):
        try:
            load_settings(EXAMPLE, {f"FASCICLE_{variable}": str(number)})
        except ConfigErrors:
            assert not low <= number <= high
        else:
            assert low <= number <= high


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_settings_or_faults(text: str) -> None:
    for variable in ("FASCICLE_DISCORD__API_URL", "FASCICLE_DELIVERY__CATCH_UP_GAP", "FASCICLE_OPERATORS"):
        found: tuple[Diagnostic, ...] = ()
        try:
            load_settings(EXAMPLE, {variable: text})
        except ConfigErrors as error:
            found = error.faults
        assert all(fault.file == variable and fault.mend for fault in found)
