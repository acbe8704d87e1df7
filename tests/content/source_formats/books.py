"""Small EPUBs, built for the tests."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def page(body: str, attributes: str = "") -> str:
    """Return an XHTML page."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body {attributes}>{body}</body></html>'
    )


def package(
    spine: list[str], extra: str = "", *, guide: str = "", not_linear: frozenset[str] = frozenset()
) -> str:
    """Return a package document for pages in their order, with further items of the manifest."""
    items = "".join(
        f'<item id="i{number}" href="{path}" media-type="application/xhtml+xml"/>'
        for number, path in enumerate(spine)
    )
    order = "".join(
        f'<itemref idref="i{number}"{" linear=" + chr(34) + "no" + chr(34) if path in not_linear else ""}/>'
        for number, path in enumerate(spine)
    )
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0"><metadata><dc:title>Two Rivers</dc:title>'
        '<dc:creator opf:role="aut">Ann Author</dc:creator><dc:creator opf:role="ill">Ian Ink</dc:creator>'
        '<dc:language>en</dc:language><meta name="cover" content="cov"/></metadata>'
        f"<manifest>{items}{extra}</manifest><spine toc='ncx'>{order}</spine>{guide}</package>"
    )


def write_book(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write an EPUB with these files, those of the book in `OEBPS`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, content in {"META-INF/container.xml": CONTAINER, **files}.items():
            archive.writestr(name if name.startswith("META-INF/") else f"OEBPS/{name}", content)
    return path
