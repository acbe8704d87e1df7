"""Names of files and folders that people keep beside their chapters: overviews, notes, drafts, pictures."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.stories.story import NUMBER

_OVERVIEWS = """
    readme|read me|summary|index|toc|table of contents|contents|licen[cs]e|copying|change ?log|contributing|contributors
    code of conduct|outline|chapter (?:list|index)|list of chapters
    inhalt|inhaltsverzeichnis|gliederung|lies ?mich|sommaire|table des matieres|lisez moi|indice|tabla de contenidos?
    leeme|leiame|sumario|sommario|inhoud|inhoudsopgave|spis tresci|obsah|icindekiler|innehall|muc luc|daftar isi
    оглавление|содержание|зміст|съдържание|περιεχομενα|תוכן עניינים|فهرس|الفهرس|विषय सूची|अनुक्रमणिका|สารบัญ
    目录|目錄|目次|大纲|大綱|说明|說明|목차|개요
"""
_BESIDE = """
    authors|credits|to ?do|notes?|synopsis|ideas?|characters?|character sheets?|cast|world|world ?building|timeline
    glossary|research|plan|plot|style|style ?guide|about|blurb|bible|story bible|story|series|scratch|scraps|news
    (?:all|full|complete|whole|entire|compiled|combined)(?: (?:chapters|book|story|text|novel|manuscript|draft))?
    final (?:book|story|text|novel|manuscript|draft)
    book|novel|manuscript|draft|drafts|everything|compiled|text
    notizen|figuren|charaktere|ideen|entwurf|manuskript|buch|roman|gesamt|gesamttext|alles|recherche|zeitleiste
    personnages|brouillon|manuscrit|livre|complet|texte complet|idees|recherches|chronologie
    personajes|notas|ideas|borrador|manuscrito|libro|completo|novela|cronologia|personagens|rascunho|livro
    personaggi|appunti|bozza|libro completo|note dell autore
    заметки|план|персонажи|черновик|рукопись|книга|роман|полностью|идеи|σημειωσεις|χαρακτηρες|βιβλιο|σχεδιο
    ملاحظات|شخصيات|مسودة|الكتاب|הערות|דמויות|טיוטה|टिप्पणियाँ|पात्र|मसौदा|पुस्तक|บันทึก|ตัวละคร|ร่าง|ต้นฉบับ
    笔记|筆記|人物|人物设定|设定|設定|全文|全书|全書|全本|手稿|草稿|初稿|原稿|下書き|メモ|プロット|登場人物|あらすじ|資料
    메모|설정|등장인물|원고|초고|초안|전체|줄거리
"""
_FOLDERS = """
    drafts?|old drafts?|notes?|archives?|archived|old|older|backups?|bak|trash|bin|deleted|research|scraps|unused
    cut scenes|deleted scenes|outtakes|templates?|references?|ideas|characters|worldbuilding|outlines?|versions
    images?|imgs?|pictures|pics|assets|media|attachments|figures|covers?|fonts|css|js|static|exports?|output|build|dist
    entwurfe|notizen|archiv|altes?|sicherung|sicherungen|papierkorb|bilder|recherche|vorlagen|anhange|figuren
    brouillons|corbeille|sauvegardes?|anciens?|recherches|modeles|pieces jointes
    borradores|notas|archivos?|viejo|papelera|respaldos?|investigacion|imagenes|plantillas|rascunhos|lixeira
    bozze|appunti|archivio|vecchio|cestino|immagini|черновики|заметки|архив|старое|корзина|картинки|изображения
    προχειρα|σημειωσεις|αρχειο|παλια|εικονες|مسودات|ملاحظات|ارشيف|أرشيف|صور|טיוטות|הערות|ארכיון|תמונות|मसौदे|टिप्पणियाँ|चित्र
    ร่าง|บันทึก|รูปภาพ|草稿|笔记|筆記|存档|归档|旧稿|备份|備份|回收站|图片|圖片|下書き|メモ|没|ボツ|資料|画像|アーカイブ|ゴミ箱
    초안|메모|보관|백업|휴지통|이미지|자료
"""
_OF_TOOLS = re.compile(
    r"lost\+found|\$recycle\.bin|system volume information|recycler|@eadir|node_modules|stversions",
    re.IGNORECASE,
)
_SIDECAR = re.compile(
    r"(?P<of>.+)[.](?:meta|notes?|outline|synopsis|summary|todo|comments?|bak|old|orig)", re.IGNORECASE
)
_ORDER = re.compile(rf"(?:0+|(?P<counts>{NUMBER}))[-_. ]+(?=.)")


def _compared(text: str) -> str:
    """Return a text in one case and without accents; the vowels of Indian and Thai scripts are marks too, and stay."""
    split = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in split if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare)


def _pattern(names: str) -> re.Pattern[str]:
    return re.compile("|".join(line.strip() for line in _compared(names).strip().splitlines()))


_OVERVIEW, _BESIDE_CHAPTERS, _NO_PART = map(_pattern, (_OVERVIEWS, _BESIDE, _FOLDERS))


def is_overview(stem: str) -> bool:
    """Return whether a file's name is that of a README, a table of contents, an outline or the like.

    One with a number before it, as in `12-index`, is a chapter's; a zero does not count.
    """
    return _matches(_OVERVIEW, stem)


def may_be_no_chapter(stem: str) -> bool:
    """Return whether a file's name is that of notes, of a draft or of a whole book; a chapter may have it too."""
    return _matches(_BESIDE_CHAPTERS, stem)


def is_kept_beside(folder: str) -> bool:
    """Return whether a folder's name is that of drafts, notes, pictures or the like, and of no part of a story."""
    return _matches(_NO_PART, folder)


def is_left_by_a_tool(folder: str) -> bool:
    """Return whether a system, a disk or a tool makes folders of that name for itself."""
    return _OF_TOOLS.fullmatch(folder) is not None


def sidecar_of(stem: str) -> str | None:
    """Return the name of the file that one called `ch-01.notes` belongs to, or None."""
    found = _SIDECAR.fullmatch(stem)
    return found["of"] if found else None


def _matches(names: re.Pattern[str], name: str) -> bool:
    order = _ORDER.match(name)
    if order is not None and order["counts"] is not None:
        return False
    compared = _compared(name[order.end() :] if order else name)
    return names.fullmatch(" ".join(re.sub("[-_]", " ", compared).split())) is not None
