"""HTML of editors and converters, and soup, is read as its readers see it."""

from __future__ import annotations

import base64

import pytest

from bot.content.source_formats.html_reader import read_html, read_html_source
from bot.content.source_formats.read_source import SourceRefused
from bot.domain.manuscript_import.source_document import BlockKind
from tests.content.source_formats.block_listing import assert_lines_fit, list_blocks

_GOOGLE = """<html><head><style type="text/css">ol{margin:0}.c1{font-style:italic}.c2{font-weight:700}
.c3{text-align:center}.c4{font-weight:400;font-style:normal;text-decoration:none}.c9{text-decoration:underline}
</style></head><body class="c7 doc-content">
<p class="c3 title" id="h.a"><span class="c4">The Mill</span></p>
<p class="c0"><a href="#h.b"><span>Chapter 1</span></a></p>
<h1 class="c3" id="h.b"><span class="c2">Chapter 1</span></h1>
<p class="c0"><span class="c4">&ldquo;Stop</span><span class="c1">&nbsp;</span
><span class="c1">right </span><span class="c1">there,</span>
<span class="c4">&rdquo; she said.</span></p>
<p class="c0"><span class="c4">One</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><sup
><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> mill.</p>
<p class="c0"><span class="c4">Water ran.</span></p><p class="c0 c5"><span class="c4"></span></p>
<p class="c0"><span class="c2">Night fell.</span></p><p class="c0"><span class="c4">It was dark.</span></p>
<p class="c0"><span class="c4">Somebody came.</span></p><p class="c0"><span class="c4">Nobody left.</span></p>
<p class="c3"><span class="c4">***</span></p>
<p class="c0"><span><a class="c9" href="https://mill.example/">Mill</a></span></p>
<hr class="c8"><div><p class="c0"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span class="c4">&nbsp;Of two.</span></p></div>
<div class="c6"><p class="c0"><a href="#cmnt_ref1" id="cmnt1">[a]</a><span class="c4">check this</span></p></div>
</body></html>"""


def test_google_docs_export() -> None:
    document = read_html(_GOOGLE, "mill.html")
    assert list_blocks(document.blocks) == [
        "heading 1 (centered): The Mill",
        "paragraph (contents_line): Chapter 1",
        "heading 1 (centered): Chapter 1",
        "paragraph: “Stop\xa0*right there,* ” she said.",
        "paragraph: One[^1] mill.",
        "paragraph: Water ran.",
        "scene_break: ",
        "paragraph (all_bold): **Night fell.**",
        "paragraph: It was dark.",
        "paragraph: Somebody came.",
        "paragraph: Nobody left.",
        "scene_break (centered): ***",
        "paragraph: [Mill](https://mill.example/)",
        "paragraph (navigation): check this",
    ]
    assert [(note.label, list_blocks(note.blocks)) for note in document.footnotes] == [
        ("1", ["paragraph: Of two."])
    ]
    assert_lines_fit(document)


def test_paragraph_of_every_kind() -> None:
    document = read_html(
        "<div>Soup <span>of</span> spans</div><div><div>In <b>two </b><i> divs</i></div>tail</div>"
        "<p>H<sub>2</sub>O and 5<sup>th</sup></p><p>a<sup>beyond</sup></p>"
        "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>"
        "<ol start=3><li>x<ul><li>y</li></ul></li><li><p>z</p><p>more</p></li></ol>"
        "<table><tr><th>Name</th><th>HP</th></tr><tr><td>Al|ice</td><td>10</td></tr></table>"
        "<pre><code>if x:\n    y</code></pre><center>Centre</center><p align=right>- not a list</p>"
        "<p>Before<img src='a b.png' alt='A [cat]'>after</p><h2>Chapter 1<br>The <b>Cat</b></h2>",
        "soup.html",
    )
    assert list_blocks(document.blocks) == [
        "paragraph: Soup of spans",
        "paragraph: In **two** *divs*",
        "paragraph: tail",
        "paragraph: H₂O and 5ᵗʰ",
        "paragraph: abeyond",
        "paragraph: 漢（かん）",
        "list: 3. x\n   - y\n4. z\\\n   more",
        "table: | Name | HP |\n| --- | --- |\n| Al\\|ice | 10 |",
        "code: ```\nif x:\n    y\n```",
        "paragraph (centered): Centre",
        "paragraph: \\- not a list",
        "paragraph: Before",
        "picture: ![A (cat)](<a b.png>)",
        "paragraph: after",
        "heading 2: Chapter 1",
        "heading 2: The Cat",
    ]
    assert document.lines[:3] == ("Soup of spans", "In two divs", "tail")


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>One.<br><br>Two.</p>", ["paragraph: One.", "paragraph: Two."]),
        (
            "<p>Roses are red,<br/>violets blue,<br/>so are you</p>",
            ["verse: Roses are red,\nviolets blue,\nso are you"],
        ),
        (
            "<p>“Hi,” he said.<br>“No,” she said.</p>",
            ["paragraph: “Hi,” he said.", "paragraph: “No,” she said."],
        ),
        ("<p>Kim: hi<br>Lee: lo</p>", ["paragraph: Kim: hi\nLee: lo"]),
        (f"<p>{'long ' * 30}<br>short.</p>", [f"paragraph: {('long ' * 30).strip()}", "paragraph: short."]),
        (
            "<div class=poem><div class=stanza><p>A</p><p class=i2>B</p></div><div class=stanza><p>C</p></div></div>",
            ["verse: A\n\u2003\u2003B", "verse: C"],
        ),
    ],
    ids=["paragraphs", "verse", "dialogue", "chat", "long", "elements"],
)
def test_line_ends(html: str, blocks: list[str]) -> None:
    assert list_blocks(read_html(html, "-").blocks) == blocks


