"""Importing a novel of 200,000 words from each format, and a book of 100 MB with the memory that it takes."""

from __future__ import annotations

import contextlib
import io
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import psutil
from PIL import Image

from benchmarks._prose import make_paragraphs, make_vocabulary
from bot.clock import stopwatch

WORDS = 20_000 if os.environ.get("BENCH_SMALL") else 200_000
PICTURES_MIB = 10 if os.environ.get("BENCH_SMALL") else 100

_CHAPTERS = 40
_POLL = 0.01
_MIB = 2**20

_Book = list[tuple[str, list[str]]]
Row = dict[str, str | float]


def run() -> list[Row]:
    """Return the table's rows. Each import is a process of its own, as its author starts it."""
    book = _make_book()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, write in _FORMATS.items():
            source = folder / f"novel.{kind}"
            source.write_bytes(write(book))
            seconds, memory, chapters = _import(source, folder / "content", f"novel-{kind}")
            note = f"wanted: 10; {chapters} chapters, at most {memory / _MIB:.0f} MiB of memory"
            rows.append(_row(f"{WORDS:,} words from .{kind}", seconds, "s", note))
        source = folder / "illustrated.epub"
        source.write_bytes(_epub(book, pictures=PICTURES_MIB))
        size = source.stat().st_size / _MIB
        seconds, memory, _ = _import(source, folder / "content", "illustrated")
        rows.append(_row("an illustrated EPUB", seconds, "s", f"{size:.0f} MiB"))
        rows.append(_row("an illustrated EPUB: memory", memory / _MIB, "MiB", "wanted: 300"))
    return rows


def _import(source: Path, content: Path, slug: str) -> tuple[float, int, int]:
    """Import a source; return seconds, the largest resident memory in bytes, and the number of chapters."""
    command = [sys.executable, "-m", "bot", "import", str(source), "--story", slug, "--content", str(content)]
    started, most = stopwatch(), 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            with contextlib.suppress(psutil.NoSuchProcess):
                most = max(most, watched.memory_info().rss)
            time.sleep(_POLL)
        if process.returncode:
            raise RuntimeError((process.stderr.read() if process.stderr else b"").decode(errors="replace"))
    return stopwatch() - started, most, len(list((content / slug / "chapters").rglob("*.md")))


def _make_book() -> _Book:
    rng = random.Random(7)
    vocabulary = make_vocabulary(rng)
    return [
        (f"Chapter {number}", list(make_paragraphs(rng, vocabulary, WORDS // _CHAPTERS, scene_breaks=())))
        for number in range(1, _CHAPTERS + 1)
    ]


def _text(book: _Book) -> bytes:
    """Return hard-wrapped text."""
    parts = []
    for title, paragraphs in book:
        parts.append(title.upper())
        parts += [_wrapped(paragraph) for paragraph in paragraphs]
    return ("\n\n".join(parts) + "\n").encode()


def _wrapped(paragraph: str, width: int = 72) -> str:
    lines, line = [], ""
    for word in paragraph.split():
        if len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def _markdown(book: _Book) -> bytes:
    parts = [part for title, paragraphs in book for part in (f"# {title}", *paragraphs)]
    return ("\n\n".join(parts) + "\n").encode()


def _html(book: _Book) -> bytes:
    body = "\n".join(
        f"<h2>{title}</h2>\n" + "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
        for title, paragraphs in book
    )
    head = "<meta charset='utf-8'><title>Novel</title>"
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def _docx(book: _Book) -> bytes:
    space = "http://schemas.openxmlformats.org"
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>'
        + "".join(f"<w:p><w:r><w:t>{escape(paragraph)}</w:t></w:r></w:p>" for paragraph in paragraphs)
        for title, paragraphs in book
    )
    document = (
        f'<w:document xmlns:w="{space}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    )
    types = (
        f'<Types xmlns="{space}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{space}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    files = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": document}
    return _zip(
        {name: f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode() for name, text in files.items()}
    )


def _epub(book: _Book, pictures: int = 0) -> bytes:
    """Return an EPUB, with so many MiB of pictures that cannot be compressed."""
    space = "http://www.idpf.org/2007/opf"
    files = {"mimetype": b"application/epub+zip"}
    files["META-INF/container.xml"] = (
        b'<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        b'<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    images = {f"p{number}.png": _png(number) for number in range(pictures)}
    shown = [f'<p><img src="{name}" alt="A picture"/></p>' for name in images]
    items, spine, links = [], [], []
    for number, (title, paragraphs) in enumerate(book):
        body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
        body += "".join(shown[number :: len(book)])
        page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head><body><h1>{title}</h1>'
        files[f"c{number}.xhtml"] = f"{page}{body}</body></html>".encode()
        items.append(f'<item id="c{number}" href="c{number}.xhtml" media-type="application/xhtml+xml"/>')
        spine.append(f'<itemref idref="c{number}"/>')
        links.append(f'<li><a href="c{number}.xhtml">{title}</a></li>')
    files["nav.xhtml"] = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Contents'
        f'</title></head><body><nav epub:type="toc"><ol>{"".join(links)}</ol></nav></body></html>'
    ).encode()
    items.append('<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>')
    items += [f'<item id="{name[:-4]}" href="{name}" media-type="image/png"/>' for name in images]
    files["book.opf"] = (
        f'<package xmlns="{space}" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:identifier id="id">novel</dc:identifier><dc:title>Novel</dc:title><dc:language>en</dc:language></metadata>'
        f"<manifest>{''.join(items)}</manifest><spine>{''.join(spine)}</spine></package>"
    ).encode()
    return _zip(files | images)


def _png(seed: int) -> bytes:
    """Return a picture of about a MiB."""
    file = io.BytesIO()
    Image.frombytes("RGB", (600, 600), random.Random(seed).randbytes(600 * 600 * 3)).save(file, "png")
    return file.getvalue()


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return made.getvalue()


_FORMATS: dict[str, Callable[[_Book], bytes]] = {
    "txt": _text,
    "md": _markdown,
    "html": _html,
    "docx": _docx,
    "epub": _epub,
}


def _row(name: str, value: float, unit: str, note: str = "") -> Row:
    return {"name": name, "value": value, "unit": unit, "note": note}
