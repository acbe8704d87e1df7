"""HTML in a chapter is shown as a browser would show it, as far as Discord can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.manuscript.conversion import read_manuscript
from tests.domain.manuscript.samples import BREAK, remarks, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("He said <i>no</i>, <b>twice</b>.", "He said *no*, **twice**."),
        ("<em>Nein</em>, sagte sie, <strong>nie</strong>.", "*Nein*, sagte sie, **nie**."),
        ("Она <u>ушла</u>, и <s>никто</s> <del>не знал</del>.", "Она __ушла__, и ~~никто~~ ~~не знал~~."),
        ("彼は<em>笑った</em>。", "彼は*笑った*。"),
        ("<I>LOUD</I> AND <EM CLASS='x'>CLEAR</EM>", "*LOUD* AND *CLEAR*"),
        ("un<i>believ</i>able", "un*believ*able"),
        ("a <i> word </i>here", "a  *word* here"),
        ("nothing <b></b>and <i> </i>nothing", "nothing and  nothing"),
        ("<b><i>Both</i> at once</b>", "***Both* at once**"),
        ("<i>cut</i><i> in</i> <b>a</b><i>b</i>", "*cut* *in* **a**\u200b*b*"),
        ("<i>One.\n\nTwo.</i> Three.", "*One.*\n\n*Two.* Three."),
        ("<i>never ended.\n\nNext.", "*never ended.*\n\nNext."),
        ("never begun.</i> Next.", "never begun. Next."),
        ('<span style="font-style: italic; font-weight:700">x</span>', "_**x**_"),
        ('<span style="color:red">x</span> <font face="y">z</font> <small>s</small>', "x z s"),
        ("x<sup>2</sup>, H<sub>2</sub>O, the 1<sup>st</sup>, y<sup>?</sup>", "x², H₂O, the 1ˢᵗ, y?"),
        ("<q>Oui</q>, dit-elle.", "“Oui”, dit-elle."),
        ('<a href="https://a.org/b_(c)">here</a>', "[here](https://a.org/b_%28c%29)"),
        ('<a href="#n1">1</a>, <a href="../two.html">two</a>, <a href="mailto:a@b.c">me</a>', "1, two, me"),
        ("<ruby>東京<rt>とうきょう</rt></ruby>へ", "東京（とうきょう）へ"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</ruby>", "漢（かん）字（じ）"),
    ],
)
def test_inline_elements(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("<p>One\nline.</p>\n<p>Two.</p>", "One line.\n\nTwo."),
        ("<div><div>One.</div>Two.</div>", "One.\n\nTwo."),
        ("<h2>The Gate</h2>\n<p>It stood.</p>", "## The Gate\nIt stood."),
        ("<h5>Kleiner\nTitel</h5>Text.", "### Kleiner Titel\nText."),
        ("One.<hr>Two.<hr />Three.", f"One.\n\n{BREAK}\n\nTwo.\n\n{BREAK}\n\nThree."),
        ("Then:<br>Roses,<br/>\nrain.", "Then:\nRoses,\nrain."),
        ("One.<br><br>Two.<br>\n<br>\nThree.<br>", "One.\n\nTwo.\n\nThree."),
        ("One\n<br>\ntwo", "One\ntwo"),
        (
            "<blockquote><p>Dear you,</p><p>come<br>home.</p></blockquote>Me",
            "> Dear you,\n> \n> come\n> home.\n\nMe",
        ),
        ("<ul><li>bread</li><li>salt</li></ul>", "- bread\n- salt"),
        ("<ol>\n<li>Brot</li>\n<li><p>Salz</p></li>\n</ol>", "1. Brot\n\n2. Salz"),
        (
            "<table><tr><th>Name</th><td>Ada</td></tr><tr><th>Level</th><td>3</td></tr></table>",
            "Name · Ada\nLevel · 3",
        ),
        ("## Auf der <br> Straße<br/>heim\n\nText", "## Auf der Straße heim\nText"),
        ("Weiter<br>unten\n\n# 終わり<br>\n\n本文", "Weiter\nunten\n\n# 終わり\n本文"),
        ("> Eins<br>zwei<br><br>drei", "> Eins\n> zwei\n> \n> drei"),
        ("> - один<br>два\n\nТри", "> - один\n> два\n\nТри"),
        ("- 一<br>二\n- 三", "- 一\n  二\n- 三"),
        ("| 이름 | 값 |\n|---|---|\n| 가<br>나 | 다 |", "**이름 · 값**\n가 나 · 다"),
        ("Texto.[^1]\n\n[^1]: una<br>dos", "Texto.¹\n\n-# ¹ una dos"),
        ('<ol start="3"><li>ג<li>ד</ol>', "3. ג\n4. ד"),
        ("Τέλος.\n\n<p hidden>κρυφό</p>", "Τέλος."),
        ("<pre>a &lt; <b>b</b>\n  c</pre>", "```\na < b\n  c\n```"),
        ('See:<img src="images/a b.png" alt="A map">There.', "See:\n\n[A map: images/a b.png]\n\nThere."),
    ],
)
def test_structure(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    "text",
    [
        "She reached rank <S> at last.",
        "<System>: You have <b or c> left.",
        "if a < b and c > d, then <3",
        "`<i>` is italic",
        "```\n<i>code</i> &amp; more\n```",
        "<@123456789012345678> <t:1700000000> <:sign:123456789012345678>",
        "AT&T and R&B; x &unknown; y",
        r"\<i>as it is\</i>",
        r"a \&nbsp; b \&mdash; \&#8217; c",
    ],
)
def test_what_is_no_html_stays(text: str) -> None:
    assert read_manuscript(text).text == text


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("a&nbsp;&mdash;&#32;b", "a\xa0— b"),
        ("&quot;Hi&quot;, it&#8217;s &#x41;", '"Hi", it’s A'),
        ("&amp;amp;nbsp; AT&amp;T", "\xa0 AT&T"),
        ("&lt;i&gt; &ast;not&ast; &#95;this&#95;", r"\<i\> \*not\* \_this\_"),
        ("Gr&uuml;&szlig;e, &laquo;&nbsp;oui&nbsp;&raquo;", "Grüße, «\xa0oui\xa0»"),
        ("a&#0;b&#8;c", "abc"),
        ("&hearts;&hellip;&iquest;Qu&eacute;?", "♥…¿Qué?"),
    ],
)
def test_entities_are_characters(written: str, seen: str) -> None:
    assert shown(written) == seen


def test_spaces_that_only_part_paragraphs_are_gone() -> None:
    text = "\n\n&nbsp;\n\n".join(f"Paragraph {n}." for n in range(8))
    assert shown(text) == "\n\n".join(f"Paragraph {n}." for n in range(8))


def test_what_a_browser_hides_is_not_shown_and_told() -> None:
    text = 'One <span style="display:none">stolen from the site </span>two.<script>x()</script><style>p{}</style>'
    assert shown(text) == "One two."
    assert remarks(text) == [
        "1:5 what stands in this <span> would not be shown on a web page, and is left out",
        "1:64 a <script> cannot be shown in Discord, and is left out",
    ]


def test_a_picture_from_the_web_is_told_of() -> None:
    text = "One.\n\n  <img src='https://a.org/x.png' alt='x'>\n\nTwo."
    assert shown(text) == "One.\n\nTwo."
    assert remarks(text) == ["3:3 a picture from the web cannot be shown"]


TAGS = (
    "<i> </i> <b> </b> <p> </p> <br> <hr> <blockquote> </blockquote> <li> <ul> </ul> <span style='font-weight:bold'> "
    "</span> <ruby> <rt> </ruby> <table> <tr> <td> <pre> </pre> <h2> </h2> &amp; &nbsp; &lt;"
)
PIECES = st.sampled_from([*TAGS.split(), "word", "字", " ", "\n", "\n\n", "`", "*", "."])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_tag_is_left_and_no_word_is_lost(text: str) -> None:
    read = read_manuscript(text).text
    if "`" not in text:
        assert not any(
            f"<{name}" in read.replace("\\<", "") for name in ("i>", "b>", "p>", "br", "ruby", "t")
        )
    hidden = "<head" in text
    assert hidden or read.count("word") == text.count("word")
    assert read.count("字") == text.count("字")


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("<!DOCTYPE html>\n<p>Текст</p>", "Текст"),
        ('<?xml version="1.0"?>\n本文', "本文"),
        ("<![CDATA[a < b]]> ข", "a < b ข"),
        ("<o:p></o:p>Wort<w:sdt w:id='1'>spiel</w:sdt>", "Wortspiel"),
        ("एक\n\n<mbp:pagebreak/>\n\nदो", f"एक\n\n{BREAK}\n\nदो"),
        ("<input type=checkbox> نص", "نص"),
        ("<ul><li>ένα<ul><li>δύο</li></ul></li></ul>", "- ένα\n  - δύο"),
        ("<spoiler>비밀</spoiler>", "||비밀||"),
        ("a <i>b <b>c</i> d</b> e", "a _b **c**_ **d** e"),
        ("<i>a<b>b</i>c</b> d", "_a**b**_\u200b**c** d"),
        ("<table>\n<tr>\n<td>א</td>\n<td>ב</td>\n</tr>\n<tr><td>ג</td></tr>\n</table>", "א · ב\nג"),
    ],
)
def test_declarations_and_elements_of_other_programs(written: str, seen: str) -> None:
    assert shown(written) == seen
    assert remarks(written) == []


@pytest.mark.parametrize("tag", ["<iframe src=x>", "<video src=x/>", "<embed src='x'>", "<script src=x>"])
def test_what_is_embedded_is_told_of(tag: str) -> None:
    assert shown(f"Uno.\n\n{tag}\n\nDos.") == "Uno.\n\nDos."
    (told,) = remarks(f"Uno.\n\n{tag}\n\nDos.")
    assert told.startswith("3:1 ")
