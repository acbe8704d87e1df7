"""Formats that authors have their text in: plain text, Markdown, HTML, DOCX, ODT, EPUB, and archives of them."""
