"""Saved pages and downloads of story sites are read as their readers see them."""

from __future__ import annotations

from bot.content.source_formats.html_reader import read_html
from tests.content.source_formats.block_listing import assert_lines_fit, list_blocks

_AO3 = """<!DOCTYPE html><html lang="en"><head><title>Salt Road - ao3_user - Harbour Tales</title>
<style>p.message{ text-align:center }</style></head><body>
<div id="preface">
<p class="message">Posted originally on the <a href="http://archive.example/">Archive</a>.</p>
<div class="meta"><dl class="tags"><dt>Rating:</dt><dd><a href="http://a.example">General</a></dd></dl>
<h1>Salt Road</h1><div class="byline">by <a rel="author" href="http://a.example/u">ao3_user</a></div>
<p>Summary</p><blockquote class="userstuff"><p>A ferry is late.</p></blockquote>
<p>Notes</p><blockquote class="userstuff"><p>For Kim.</p></blockquote></div></div>
<div id="chapters" class="userstuff">
<div class="meta group"><h2 class="heading">Chapter 1: The Ferry</h2>
<p>Chapter Notes</p><blockquote class="userstuff"><p>Unbetaed.</p></blockquote></div>
<div class="userstuff"><p>The ferry was <em>late</em>.</p><p align="center">* * *</p>
<p>Nobody minded.</p></div>
<div id="endnotes1"><p>Chapter End Notes</p><blockquote class="userstuff"><p>See you!</p></blockquote></div>
<div class="meta group"><h2 class="heading">Chapter 2: The Road</h2></div>
<div class="userstuff"><p>They walked.</p></div>
</div>
<div id="afterword"><p class="message">Please drop by the Archive and comment.</p></div>
</body></html>"""


def test_ao3_download() -> None:
    document = read_html(_AO3, "salt.html")
    assert list_blocks(document.blocks) == [
        "paragraph (centered, navigation): Posted originally on the [Archive](http://archive.example/).",
        "paragraph (navigation): Rating:",
        "paragraph (indented, navigation): [General](http://a.example)",
        "heading 1: Salt Road",
        "paragraph (navigation): by [ao3_user](http://a.example/u)",
        "paragraph (author_note): Summary",
        "paragraph (author_note): A ferry is late.",
        "paragraph (author_note): Notes",
        "paragraph (author_note): For Kim.",
        "heading 2: Chapter 1: The Ferry",
        "paragraph (author_note): Chapter Notes",
        "paragraph (author_note): Unbetaed.",
        "paragraph: The ferry was *late*.",
        "scene_break (centered): * * *",
        "paragraph: Nobody minded.",
        "paragraph (author_note): Chapter End Notes",
        "paragraph (author_note): See you!",
        "heading 2: Chapter 2: The Road",
        "paragraph: They walked.",
        "paragraph (centered, navigation): Please drop by the Archive and comment.",
    ]
    assert (document.author, document.language) == ("ao3_user", "en")
    assert_lines_fit(document)


_ROYAL_ROAD = """<html><head><title>Chapter 3 - Tower | Royal Road</title>
<style>.cjMzRm{display:none;speak:never}</style></head><body>
<div class="page-header navbar"><a href="/">Home</a></div>
<div class="fic-header"><h1 class="font-white">Chapter 3: The Stair</h1>
<h2>by <a href="/p/1">Someone</a></h2></div>
<div class="nav-buttons"><a class="btn" href="/c/2">Previous Chapter</a></div>
<div class="portlet author-note-portlet"><div class="caption">A note from Someone</div>
<div class="author-note"><p>Patreon is ten ahead.</p></div></div>
<div class="chapter-inner chapter-content">
<p class="cnM1">He climbed.</p>
<span class="cjMzRm"><br>This tale was taken without leave.<br></span>
<p>&nbsp;</p>
<table><tbody><tr><td><p><strong>[Level up]</strong></p><p>Strength: 4</p></td></tr></tbody></table>
<p>"<span style="font-style:italic">Again</span>," he said.</p>
<hr>
<p>Then <b><i>darkness</i></b>.</p></div>
<div class="comments"><p>First!</p></div>
<script>alert(1)</script><form><input value="x"><p>Report</p></form></body></html>"""


