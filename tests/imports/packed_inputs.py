"""Packing of inputs that are containers: they are kept unpacked, so that what is in them can be read and compared."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

_CONTAINERS = (".docx", ".odt", ".epub", ".zip")


def pack_input(source: Path, target: Path) -> Path:
    """Return an input as an author has it: each folder called like a container is packed below `target`."""
    if source.is_file():
        return source
    packed = target / source.name
    if source.suffix in _CONTAINERS:
        _pack(source, packed)
        return packed
    packed.mkdir()
    for each in sorted(source.iterdir()):
        if each.is_file():
            shutil.copy2(each, packed)
        else:
            pack_input(each, packed)
    return packed


def _pack(folder: Path, archive: Path) -> None:
    """Write a folder as a ZIP, its type first and not compressed, as EPUB and ODT want it."""
    files = sorted(
        (each for each in folder.rglob("*") if each.is_file()), key=lambda file: file.name != "mimetype"
    )
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in files:
            method = zipfile.ZIP_STORED if file.name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.write(file, file.relative_to(folder).as_posix(), method)
