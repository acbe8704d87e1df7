"""Recognition of documents that are text but no manuscript, such as a web page saved as `.md`."""

from __future__ import annotations

import re

from bot.content.chapters.front_matter_detection import skip_comments

_HEAD = 400
_COPY = "Open it in its program, copy the text into this file, and save that."
_KINDS = (
    (
        re.compile(r"<!doctype\s+html|<(?:html|head|body)(?=[\s>/])|<meta\s[^<>\n]*+>", re.IGNORECASE),
        "an HTML page",
    ),
    (re.compile(r"<\?xml[^\n]{0,200}\?>\s{0,40}<FictionBook|<FictionBook", re.IGNORECASE), "an FB2 book"),
    (re.compile(r"<\?xml[^\n]{0,200}\?>\s{0,40}(?:<!doctype\s+html|<html)", re.IGNORECASE), "an HTML page"),
    (
        re.compile(r"<\?xml\s|<!DOCTYPE\s|<(?:opml|rss|svg|TEI|ncx|package)[\s>]", re.IGNORECASE),
        "an XML document",
    ),
    (re.compile(r"\{\\rtf\d"), "an RTF document"),
    (re.compile(r"%!PS-"), "a PostScript document"),
    (re.compile(r"(?:\\documentclass|\\begin\{document\})"), "a LaTeX document"),
    (re.compile(r"From: <Saved by|MIME-Version: 1\.0", re.IGNORECASE), "a saved web page (.mhtml)"),
    (re.compile(r"begin 6[0-7]{2} \S"), "an encoded attachment"),
)
_BODY = re.compile(r"(?im)^[ \t]{0,8}</(?:body|html)>[ \t]*+$")
_OPENED = re.compile(r"(?im)^[ \t]{0,8}<(?:body|html)(?:\s[^<>\n]*+)?>")


def recognize_document(text: str) -> tuple[str, str] | None:
    """Return the kind of document that a text is, with what to do; None if it may be a manuscript.

    Markdown may hold HTML: only a whole page is none.
    """
    start = skip_comments(text)
    if text[start : start + 1] not in "<{%\\FMfmb":
        return None
    head = text[start : start + _HEAD]
    for pattern, kind in _KINDS:
        if pattern.match(head):
            return kind, _COPY if kind != "an HTML page" else _page_mend()
    if head.startswith("<") and "</" in text and _BODY.search(text) and _OPENED.search(text):
        return "an HTML page", _page_mend()
    return None


def _page_mend() -> str:
    return "Open it in a browser, copy the text into this file, and save that."
