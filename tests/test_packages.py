"""The wheel and the source archive hold what the ways in need, and nothing that lies about in a clone."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SAMPLES = ("the-lamplighters", "tide-tables")
STRAY = "content/a-story-of-my-own"

pytestmark = pytest.mark.skipif(
    find_spec("hatchling") is None, reason="hatchling, which builds the packages, is not installed"
)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The work tree under another path, with a story and a token of somebody's own in it."""
    clone = tmp_path_factory.mktemp("clone") / "fascicle"
    clone.mkdir()
    for entry in ROOT.iterdir():
        if entry.name not in ("content", ".git", ".venv", "build", "data") and not entry.name.endswith(
            "_cache"
        ):
            (clone / entry.name).symlink_to(entry)
    (clone / "content").mkdir()
    for slug in SAMPLES:
        (clone / "content" / slug).symlink_to(ROOT / "content" / slug)
    (clone / STRAY).mkdir()
    (clone / STRAY / "story.yaml").write_text("title: Mine\n", encoding="utf-8")
    (clone / "discord_token").write_text("secret", encoding="utf-8")
    return clone


@pytest.fixture(scope="module")
def built(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both packages."""
    target = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(target)],
        cwd=clone, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(scope="module")
def wheel(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def source(built: Path) -> set[str]:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def files_in(*folders: str) -> set[str]:
    """The files below folders of the clone, but for what Python makes."""
    return {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def test_the_wheel_has_the_bot_the_sandbox_and_the_samples(wheel: set[str]) -> None:
    sandbox = {name.removeprefix("sandbox/") for name in files_in("sandbox/discord_sandbox")}
    samples = {f"bot/sample_{name}" for name in files_in(*(f"content/{slug}" for slug in SAMPLES))}
    wanted = files_in("bot") | sandbox | samples
    assert not wanted - wheel
    assert not {name for name in wheel - wanted if ".dist-info/" not in name}


def test_the_source_archive_has_all_that_a_clone_has(source: set[str]) -> None:
    samples = [f"content/{slug}" for slug in SAMPLES]
    folders = ("bot", "sandbox", "tests", "docs", "benchmarks", "tools", "requirements", "deploy", *samples)
    assert not {name for name in files_in(*folders) if "/.pytest_cache/" not in name} - source
    top = (
        "Makefile",
        "pyproject.toml",
        "config.example.yaml",
        "compose.yaml",
        "Dockerfile",
        "README.md",
        "LICENSE",
    )
    assert not {*top, ".ci/run", ".dockerignore"} - source


def test_nothing_of_somebodys_own_is_in_either(wheel: set[str], source: set[str]) -> None:
    found = [name for name in wheel | source if "of-my-own" in name or "discord_token" in name]
    assert found == []


def test_the_images_copy_what_the_build_context_lets_through() -> None:
    let_through = [
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line[:1] == "!"
    ]
    copied = [
        line.split()[1]
        for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
        if line.startswith("COPY ") and "--from" not in line
    ]
    assert {path.removesuffix("/run.txt") for path in copied} == set(let_through)
    assert all((ROOT / path).exists() for path in copied)


def test_compose_runs_both_images_and_shows_the_demo_to_this_machine_alone() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    stages = [
        line.split()[-1]
        for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
        if line.startswith("FROM ")
    ]
    assert {each["build"]["target"] for each in services.values()} <= set(stages)
    assert stages[-1] == services["bot"]["build"]["target"], "without a target, the bot is built"
    assert services["demo"]["ports"] == ["127.0.0.1:8710:8710"]
    assert services["demo"]["profiles"], "it runs only when it is named"
    assert "ports" not in services["bot"]
    assert "./content:/content:ro" in services["bot"]["volumes"]
