"""Making story folders for tests."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from bot.content.content_folder import ContentFolder

STORY = "title: The Lamp\nrelease:\n  schedule: tue, fri at 18:00\n  timezone: Europe/London\n"


def put(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below `root`, making their folders."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def story(root: Path, files: Mapping[str, str | bytes], *, yaml: str = STORY, slug: str = "lamp") -> Path:
    """A story with those files below its folder, `story.yaml` included; returns the content folder."""
    return put(root, {f"{slug}/{name}": content for name, content in {"story.yaml": yaml, **files}.items()})


def read(root: Path) -> ContentFolder:
    """The content folder, read."""
    library = ContentFolder(root)
    library.load_now()
    return library


def told(root: Path) -> list[tuple[str, int, str, str]]:
    """Every fault: its file below the content folder, line, problem and mend."""
    return [
        (str(Path(fault.file).relative_to(root)), fault.line, fault.problem, fault.mend)
        for fault in read(root).list_faults()
    ]


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    """A sound little picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 120, 40)).save(out, kind)
    return out.getvalue()


@contextmanager
def somebody_else() -> Iterator[None]:
    """Within, files are opened by a user who is not root, for whom permissions count."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def open_to_all() -> Iterator[Path]:
    """A folder that everybody may look into, unlike pytest's."""
    place = Path(tempfile.mkdtemp(prefix="fascicle-"))
    place.chmod(0o755)
    try:
        yield place
    finally:
        for folder in place.rglob("*"):
            if folder.is_dir() and not folder.is_symlink():
                folder.chmod(0o755)
        shutil.rmtree(place)
