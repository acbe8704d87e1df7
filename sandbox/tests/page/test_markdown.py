"""Discord's Markdown as the page reads it: the parser's tree, in the browser that runs it."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import OpenPage

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_SHORT = """
const { parse } = await import("/js/markdown/blocks.js");
const show = (node) => {
  if (node.t === "text") return node.text;
  const inner = [...(node.c ?? node.items ?? []), ...(node.kids ?? [])].map(show).join("");
  const own = node.text ?? node.id ?? node.url ?? (node.at === undefined ? "" : `${node.at}:${node.style}`);
  const list = node.ordered ? `ol${node.start}` : "ul";
  const name = node.t === "h" ? `h${node.level}` : node.t === "list" ? list : node.t ?? "li";
  return `<${name}${own === "" ? "" : " " + own}>${inner}</>`;
};
"""

CASES = {
    "plain": ("a\nb", "<p>a\nb</>"),
    "empty lines stay": ("a\n\nb", "<p>a\n\nb</>"),
    "bold": ("**a** b", "<p><strong>a</> b</>"),
    "italic with stars": ("*a* b", "<p><em>a</> b</>"),
    "italic with lines": ("_a_ b", "<p><em>a</> b</>"),
    "underline": ("__a__", "<p><underline>a</></>"),
    "strike": ("~~a~~", "<p><strike>a</></>"),
    "bold italic": ("***a***", "<p><strong><em>a</></></>"),
    "nested": ("**a *b* c**", "<p><strong>a <em>b</> c</></>"),
    "snake case": ("a_b_c and 2 * 3 * 4", "<p>a_b_c and 2 * 3 * 4</>"),
    "unclosed": ("**a *b", "<p>**a *b</>"),
    "overlapping": ("**a *b**", "<p><strong>a *b</></>"),
    "escaped": (r"\*a\* \\", "<p>*a* \\</>"),
    "code": ("`a *b*` c", "<p><code a *b*></> c</>"),
    "double backticks": ("`` a`b ``", "<p><code  a`b ></></>"),
    "lone backtick": ("a ` b", "<p>a ` b</>"),
    "spoiler": ("||a **b**||", "<p><spoiler>a <strong>b</></></>"),
    "heading": ("# a\ntext", "<h1>a</><p>text</>"),
    "three headings": ("# a\n## b\n### c\n#### d", "<h1>a</><h2>b</><h3>c</><p>#### d</>"),
    "heading needs a space": ("#a", "<p>#a</>"),
    "subtext": ("-# small", "<sub>small</>"),
    "quote": ("> a\n> b\nc", "<quote><p>a\nb</></><p>c</>"),
    "quote of all": (">>> a\nb", "<quote><p>a\nb</></>"),
    "no quote in a quote": ("> > a", "<quote><p>> a</></>"),
    "list": ("- a\n- b", "<ul><li>a</><li>b</></>"),
    "nested list": ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</></></><li>c</></>"),
    "numbers": ("3. a\n4. b", "<ol3><li>a</><li>b</></>"),
    "stars as list": ("* a\n* b", "<ul><li>a</><li>b</></>"),
    "fence": ("```py\na *b*\n```", "<pre a *b*></>"),
    "fence within a line": ("a ```b``` c", "<p>a </><pre b></><p> c</>"),
    "open fence": ("```\na", "<p>```\na</>"),
    "masked link": ("[a *b*](https://x.y/z)", "<p><link https://x.y/z>a <em>b</></></>"),
    "link in angle brackets": ("[a](<https://x.y>)", "<p><link https://x.y>a</></>"),
    "no script link": ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</>"),
    "address": ("see https://x.y/z).", "<p>see <link https://x.y/z>https://x.y/z</>).</>"),
    "address with brackets": ("https://x.y/a_(b)", "<p><link https://x.y/a_(b)>https://x.y/a_(b)</></>"),
    "user": ("<@123> <@!4>", "<p><user 123></> <user 4></></>"),
    "role and channel": ("<@&1><#2>", "<p><role 1></><channel 2></></>"),
    "time": ("<t:1700000000:R> <t:5>", "<p><time 1700000000:R></> <time 5:f></></>"),
    "impossible time": ("<t:9999999999999:R>", "<p><t:9999999999999:R></>"),
    "command": ("</author queue:12>", "<p><command 12></></>"),
    "emoji": ("<:lamp:123> <a:b_c:45>", "<p><emoji 123></> <emoji 45></></>"),
    "everyone": ("@everyone @here a@b", "<p><everyone @everyone></> <everyone @here></> a@b</>"),
    "html is text": ("<b>a</b>", "<p><b>a</b></>"),
}


async def test_every_case(open_page: OpenPage) -> None:
    page = await open_page()
    sources = [source for source, _ in CASES.values()]
    script = f"async (all) => {{ {_SHORT} return all.map((one) => parse(one).map(show).join('')); }}"
    trees: list[str] = await page.evaluate(script, sources)
    wrong = {
        name: (tree, expected)
        for (name, (_, expected)), tree in zip(CASES.items(), trees, strict=True)
        if tree != expected
    }
    assert wrong == {}


MARKS = [
    "*",
    "_",
    "**a",
    "||",
    "~~",
    "[",
    "[a](",
    "](",
    "`",
    "``a`",
    "<",
    "> ",
    "- a\n",
    "> a\n",
    "\\",
    "```",
]
MARKS += ["*a _b ", "[[a](https://", "http://", "<t:", "<@", "# ", "1. ", "(", "||a **b __c "]


@pytest.mark.parametrize("length", [6_000, 120_000])
async def test_marks_in_a_row_are_read_in_linear_time(open_page: OpenPage, length: int) -> None:
    page = await open_page()
    script = """async ([marks, length]) => {
      const { parse, plain } = await import("/js/markdown/blocks.js");
      return marks.map((mark) => {
        const begin = performance.now();
        plain(parse(mark.repeat(Math.ceil(length / mark.length))));
        return performance.now() - begin;
      });
    }"""
    times: list[float] = await page.evaluate(script, [MARKS, length])
    # Quadratic time would take minutes at the greater length; a busy machine may still be slow at a linear one.
    assert max(times) < 1500, dict(zip(MARKS, times, strict=True))


async def test_plain_words_hide_spoilers(open_page: OpenPage) -> None:
    page = await open_page()
    script = """async (source) => {
      const { parse, plain } = await import("/js/markdown/blocks.js");
      return plain(parse(source));
    }"""
    words: Any = await page.evaluate(script, "# Title\nShe **was** ||the ghost|| `all` along.")
    assert words == "Title She was (spoiler) all along."
