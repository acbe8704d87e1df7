"""Front matter keys of other tools, which mean nothing here and are skipped with a warning."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from math import isfinite
from typing import Any

_KEYS = """
    abstract alias aliases author author_profile authors avatar backlinks banner banner_icon banner_x
    banner_y bibliography body_classes book books breadcrumb breadcrumbs build byline cascade categories category
    chapter chapter_number chapter_title characters classes collection collections color colour comment comments
    completed connections content_type contributor contributors copyright cover cover_image cover_image_alt created
    created_at created_date creation_date creator csl css cssclass cssclasses custom_css custom_excerpt date
    date_created date_modified date_updated datecreated dek description dir direction documentclass edited email
    episode excerpt excerpt_separator expirydate export export_on_save external_link feature_image featured
    featured_image fontfamily fontsize footer format genre genres geometry has_children has_toc header
    header_includes heading headless hero hero_image icon icons image images include_in_compile includeincompile
    index institute isbn iscjklanguage keyword keywords label labels lang language last_modified last_modified_at
    last_update last_updated lastmod lastupdated layout lead licence license link link_title linkcolor links
    linktitle location locations logline longform mainfont math mathjax mentions menu menus meta modified
    modified_at modified_date modified_time mtime nav nav_exclude nav_order nav_title navigation next next_chapter
    nocite number numbersections order
    outline outputs papersize parent permalink pin pinned place places position post_id
    post_name post_type prev previous previous_chapter priority progress project pub_date pubdate publication_date
    publish published publisher rank read_time reading_time redirect_from redirect_to reference_section_title
    related render resources robots rss scene_number scenes search season section sections seo series series_index
    sharing short_title sidebar sidebar_label sidebar_position sitemap slug social_image sort sort_order source
    source_url sources split status sticker sticky story strict style sub_title subject subtitle subtitles summary
    synopsis tag tagline tags tags_list target taxonomies taxonomy teaser template theme thumbnail timeline toc
    toc_depth toc_title topic topics translationkey type uid uids up updated updated_at updated_date url urls uuid
    version volume weight word_count word_goal wordcount words working_title zettel zettel_id
    access act ai_summary akas algolia all_day also_known_as ancestors arc archetype archived asset_prefix assets
    attachments audience author_url backlink bear_id beats block_search bookmark bookmarks breaks
    bref_url chapter_summary codex compile compiled confidence context created_time creator_name crossposts
    css_class custom_edit_url customer data_view date_added date_published date_publish day dg_publish
    disable_comments disabletoc display_name displayed_sidebar disqus draft_mode draft_number edit_url editor
    eleventycomputed eleventyexcludefromcollections eleventyimport eleventynavigation encrypted
    enablecomments engine exclude_from_compile excludesearch execute extra favorite filetags filter_class
    first_line folder font_size fontsize fonts footnotes frontmatter_title ghost_id goal guid
    hasmath hide_table_of_contents hide_title hidden hidemeta html html_math_method id_bear ignore ignored_files
    image_alt imports include inherits injections intro is_draft isdraft is_published ispublished is_post
    item_type journal kind knitr last_edited last_edited_time lastupdate layout_type licences linter logseq
    marp math_engine mermaid meta_description meta_title metadata modification_date
    next_page noindex nolastmod notetoolbar notion_id number_sections obsidianuiexclude
    obsidianuimode og_image og_title og_description options outputstyle page_layout page_title pagination
    pagination_label pagination_next pagination_prev paginate para parse_latex part_of pdf_engine pinned_at plot
    plugins post post_status prerender primary_tag private properties protected pubdatetime public publish_date_old
    published_at published_date published_time readingtime readtime reference references reviewed
    reviewers revised revision_date robots_meta runningheads scene scene_title scrivener_id secret section_title
    share sharing_image show_toc showtoc showdate showreadingtime sidebar_class_name sidebar_custom_props
    sidebar_class sitemap_priority slides sort_by sort_by_date sortby source_file spell spellcheck startup state
    subplot summary_short svg synced syndication syntax_highlighter tag_list target_words targetwords
    targetwordcount templateengine templateengineoverride text_direction theme_color threads time_created
    time_modified time_to_read title_meta titlepage toc_location toc_max_heading_level toc_min_heading_level
    todo transcript translation_key translations translator trashed type_of ulysses unlisted unpublished
    updatedat createdat publishedat updated_time urlcolor user_defined vault view_mode visibility
    beta beta_reader chapter_count chapter_no chapters chronology comments_id created_by deadline discourse due
    ebook edition estimated_words fandom fandoms isbn13 manuscript novel original_title outcome plotline plotlines
    podcast pov_character readiness relationship relationships setting settings ship ships source_language tense
    webmentions wip word_goals word_target wordgoal words_target write_date writer xmp year zotero
