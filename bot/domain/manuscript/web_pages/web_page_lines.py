"""Forms of lines on the web pages of stories: names, addresses, fields, links, and the signs around them."""

from __future__ import annotations

import re

MARKS = " \t\u3000\xa0*_~`#>[]()（）【】<>←→⇐⇒►▶◄◀•·|★☆⭐❤♥♡👍🔔💬👁📖🔖✔✓➤➜↑↓…\ufe0f"
"""Signs around a button's words: of Markdown, arrows and small pictures."""

SENTENCE_ENDS = ".!?,;”“\"’'…»。！？」』،؟।"

QUOTES = frozenset('“”„"«»‹›「『—–-―‚')
"""Signs that speech begins with."""

SPEECH = frozenset('“”„"«»「」『』—‘')
"""Signs of speech, wherever in a line."""

SEPARATORS = re.compile(r"\s*+[|｜·•/／]\s*+|\t++|\s{2,}+")

LINK = re.compile(r"!?\[([^\[\]\n]*+)\]\([^()\n]*+\)")

BYLINE = re.compile(
    r"(?i:by|von|por|par|oleh|ni|от|автор:?|作者|著者?|글쓴이|작가)[:：]? ?"
    r"@?[^\W\d_a-zа-я][\w.’'-]{0,30}(?: [\w.’'-]{1,30}){0,3}"
)

ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?[\w-]{2,40}\.(?:com|net|org|io|cc|me|app)(?:/\S{0,80})?", re.IGNORECASE
)

COPYRIGHT = re.compile(
    r"(?:©|\(c\) |copyright\b).{0,100}\d{4}|(?:©|copyright ©).{1,80}\Z|.{0,80}\ball rights reserved\b\.?\Z",
    re.IGNORECASE,
)

FIELD = re.compile(
    r"(?:rating|categor(?:y|ies)|relationships?|characters?|language"
    r"|published|completed|updated|status|genres?|series|stats"
    r"|collections?|tags|translator|editor|uploaded|fsk|wertung|género|genre"
    r"|статус|жанр|размер|метки|类型|类别|更新|字数|分类|状态|ジャンル|作者|장르)\s?[:：]"
)
"""The beginning of a line in a story's header, in lower case."""

FIELD_OF_AN_ARCHIVE = re.compile(
    r"(?:archive warnings?|additional tags|fandoms?|фандом|пэйринг и персонажи)\s?:"
    r"|rated\s?:\s?(?:[kmtgr]\+?|ma|nc-?17|pg(?:-?13)?|teen|mature|explicit|everyone|general audiences?)"
    r"(?=\s?(?:[-–—|,·(]|\Z))"
)
"""The beginning of a line that only archives of stories have, in lower case."""

COUNTERS_WITHOUT_WORDS = re.compile(r"(?=.*\d[kKmM]\b)(?:\d[\d.,]{0,6}[kKmM]?\b[ \t|·•]*){2,4}")
"""Several numbers in a row, of which one is shortened as only web pages do."""

NEIGHBOUR = re.compile(
    r"(?:(?:next|previous|prev|last) (?:chapter|part|episode)|(?:nächstes|vorheriges) kapitel"
    r"|capítulo (?:siguiente|anterior)"
    r"|chapitre (?:suivant|précédent)|próximo capítulo|(?:следующая|предыдущая) глава)\s?[:：–—-] ?.{1,60}"
)
"""A link to the chapter before or after that gives its title, in lower case."""
