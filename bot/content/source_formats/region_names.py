"""Names by which the elements of web pages tell what they are: tags, roles, classes and ids."""

from __future__ import annotations

import re

SKIPPED_TAGS = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "textarea",
        "input",
        "option",
        "datalist",
        "meta",
        "link",
        "rp",
        "base",
        "map",
        "progress",
        "meter",
    ]
)
SKIPPED_IN_BOOKS = frozenset(
    (
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "form",
        "audio",
        "video",
        "object",
        "iframe",
        "rp",
        "title",
    )
)
NAVIGATION_TAGS = frozenset(("nav", "footer", "aside", "button", "menu", "dialog", "label", "legend"))
NAVIGATION_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "menu",
        "menubar",
        "toolbar",
        "dialog",
        "alert",
        "alertdialog",
        "button",
        "tablist",
        "status",
    ]
)
NAVIGATION_NAME = re.compile(
    r"""
    (?:site-|page-|main-|post-|top-|bottom-|chapter-|global-|entry-)?
    (?: nav|navbar|navigation|nav-links|nav-menu|menu|breadcrumbs?|sidebar|footer|masthead|pagination|pager
      | comments?|comments-area|comment-list|comments-container|respond|disqus_thread|header-bar|page-numbers
      | share|sharing|share-buttons|sharedaddy|social|social-share|social-links|related|related-posts|relatedposts
      | jp-relatedposts|recommendations?|recommended|recommended-stories|similar-stories|also-like|next-part
      | cookie-banner|cookie-notice|cookies|ad|ads|advert|advertisement|adsbygoogle|promo|promotion|bottom-ad
      | toolbar|btn|button|buttons|btn-group|widget|widget-area|popup|modal|subscribe|subscription|newsletter
      | rating|ratings|votes?|kudos|feedback|skip-link|skip|actions|landmark|message|byline|tags|tagcloud
      | entry-meta|post-meta|stats|meta-stats|author-box|author-bio|author-card|wp-block-buttons|profile_top
      | report-chapter|donate|patreon|wattpad-ad|part-stats|post-navigation|wi_news|chp_stats_feature
      | portlet-footer|lc_chp_btns|p-avatar-wrap
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
STORY_NAMES = frozenset(
    (
        *(
            "message",
            "tags",
            "byline",
            "share",
            "skip",
            "related",
            "rating",
            "ratings",
            "ad",
            "button",
            "stats",
        ),
        *(
            "menu",
            "widget",
            "modal",
            "popup",
            "votes",
            "vote",
            "social",
            "subscription",
            "toolbar",
            "feedback",
        ),
        *("kudos", "promotion", "promo", "buttons", "cookies", "recommended", "masthead", "header-bar"),
    )
)
"""Names that stories use too, for a phone's messages or a game's windows: they count only around the text."""

COMMENTS = re.compile(
    r"(?:.*[-_])?(?:comments?|disqus_thread|respond|comments-area|comment-list)", re.IGNORECASE
)
NOTE_NAME = re.compile(
    r"(?:wi_)?authors?[-_']?s?[-_]?notes?(?:[-_].*)?|a-?n|an-?box|chapter[-_]notes?|end[-_]?notes?\d*"
    r"|pre-?note|post-?note",
    re.IGNORECASE,
)
AO3_NOTES = frozenset(("notes", "summary", "endnotes"))
TITLES = frozenset(("chapter-title", "entry-title", "part-title", "chapter_title", "post-title", "chp_title"))
CONTENTS_NAMES = frozenset(("toc", "table-of-contents", "contents", "tableofcontents", "toc_container"))

CONTENT = (
    (".", "#workskin"),
    ("div", "#chapters #preface #afterword"),
    (".", "#chp_raw"),
    (".", "#storytext .storytext #storycontent"),
    (".", ".chapter-inner .chapter-content"),
    (".", ".entry-content .post-content"),
    (".", ".panel-reading .part-content"),
    ("article", ""),
    ("main", ""),
)
"""Elements that hold a page's text, by tag (`.` for any), and by classes and ids; the first that a page has."""
