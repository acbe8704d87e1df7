"""Files of the desk's page: its own, and the page kit of the sandbox."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from importlib.resources import files
from pathlib import Path

from aiohttp import web

from bot.desk.page_bundle import bundle_modules, bundle_styles

_OWN = Path(__file__).parent / "web"
_KIT = Path(str(files("discord_sandbox"))) / "web"
_KEY = "{{key}}"
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_ENTRY = "/desk/js/main.js"
_SCRIPT, _STYLES = "/desk/all.js", "/desk/all.css"


def add_page_routes(app: web.Application, key: str) -> None:
    """Serve the page at `/` with the key in it, its files at `/desk/`, and the sandbox's at `/kit/`.

    All scripts come in one file, and all style sheets: a browser takes far longer to ask for 60 than to read them.
    """
    index, styles = bundle_styles((_OWN / "index.html").read_text(encoding="utf-8"), _source, _STYLES)
    index = index.replace(_ENTRY, _SCRIPT).replace(_KEY, escape(key))
    script = bundle_modules(_ENTRY, _source)

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=index, content_type="text/html")

    async def scripts(_request: web.Request) -> web.Response:
        return web.Response(text=script, content_type=_KINDS[".js"])

    async def sheets(_request: web.Request) -> web.Response:
        return web.Response(text=styles, content_type=_KINDS[".css"])

    async def own(request: web.Request) -> web.StreamResponse:
        return _serve(_OWN, request.match_info["file"])

    async def kit(request: web.Request) -> web.StreamResponse:
        return _serve(_KIT, request.match_info["file"])

    app.router.add_get("/", page)
    app.router.add_get(_SCRIPT, scripts)
    app.router.add_get(_STYLES, sheets)
    app.router.add_get("/desk/{file:.+}", own)
    app.router.add_get("/kit/{file:.+}", kit)


def _source(address: str) -> str:
    """Return the text of a file by its address."""
    folder, _, name = address.removeprefix("/").partition("/")
    return ({"desk": _OWN, "kit": _KIT}[folder] / name).read_text(encoding="utf-8")


def _serve(folder: Path, name: str) -> web.StreamResponse:
    wanted = (folder / name).resolve()
    kind = _KINDS.get(wanted.suffix)
    if kind is None or not wanted.is_relative_to(folder.resolve()) or not wanted.is_file():
        raise web.HTTPNotFound(reason="There is nothing here.")
    return web.Response(body=_read(wanted, wanted.stat().st_mtime_ns), content_type=kind, charset="utf-8")


@lru_cache(maxsize=256)
def _read(file: Path, _written: int) -> bytes:
    """Return a file's bytes: the page asks for many small ones at once."""
    return file.read_bytes()