"""

_FOREIGN = frozenset(_KEYS.split())
_FAMILIES = ("bc_", "dg_", "excalidraw_", "kanban_", "linter_", "og_", "seo_", "share_", "typora_", "zotero_")

_TELLING_KEYS = """
    author authors alias aliases tag tags layout permalink slug keywords categories cssclass cssclasses subtitle
    isbn copyright publisher documentclass bibliography css draft created_at date_created lastmod weight nav_order
    sidebar_position sidebar_label uuid longform publish published filetags options startup
"""
_TELLING = frozenset(_TELLING_KEYS.split())
"""Keys that nobody writes at the top of a letter or a log, as one may write `date` and `location`."""

_NO = frozenset(("false", "no", "off", "0", "n", "none", "never"))
_YES = frozenset(("true", "yes", "on", "1", "y"))
_UNFINISHED = frozenset(("draft", "private", "hidden", "unpublished", "secret", "internal", "unlisted"))
_HOLDING = {
    **dict.fromkeys(
        ("publish", "published", "dg_publish", "share", "is_published", "ispublished", "public"), _NO
    ),
    **dict.fromkeys(("render", "permalink", "include_in_compile", "includeincompile", "compile"), _NO),
    **dict.fromkeys(
        ("private", "hidden", "unlisted", "unpublished", "is_draft", "isdraft", "draft_mode"), _YES
    ),
    **dict.fromkeys(("archived", "wip", "exclude_from_compile", "ignore"), _YES),
    **dict.fromkeys(("status", "visibility", "access", "state"), _UNFINISHED),
}
"""Keys by which other tools keep a text from being published, with the values that do."""

DATE = "date"
_COUNTING = {
    *("chapter", "chapter_number", "episode", "index", "nav_order", "number", "order", "position", "rank"),
    *("scene_number", "series_index", "sidebar_position", "sort", "sort_order", "weight"),
}


def read_counts(values: Mapping[str, Any]) -> dict[str, float]:
    """Return the numbers by which other tools' keys order a chapter, by key as written: `weight`, `nav_order`.

    A `date` counts by its day, as `datetime.date.toordinal` does.
    """
    found: dict[str, float] = {}
    for key, value in values.items():
        if normalize_key(key) == DATE:
            with suppress(ValueError):
                found[key] = float(date.fromisoformat(str(value).strip()[:10]).toordinal())
        if normalize_key(key) not in _COUNTING:
            continue
        with suppress(TypeError, ValueError):
            number = float(value)
            found |= {key: number} if isfinite(number) else {}
    return found


def is_third_party_key(key: str) -> bool:
    """Return whether a key belongs to Obsidian, Hugo, Jekyll, Zettlr, Scrivener, pandoc or the like."""
    name = normalize_key(key)
    return name in _FOREIGN or name.startswith(_FAMILIES)


def is_telling_key(key: str) -> bool:
    """Return whether a key stands in front matter only, never in a text."""
    return normalize_key(key) in _TELLING


def holds_back(key: str, value: object) -> bool:
    """Return whether another tool would not publish a text with this key and value."""
    return str(value).strip().casefold() in _HOLDING.get(normalize_key(key), ())


def normalize_key(key: str) -> str:
    """Return a key in lower case, its words joined by `_`."""
    return key.strip().casefold().replace("-", "_").replace(" ", "_")
