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
"""

_FOREIGN = frozenset(_KEYS.split())
_FAMILIES = ("bc_", "dg_", "excalidraw_", "kanban_", "linter_", "og_", "seo_", "share_", "typora_", "zotero_")

KEPT_BACK = frozenset({"publish", "published"})
"""Keys by which other tools keep a text from being published, where they are false."""

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


def normalize_key(key: str) -> str:
    """Return a key in lower case, its words joined by `_`."""
    return key.strip().casefold().replace("-", "_").replace(" ", "_")