@pytest.mark.parametrize(
    "style",
    [
        "display: none",
        "visibility:hidden",
        "font-size:0px",
        "opacity:0",
        "position:absolute;left:-9999px",
        "height:0;overflow:hidden",
    ],
)
def test_hidden_text_is_marked(style: str) -> None:
    document = read_html(f"<p>Seen</p><p style='{style}'>Not seen</p><p style='left:-2px'>Too</p>", "-")
    assert list_blocks(document.blocks) == [
        "paragraph: Seen",
        "paragraph (hidden): Not seen",
        "paragraph: Too",
    ]


def test_note_forms() -> None:
    document = read_html(
        "<p>One<a href='#n1' id='r1'><sup>1</sup></a>, two<sup id='r2'><a href='#n2'>2</a></sup>,"
        " three<a epub:type='noteref' href='#n3'>*</a>, see <a href='#x'>below</a>.</p><p id=x>Below.</p>"
        "<div class='footnotes'><hr><ol><li id='n1'><p>First.</p><p>More. <a href='#r1'>↩</a></p></li>"
        "<li id='n2'>Second. <a href='#r2'>^</a></li></ol></div><aside epub:type='footnote' id='n3'>* Third.</aside>",
        "-",
    )
    assert list_blocks(document.blocks) == [
        "paragraph: One[^1], two[^2], three[^n3], see below.",
        "paragraph: Below.",
    ]
    assert [(note.label, [block.text for block in note.blocks]) for note in document.footnotes] == [
        ("1", ["First.", "More."]),
        ("2", ["Second."]),
        ("n3", ["Third."]),
    ]


def test_only_empty_lines_wider_than_usual_are_scene_breaks() -> None:
    parts = "<div><div><p>a</p><p>b</p></div><div></div></div><section><p>c</p></section><p>d</p>"
    plain = read_html(parts, "-")
    assert {block.kind for block in plain.blocks} == {BlockKind.PARAGRAPH}
    spaced = "".join(
        f"<p>{letter}</p><p>&nbsp;</p>" + "<p><br></p>" * (letter == "c") for letter in "abcdefgh"
    )
    kinds = [block.kind for block in read_html(spaced, "-").blocks]
    assert kinds.index(BlockKind.SCENE_BREAK) == 3
    assert kinds.count(BlockKind.SCENE_BREAK) == 1


def test_embedded_pictures_get_a_key() -> None:
    data = base64.b64encode(b"\x89PNG" + b"p" * 200).decode()
    read = read_html_source(f"<p><img alt='Map' src='data:image/png;base64,{data}'></p>", "m.html")
    (key,) = read.pictures
    assert list_blocks(read.source.documents[0].blocks) == [f"picture: ![Map]({key})"]
    assert read.pictures[key]() == b"\x89PNG" + b"p" * 200


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<meta charset=iso-8859-1><p>Żółw “ok”</p>".encode(), "Żółw “ok”"),
        ("<meta charset=utf-8><p>“café”</p>".encode("cp1252"), "“café”"),
        ("<p>Шум и ярость, и снег</p>".encode("utf-16"), "Шум и ярость, и снег"),
        (b"<p>cut \xe2\x80", "cut \ufffd"),
        (b"\xff\x00\x01<p>odd", "odd"),
    ],
)
def test_encodings(raw: bytes, text: str) -> None:
    assert text in read_html(raw, "-").blocks[-1].text


def test_hostile_pages_are_bounded() -> None:
    with pytest.raises(SourceRefused, match="nested too deeply"):
        read_html("<div>" * 100_000 + "x", "-")
    wide = read_html("<b><i>" * 400 + "text" + f"<p title='{'x' * 2_000_000}'>end</p>", "-")
    assert wide.blocks[-1].text.strip("*") == "end"
    entities = (
        '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><p>&a;&b; &amp;c;</p>'
    )
    assert "root:" not in str(read_html(entities, "-").blocks)
    assert read_html("", "-").blocks == ()
    assert read_html(b"\x00\x00", "-").blocks == ()


def test_broken_xhtml_is_repaired_as_html() -> None:
    page = "<?xml version='1.0'?><html><body><p>One<br><a id='x'/><p>Two &#xD800;<b>&lt;</b></body>"
    assert list_blocks(read_html(page, "-").blocks) == ["paragraph: One", "paragraph: Two \ufffd**<**"]


def test_scripts_and_forms_are_never_text() -> None:
    document = read_html(
        "<script>a()</script><style>p{}</style><p onclick='b()'>Text<!-- c --></p>"
        "<form><input value=d><textarea>e</textarea>"
        "<select><option>f</option></select></form><iframe>g</iframe><template>h</template><noscript>i</noscript>",
        "-",
    )
    assert list_blocks(document.blocks) == ["paragraph: Text"]