def test_royal_road_page() -> None:
    document = read_html(_ROYAL_ROAD, "rr.html")
    assert list_blocks(document.blocks) == [
        "paragraph (navigation): Home",
        "heading 1: Chapter 3: The Stair",
        "heading 2 (navigation): by Someone",
        "paragraph (navigation): Previous Chapter",
        "paragraph (author_note): A note from Someone",
        "paragraph (author_note): Patreon is ten ahead.",
        "paragraph: He climbed.",
        "paragraph (hidden): This tale was taken without leave.",
        "paragraph (all_bold): **[Level up]**",
        "paragraph: Strength: 4",
        'paragraph: "*Again*," he said.',
        "scene_break: ",
        "paragraph: Then ***darkness***.",
        "paragraph (navigation): First!",
        "paragraph (navigation): Report",
    ]


_WATTPAD = """<html><body><header><nav><a href="/">Browse</a></nav></header>
<main id="story-reading"><div class="panel panel-reading"><header><h1 class="h2">Part Two</h1></header>
<span class="reads">1.2K</span><pre><p data-p-id="a1">She ran.
<button class="comment-marker btn">3</button></p>
<p data-p-id="a2"><i>Why me?</i></p><p data-p-id="a3"><img src="https://img.example/a.jpg" alt=""></p>
</pre></div></main>
<footer><p>Terms</p></footer></body></html>"""


def test_wattpad_page() -> None:
    assert list_blocks(read_html(_WATTPAD, "w.html").blocks) == [
        "paragraph (navigation): Browse",
        "heading 1: Part Two",
        "paragraph: 1.2K",
        "paragraph: She ran.",
        "paragraph (navigation): 3",
        "paragraph (all_italic): *Why me?*",
        "picture: ![](https://img.example/a.jpg)",
        "paragraph (navigation): Terms",
    ]


_SCRIBBLE_HUB = """<html><body><div class="chapter-title">Chapter 9 – Rust</div>
<div id="chp_raw"><p>It rusted.</p><p style="text-align: center">~~~</p>
<div class="wi_authornotes"><div class="p-avatar-wrap">Rhea</div><div class="wi_authornotes_body">
<p>Thanks!</p></div></div>
</div><div class="sharing">Share</div></body></html>"""


def test_scribble_hub_page() -> None:
    assert list_blocks(read_html(_SCRIBBLE_HUB, "s.html").blocks) == [
        "heading 2: Chapter 9 – Rust",
        "paragraph: It rusted.",
        "scene_break (centered): ~~~",
        "paragraph (author_note, navigation): Rhea",
        "paragraph (author_note): Thanks!",
        "paragraph (navigation): Share",
    ]


_FANFICTION = """<html><head><title>Snow Chapter 2: Thaw</title></head><body>
<div id="profile_top"><b>Snow</b> By: Writer <span>Rated: T</span></div>
<select id="chap_select"><option value=1>1. Frost<option value=2 selected>2. Thaw</select>
<div class="storytext" id="storytext"><p>It thawed.<hr size=1 noshade><p style='text-align:center;'>
<strong>End</strong></div>
<select id="chap_select"><option selected>2. Thaw</select><textarea>Review</textarea></body></html>"""


def test_fanfiction_page() -> None:
    assert list_blocks(read_html(_FANFICTION, "f.html").blocks) == [
        "paragraph (navigation): **Snow** By: Writer Rated: T",
        "heading 2: 2. Thaw",
        "paragraph: It thawed.",
        "scene_break: ",
        "paragraph (all_bold, centered): **End**",
    ]


_WORDPRESS = """<html><body class="single has-sidebar"><header class="site-header">
<h1 class="site-title">My Blog</h1></header>
<article class="post"><header class="entry-header"><h1 class="entry-title">Interlude: Crows</h1>
<div class="entry-meta">Posted by me</div></header>
<div class="entry-content"><p><a href="https://b.example/1">Last Chapter</a></p><p>Crows came.</p>
<blockquote><p>To whom it may concern,</p><p>no.</p></blockquote>
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="https://x.example">X</a></li></ul></div></div>
<footer class="entry-footer">Tagged crows</footer></article>
<aside class="widget-area"><p>About</p></aside><div id="comments"><ol><li><p>Nice</p></li></ol></div>
</body></html>"""


