"""Manuscripts: an author's text, in any dialect, converted into the Markdown that `bot.domain.pages` reads.

`conversion` takes the steps in order: `code_fences` distinguishes code from scenes, `editorial_comments` removes
what is not meant for readers, `html_conversion`, `tables`, `links` (with the modules it calls), `markdown_dialects`
and `footnotes` turn marks into Discord's, and `line_breaks` interprets line ends and scene breaks. A `TrackedText`
carries the text through them, with the place where each part was written.
"""
