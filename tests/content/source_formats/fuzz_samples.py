"""Files of each kind that can be imported, each with all that its kind is known for: what fuzzing begins with."""

from __future__ import annotations

from tests.content.source_formats.office_samples import PNG, docx, odt, odt_content, p, r, zip_of

_PROSE = "He had walked for an hour before he saw the lamp at the end of the road; nobody else was out."


def _field(step: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>'


_BODY = (
    p("The Lamps", "Titel")
    + p(
        _field("begin") + "<w:r><w:instrText> TOC </w:instrText></w:r>" + _field("separate") + r("Rain\t3"),
        "Verzeichnis1",
    )
    + p(_field("end"))
    + "".join(
        p(f"Rain {number}", "berschrift1", '<w:numPr><w:numId w:val="2"/></w:numPr>')
        + p(
            r("\tIt was ")
            + r("dark", "i")
            + r(". *Not* ")
            + r("bold", "b")
            + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        )
        + p(r(f"{_PROSE} a|b||c"))
        + p()
        + p(_PROSE)
        + p("* * *", "Scene")
        + p("Quoted.", "Zitat")
        + p("Tyger", "Verse")
        + p("one", settings='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + p(f'<w:ins w:id="1">{r("Kept")}</w:ins><w:r><w:commentReference w:id="0"/></w:r>')
        + p(r("seen") + r("secret", "vanish") + '<w:r><w:br w:type="page"/></w:r>')
        + f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
        + p('<w:r><w:drawing><wp:docPr descr="A"/><a:blip r:embed="rId1"/></w:drawing></w:r>')
        + p(r("T"), settings='<w:framePr w:dropCap="drop"/>')
        for number in range(1, 4)
    )
)
_DOCX = docx(
    _BODY,
    footnotes=f'<w:footnote w:id="2">{p("A note.")}</w:footnote>',
    comments=f'<w:comment w:id="0" w:author="Bo">{p("Cut this?")}</w:comment>',
    relations='<Relationship Id="rId1" Type="x/image" Target="media/image1.png"/>',
    more={"word/media/image1.png": PNG},
)
_NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    "<text:p>A note.</text:p></text:note-body></text:note>"
)
_ODT_BODY = (
    '<text:p text:style-name="Title">The Lamps</text:p>'
    "<text:table-of-content><text:index-body><text:p>Rain 3</text:p></text:index-body>"
    "</text:table-of-content>"
    '<text:h text:outline-level="1">Rain</text:h>'
    f'<text:p>It was <text:span text:style-name="T1">dark</text:span>.<text:s text:c="3"/>x{_NOTE}</text:p>'
    f'<text:p text:style-name="P1">* * *</text:p><text:p text:style-name="P2">{_PROSE}</text:p>'
    "<text:p>a<text:line-break/>b<text:line-break/>c<text:tab/></text:p>"
    '<text:list text:style-name="L1"><text:list-item><text:p>x</text:p></text:list-item></text:list>'
    "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
    "<text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    "<text:p>y<office:annotation><text:p>Cut?</text:p></office:annotation></text:p>"
    '<text:p><draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>Lamp</svg:desc>'
    "</draw:frame></text:p>"
)
_ODT = odt(_ODT_BODY, more={"Pictures/1.png": PNG})
_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Rain</title><style>.x{display:none}'
    " .c{text-align:center}</style></head>"
    '<body><nav><a href="/">Home</a></nav><article><h1>Rain</h1>'
    f'<p class="c"><b>One</b></p><p>{_PROSE} <em>dark<span> </span></em>&nbsp;&amp;amp;<sup><a'
    f' href="#n1" id="r1">1</a></sup></p>'
    '<hr/><p class="x">stolen</p><blockquote>Quoted<br/>twice</blockquote><pre>code</pre><ul><li>x'
    "<ol><li>y</li></ol></li></ul>"
    '<table><tr><td>a</td><td>b</td></tr></table><img src="images/1.png" alt="A"><ruby>雨<rt>ame</rt></ruby>'
    '<div id="n1"><p>A note. <a href="#r1">↩</a></p></div></article><footer>1.2K reads</footer></body></html>'
)
_XHTML = (
    '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
    "<title>{0}</title></head>"
    '<body><h2 id="a">{0}</h2><p>{1}</p><p><img src="1.png" alt="A"/></p></body></html>'
)
_EPUB = zip_of(
    {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<?xml version="1.0"?><container'
        ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OEBPS/a.opf" media-type="application/oebps-package+xml"/>'
        "</rootfiles></container>",
        "OEBPS/a.opf": '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Lamps</dc:title>'
        "<dc:creator>Ada</dc:creator></metadata>"
        '<manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        '<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        '<item id="c1" href="1.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="c2" href="2.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="p" href="1.png" media-type="image/png" properties="cover-image"/></manifest>'
        '<spine toc="x"><itemref idref="c1"/><itemref idref="c2" linear="no"/></spine></package>',
        "OEBPS/nav.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"'
        ' xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        '<nav epub:type="toc"><ol><li><a href="1.xhtml#a">Rain</a><ol><li><a href="2.xhtml">Fog</a>'
        "</li></ol></li></ol></nav>"
        "</body></html>",
        "OEBPS/toc.ncx": '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint>'
        "<navLabel><text>Rain</text>"
        '</navLabel><content src="1.xhtml"/></navPoint></navMap></ncx>',
        "OEBPS/1.xhtml": _XHTML.format("Rain", _PROSE),
        "OEBPS/2.xhtml": _XHTML.format("Fog", _PROSE),
        "OEBPS/1.png": PNG,
    },
    stored_first=True,
)
_MARKDOWN = (
    f"---\ntitle: Rain\ntags: [a, b]\n---\n# Rain\n\n{_PROSE} *dark* **bold**[^1] ![[a.png|200]]"
    f" ![A](images/a.png)\n\n---\n\n"
    f"> Quoted\n> twice\n\n- x\n    - y\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n"
    f"\n{_PROSE}\n\n[^1]: A note.\n"
)
_TEXT = (
    f"CHAPTER I.\nRain\n\n{_PROSE}\n{_PROSE} _dark_\n\n* * *\n\n{_PROSE}\n\nPart II\n\nCHAPTER"
    f" II.\n\n{_PROSE}\n\nA/N: Review!\n"
)

SAMPLES = {
    "docx": _DOCX,
    "odt": _ODT,
    "fodt": odt_content(_ODT_BODY).replace("office:document-content", "office:document").encode(),
    "html": _PAGE.encode(),
    "epub": _EPUB,
    "markdown": _MARKDOWN.encode(),
    "text": _TEXT.encode(),
    "utf-16": _TEXT.encode("utf-16"),
    "cp1252": (_TEXT + "Der Müller fühlte, daß er über die Brücke gehen müßte. " * 4).encode("cp1252"),
    "zip": zip_of(
        {
            "novel/1.docx": _DOCX,
            "novel/Part 2/2.md": _MARKDOWN,
            "novel/Part 2/3.html": _PAGE,
            "novel/10.odt": _ODT,
            "novel/images/a.png": PNG,
            "novel/README.md": "about",
            "novel/book.epub": _EPUB,
        }
    ),
}
