r"""LaTeX commands in a chapter, such as `\emph{word}`. A backslash before anything else is text."""

from __future__ import annotations

import re

from bot.domain.manuscript.code_spans import CodeLookup, CodeSpan
from bot.domain.manuscript.dialects.latex_characters import read_latex_characters
from bot.domain.manuscript.name_sets import split_names
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.manuscript.text_removal import RemarkTally, cut_out
from bot.domain.pages.source_map import find_fenced_code

_AROUND = {
    **dict.fromkeys(("textit", "emph", "textsl", "itshape"), ("*", "*")),
    "textbf": ("**", "**"),
    **dict.fromkeys(("underline", "uline"), ("__", "__")),
    **dict.fromkeys(("sout", "st"), ("~~", "~~")),
    "texttt": ("`", "`"),
    "enquote": ("“", "”"),
    "footnote": ("^[", "]"),
    "textsuperscript": ("<sup>", "</sup>"),
    "textsubscript": ("<sub>", "</sub>"),
    **dict.fromkeys(
        (
            "textsc",
            "textrm",
            "textsf",
            "textup",
            "textmd",
            "textnormal",
            "mbox",
            "centerline",
            "url",
            "textcolor",
        ),
        ("", ""),
    ),
    "includegraphics": ("![](", ")"),
    **dict.fromkeys(("chapter", "part"), ("# ", "")),
    "section": ("## ", ""),
    **dict.fromkeys(("subsection", "subsubsection", "paragraph"), ("### ", "")),
}
_GONE_WITH_TEXT = split_names(
    "vspace hspace label index pagestyle thispagestyle setlength addtolength setcounter usepackage "
    "documentclass addcontentsline markboth linespread selectlanguage vskip"
)
_NOTES = frozenset(("todo", "fxnote", "marginnote", "comment"))
_BARE = {
    **dict.fromkeys(("ldots", "dots", "textellipsis"), "…"),
    "textemdash": "—",
    "textendash": "–",
    "quad": " ",
    "qquad": " ",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "textbackslash": "\\\\",
    "textasciitilde": "\\~",
    "newline": "\\\n",
    "pagebreak": "\n\n***\n\n",
}
_BARE_GONE = split_names(
    "noindent indent centering par bigskip medskip smallskip vfill hfill raggedright raggedleft itshape "
    "bfseries scshape upshape normalfont small normalsize tiny footnotesize large Large LARGE huge Huge "
    "maketitle tableofcontents frontmatter mainmatter backmatter null protect relax allowbreak nobreak "
    "hrulefill singlespacing doublespacing"
)
_ENVIRONMENTS = split_names(
    "center flushright flushleft quote quotation verse document letter itemize enumerate description "
    "figure minipage spacing titlepage abstract"
)
_BREAKS = {"newpage", "clearpage", "pagebreak"}
_SPACES = {"bigskip", "medskip", "smallskip", "vspace", "hrulefill", "hfill"}
"""Blank space that is a scene break if it is alone on a line."""
_NAMES = "|".join(sorted(_AROUND.keys() | _GONE_WITH_TEXT | _NOTES, key=len, reverse=True))
_COMMAND = re.compile(
    rf"(?<!\\)\\(?P<name>{_NAMES})\*?(?:\[[^\[\]\n]{{0,80}}\])?\{{(?P<text>[^{{}}]{{0,5000}})\}}(?P<more>\{{[^{{}}\n]{{0,500}}\}})?"
)
_GROUP = re.compile(r"\{\\(?P<how>it|itshape|em|bf|bfseries|sl|sc|scshape)\b[ ]?(?P<text>[^{}]{1,2000})\}")
_EVIDENT = re.compile(r"(?<!\\)\\(?:emph|text[a-z]{2}|chapter|section|footnote|begin)\*?\{")
"""A command that only a text in LaTeX has."""

_COMMENT = re.compile(r"(?m)^[ \t]*+%[^\n]*+$")
"""A comment, in a text that has commands."""

_HREF = re.compile(r"(?<!\\)\\href\{(?P<url>[^{}\s]{1,1000})\}\{(?P<text>[^{}\n]{1,500})\}")
_ENVIRONMENT = re.compile(
    rf"(?<!\\)\\(?:begin|end)\{{(?:{'|'.join(_ENVIRONMENTS)})\*?\}}(?:\[[^\[\]\n]{{0,80}}\])?"
)
_WORDS = "|".join(sorted(_BARE.keys() | _BARE_GONE | _BREAKS | {"item"}, key=len, reverse=True))
_WORD = re.compile(rf"(?<!\\)\\(?P<name>{_WORDS})(?![A-Za-z])(?P<after>\{{\}}|[ ](?=[^\n]))?")
_LINE_END = re.compile(r"[ \t]{0,8}(?<!\\)\\\\\*?(?:\[[^\[\]\n]{0,20}\])?[ \t]*+$", re.MULTILINE)
_RULE = re.compile(
    r"(?m)^[ \t]*+\\(?:hrule|rule(?:\[[^\[\]\n]*+\])?\{[^{}\n]*+\}\{[^{}\n]*+\}|hrulefill)[ \t]*+$"
)
_UNKNOWN = re.compile(
    r"(?<![\\\w:/])\\(?!begin\{comment\})(?P<name>[a-z]{3,20})\*?(?:\[[^\[\]\n]{0,80}\])?\{[^{}\n]{0,500}\}"
)
_QUOTED = re.compile(r"(?<!`)``(?=[\w¿¡…*\\—–‘])(?P<text>[^`\n]{1,2000}?)''(?!')")
_PASSES_MOST = 6


