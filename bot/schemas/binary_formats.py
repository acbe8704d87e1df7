"""Recognition of files that are no text, however they are named."""

from __future__ import annotations

_MARKDOWN = "Open it in its program, copy the text, and save that as plain UTF-8 text."
_PICTURE = "Put pictures into the folder images, and write ![](images/name.png) where one belongs."
_UNPACK = "Unpack it, and put the texts there as .md files."

_ZIPPED = (
    (b"mimetypeapplication/epub+zip", "an EPUB book", _MARKDOWN),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file (LibreOffice)", _MARKDOWN),
    (b"word/", "a Word document (.docx)", _MARKDOWN),
    (b"[Content_Types].xml", "an Office document, such as .docx", _MARKDOWN),
    (b"Index/Document.iwa", "a Pages document", _MARKDOWN),
    (b"Index/", "a Pages document", _MARKDOWN),
)
_STARTS = (
    (b"{\\rtf", "an RTF document", _MARKDOWN),
    (b"%PDF-", "a PDF document", _MARKDOWN),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document (.doc)", _MARKDOWN),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (b"GIF87a", "a GIF picture", _PICTURE),
    (b"GIF89a", "a GIF picture", _PICTURE),
    (b"BM\x00", "a BMP picture", _PICTURE),
    (b"II*\x00", "a TIFF picture", _PICTURE),
    (b"MM\x00*", "a TIFF picture", _PICTURE),
    (b"8BPS", "a Photoshop picture", _PICTURE),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"BOOKMOBI", "a Kindle book", _MARKDOWN),
    (b"SQLite format 3\x00", "a database", _MARKDOWN),
    (b"ID3", "a sound recording", _MARKDOWN),
    (b"OggS", "a sound recording", _MARKDOWN),
    (b"\x7fELF", "a program", _MARKDOWN),
    (b"bplist00", "a property list", _MARKDOWN),
)
_FIRST = frozenset(start[:2] for start, *_ in _STARTS) | {b"PK", b"RI"}
_SEARCHED = 64 * 1024


def recognize_binary(raw: bytes) -> tuple[str, str] | None:
    """Return what kind of file this is, such as `a PDF document`, with what to do; None if it may be text."""
    if raw[60:68] == b"BOOKMOBI":
        return "a Kindle book", _MARKDOWN
    if raw[4:12] in (b"ftypheic", b"ftypavif", b"ftypmif1"):
        return "a HEIF picture", _PICTURE
    if raw[:2] not in _FIRST:
        return None
    if raw[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        head = raw[:_SEARCHED]
        return next(
            ((kind, mend) for sign, kind, mend in _ZIPPED if sign in head), ("a ZIP archive", _UNPACK)
        )
    if raw[:4] == b"RIFF":
        return ("a WebP picture", _PICTURE) if raw[8:12] == b"WEBP" else ("a sound recording", _MARKDOWN)
    for start, kind, mend in _STARTS:
        if raw.startswith(start) and (len(start) > 3 or b"\0" in raw[:_SEARCHED] or not start.isascii()):
            return kind, mend
    return None
