"""Files of the desk's page: its own, and the page kit of the sandbox."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from pathlib import Path

from aiohttp import web

_OWN = Path(__file__).parent / "web"
_KIT = Path(str(files("discord_sandbox"))) / "web"
_KEY = "{{key}}"


def add_page_routes(app: web.Application, key: str) -> None:
    """Serve the page at `/` with the key in it, its files at `/desk/`, and the sandbox's at `/kit/`."""
    index = (_OWN / "index.html").read_text(encoding="utf-8").replace(_KEY, escape(key))

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=index, content_type="text/html")

    async def own(request: web.Request) -> web.StreamResponse:
        return _serve(_OWN, request.match_info["file"])

    async def kit(request: web.Request) -> web.StreamResponse:
        return _serve(_KIT, request.match_info["file"])

    app.router.add_get("/", page)
    app.router.add_get("/desk/{file:.+}", own)
    app.router.add_get("/kit/{file:.+}", kit)


def _serve(folder: Path, name: str) -> web.StreamResponse:
    wanted = (folder / name).resolve()
    served = wanted.suffix in (".css", ".js", ".svg")
    if not served or not wanted.is_relative_to(folder.resolve()) or not wanted.is_file():
        raise web.HTTPNotFound(reason="There is nothing here.")
    return web.FileResponse(wanted)