def read_latex_quotes(draft: TrackedText) -> None:
    """Write ``quoted'' as “quoted”. It precedes all steps that look for code between backticks."""
    if "``" not in draft.text or "''" not in draft.text:
        return
    code = CodeLookup([CodeSpan(*stretch) for stretch in find_fenced_code(draft.text)])
    draft.rewrite(
        [
            Edit(found.start(), found.end(), f"“{found['text']}”")
            for found in _QUOTED.finditer(draft.text)
            if code.around(found.start()) is None
        ]
    )


def read_latex(draft: TrackedText) -> None:
    """Turn the usual commands into Discord's marks or nothing, and warn of others."""
    text = draft.text
    if "\\" not in text:
        return
    if "{\\" in text:
        draft.replace(_GROUP, _group)
    draft.replace(_RULE, lambda _: "***")
    if "{" in text:
        if _ENVIRONMENT.search(text):
            draft.replace(_LINE_END, lambda _: "\\")
        if _EVIDENT.search(text):
            draft.replace(_COMMENT, lambda found: _comment(draft, found))
            read_latex_characters(draft)
        draft.replace(_ENVIRONMENT, lambda found: cut_out(draft.text, found.start(), found.end()))
        draft.replace(_HREF, lambda found: f"[{found['text']}]({found['url']})")
        for _ in range(_PASSES_MOST):
            before = draft.text
            draft.replace(_COMMAND, lambda found: _command(draft, found))
            if draft.text == before:
                break
    draft.replace(_WORD, lambda found: _word(draft, found))
    if "{" in draft.text:
        unknown = RemarkTally(draft)
        draft.replace(_UNKNOWN, lambda found: _unknown(draft, unknown, found))
        unknown.tell(
            "the LaTeX command {kind} is not known here", "Write in Markdown what readers are to see."
        )


def _unknown(draft: TrackedText, unknown: RemarkTally, found: re.Match[str]) -> None:
    if found["name"] not in _SPACES or not _alone(draft.text, found):
        unknown.add(f"\\{found['name']}", found.start())


def _comment(draft: TrackedText, found: re.Match[str]) -> Edit:
    draft.private += 1
    draft.read(found.start(), "a note that is not meant for readers, left out")
    return cut_out(draft.text, found.start(), found.end())


def _group(found: re.Match[str]) -> str:
    mark = {"i": "*", "e": "*", "b": "**"}.get(found["how"][0], "*" if found["how"] == "sl" else "")
    return _wrapped(mark, found["text"], mark)


def _wrapped(opening: str, text: str, closing: str) -> str:
    bare = text.strip()
    if not bare:
        return text
    lead = text[: len(text) - len(text.lstrip())]
    return f"{lead}{opening}{bare}{closing}{text[len(text.rstrip()) :]}"


def _command(draft: TrackedText, found: re.Match[str]) -> str | Edit | None:
    name, inside = found["name"], found["text"]
    if name in _NOTES:
        draft.private += 1
        draft.read(found.start(), "a note that is not meant for readers, left out")
    if name in _SPACES and _alone(draft.text, found):
        return None
    if name in _NOTES or name in _GONE_WITH_TEXT:
        return cut_out(draft.text, found.start(), found.end())
    more = found["more"] or ""
    if name == "textcolor":
        return more[1:-1]
    opening, closing = _AROUND[name]
    if opening.startswith("#"):
        if draft.text[max(0, found.start() - 80) : found.start()].rpartition("\n")[2].strip():
            return None
        return f"{opening}{inside.strip()}\n{more}"
    return _wrapped(opening, inside, closing) + more


def _word(draft: TrackedText, found: re.Match[str]) -> str | Edit | None:
    name = found["name"]
    if name == "item":
        return "- "
    if name in _BREAKS or (name in _SPACES and _alone(draft.text, found)):
        return None
    if name in _BARE:
        return _BARE[name] + (" " if found["after"] == " " else "")
    if name not in _BARE_GONE:
        return None
    return cut_out(draft.text, found.start(), found.end() - (found["after"] == " "))


def _alone(text: str, found: re.Match[str]) -> bool:
    """Return whether nothing else is written on the line."""
    before = text[max(0, found.start() - 80) : found.start()].rpartition("\n")[2]
    return not before.strip() and not text[found.end() : found.end() + 80].partition("\n")[0].strip()
