"""The three ways to a first demo, as commands: a clone, the package in an empty folder, and the container's image.

The last is no container: it is the files that the image's stage copies, laid out as there, with the image's variables
and command. So it tells whether the image holds what the demo needs, and not whether Docker builds it. The libraries
are those of the tests in all three, so that nothing is fetched.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree, ignore_patterns

from .walk import CLONE, ROOT

DEMO_STAGE = "demo"
"""The stage of the Dockerfile that has the demo in it."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the demo is started: a command without its options, in a folder, with variables."""

    command: tuple[str | Path, ...]
    folder: Path
    variables: dict[str, str]


def plain_variables() -> dict[str, str]:
    """This machine's environment, without anything that leads Python to the clone."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FASCICLE_"))}


def from_clone() -> Way:
    """What `make demo` runs, once it has set up the environment."""
    return Way((*CLONE, "demo"), ROOT, dict(os.environ))


def from_package(folder: Path) -> Way:
    """What `uvx` and `pipx` run: the wheel, installed in an environment of its own; the working directory is empty."""
    built = folder / "dist"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", built], cwd=ROOT, check=True
    )
    (wheel,) = built.glob("*.whl")
    home = folder / "environment"
    venv.create(home)
    paths = sysconfig.get_paths(vars={"base": str(home), "platbase": str(home)})
    install = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", home, "install"]
    subprocess.run([*install, "--quiet", "--no-deps", "--no-index", wheel], check=True)
    Path(paths["purelib"], "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    empty = folder / "empty"
    empty.mkdir()
    return Way((Path(paths["scripts"], "fascicle"), "demo"), empty, plain_variables())


def from_image(folder: Path) -> Way:
    """What `docker compose up demo` runs: the files that the image's stage for the demo copies, where it has them."""
    stage = read_stage((ROOT / "Dockerfile").read_text(encoding="utf-8"), DEMO_STAGE)
    for source, target in stage.copies:
        copytree(ROOT / source, folder / target.lstrip("/"), ignore=ignore_patterns("__pycache__"))
    (folder / "content").mkdir()
    variables = {
        name: value
        for name, value in stage.variables.items()
        if name.startswith("FASCICLE_") or name == "PYTHONUNBUFFERED"
    }
    modules = [str(folder / path.lstrip("/")) for path in stage.variables["PYTHONPATH"].split(":")]
    variables["PYTHONPATH"] = os.pathsep.join(modules)
    return Way((sys.executable, *stage.words), folder, plain_variables() | variables)


@dataclass(slots=True)
class Stage:
    """What a stage of a Dockerfile comes to, with the stages below it."""

    copies: list[tuple[str, str]] = field(default_factory=list)
    """Folders of the clone, and where the image has them."""
    variables: dict[str, str] = field(default_factory=dict)
    entrypoint: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The words after `python` with which a container starts."""
        return [*self.entrypoint[self.entrypoint.index("python") + 1 :], *self.arguments]


def read_stage(dockerfile: str, name: str) -> Stage:
    """Read the stage with that name: its COPY, ENV, ENTRYPOINT and CMD, and those of the stages that it begins with."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", dockerfile, flags=re.MULTILINE))
    blocks = {
        words.split()[-1]: (words.split()[0], body)
        for words, body in re.findall(r"^FROM (.+)\n((?:(?!FROM ).*\n?)*)", text, re.MULTILINE)
    }
    base, body = blocks[name]
    stage = read_stage(dockerfile, base) if base in blocks else Stage()
    for line in body.splitlines():
        instruction, _, rest = line.partition(" ")
        if instruction == "COPY" and "--from" not in rest:
            source, target = rest.split()
            stage.copies.append((source, target))
        elif instruction == "ENV":
            stage.variables |= dict(pair.split("=", 1) for pair in rest.split())
        elif instruction == "ENTRYPOINT":
            stage.entrypoint = json.loads(rest)
        elif instruction == "CMD":
            stage.arguments = json.loads(rest)
    return stage