def test_wordpress_page() -> None:
    assert list_blocks(read_html(_WORDPRESS, "wp.html").blocks) == [
        "heading 1 (navigation): My Blog",
        "heading 1: Interlude: Crows",
        "paragraph (navigation): Posted by me",
        "paragraph: [Last Chapter](https://b.example/1)",
        "paragraph: Crows came.",
        "quote: > To whom it may concern,\n>\n> no.",
        "heading 3 (navigation): Share this:",
        "list (navigation): - [X](https://x.example)",
        "paragraph (navigation): Tagged crows",
        "paragraph (navigation): About",
        "list (navigation): 1. Nice",
    ]


_AO3_PAGE = """<html><body><div id="outer"><div id="header"><h1 class="heading"><a href="/">Archive</a>
</h1></div>
<div id="inner"><div id="main"><div class="work"><ul class="work navigation actions"><li>
<a href="#c">Comments</a></li></ul>
<dl class="work meta group"><dt>Words:</dt><dd>900</dd></dl></div>
<div id="workskin"><div class="preface group"><h2 class="title heading">Salt Road</h2>
<h3 class="byline heading"><a rel="author" href="/u">kim</a></h3>
<div class="summary module"><h3 class="heading">Summary:</h3><blockquote class="userstuff"><p>Late.</p>
</blockquote></div></div>
<div id="chapters"><div class="chapter" id="chapter-2"><div class="chapter preface group">
<h3 class="title"><a href="/c/2">Chapter 2</a>: The Road</h3>
<div class="notes module"><h3 class="heading">Notes:</h3><blockquote class="userstuff"><p>Enjoy!</p>
</blockquote></div></div>
<div class="userstuff module"><h3 class="landmark heading" id="work">Chapter Text</h3><p>They walked.</p>
</div>
<div class="chapter preface group"><div class="end notes module"><p>Bye.</p></div></div></div></div></div>
<div id="feedback" class="feedback"><p>Kudos</p></div></div></div></body></html>"""


def test_ao3_page() -> None:
    assert list_blocks(read_html(_AO3_PAGE, "ao3.html").blocks) == [
        "heading 1 (navigation): Archive",
        "list (navigation): - Comments",
        "paragraph (navigation): Words:",
        "paragraph (indented, navigation): 900",
        "heading 2: Salt Road",
        "heading 3 (navigation): kim",
        "heading 3 (author_note): Summary:",
        "paragraph (author_note): Late.",
        "heading 3: Chapter 2: The Road",
        "heading 3 (author_note): Notes:",
        "paragraph (author_note): Enjoy!",
        "heading 3 (navigation): Chapter Text",
        "paragraph: They walked.",
        "paragraph (author_note): Bye.",
        "paragraph (navigation): Kudos",
    ]


_SEVERAL_CHAPTERS = """<html><body class="calibre"><div id="chapters"><ul><li><a href="#c1">One</a></li>
</ul></div>
<div class="calibre1" id="c1"><h2 class="calibre2">1. One</h2><p class="calibre3">
<i class="calibre4">So</i> it began.</p></div>
<div class="mbp_pagebreak" style="page-break-before: always"></div>
<div class="calibre1" id="c2"><h2>2. Two</h2>
<p>It went on<span class="c"> and on</span>, and on, and on for long.</p></div>
</body></html>"""


def test_several_chapters_in_one_file() -> None:
    assert list_blocks(read_html(_SEVERAL_CHAPTERS, "fichub.html").blocks) == [
        "list (contents_line): - One",
        "heading 2: 1. One",
        "paragraph: *So* it began.",
        "heading 2 (page_break_before): 2. Two",
        "paragraph: It went on and on, and on, and on for long.",
    ]


def test_names_that_an_author_gave_within_the_text_mean_nothing() -> None:
    page = (
        "<div id=workskin><div id=chapters><p>The phone buzzed, and buzzed.</p><div class=message>where are you</div>"
        "<p class=stats>HP 3</p></div></div><div class=message>Sign in</div><div id=contents>About</div>"
    )
    assert list_blocks(read_html(page, "-").blocks) == [
        "paragraph: The phone buzzed, and buzzed.",
        "paragraph: where are you",
        "paragraph: HP 3",
        "paragraph (navigation): Sign in",
        "paragraph (contents_line, navigation): About",
    ]
    around = (
        "<div class=no-comments><aside><main><p>They talked for a very long time.</p></main></aside></div>"
    )
    assert list_blocks(read_html(around, "-").blocks) == ["paragraph: They talked for a very long time."]
    alone = "<div class=no-comments><p>They talked.</p></div>"
    assert list_blocks(read_html(alone, "-").blocks) == ["paragraph: They talked."]
