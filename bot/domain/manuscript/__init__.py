"""An author's text, in whatever dialect it was written, made into the Markdown that `bot.domain.pages` reads.

`reading` takes the steps in their order: `code_fences` tells code from scenes, `private_notes` leaves out what is not
meant for readers, `html`, `tables`, `dialects` and `footnotes` turn marks into Discord's, and `line_breaks` decides
what line ends and scene breaks mean. A `draft` carries the text through them, and knows where each part was written.
"""
