"""Files of the desk's page: its own, and the page kit of the sandbox."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from importlib.resources import files
from pathlib import Path
from urllib.parse import urljoin

from aiohttp import web

_OWN = Path(__file__).parent / "web"
_KIT = Path(str(files("discord_sandbox"))) / "web"
_KEY = "{{key}}"
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_PRELOADED = "{{preloaded}}"
_ENTRY = "/desk/js/main.js"
_IMPORT = re.compile(r"""^(?:import|\} from)\b[^"]*"([^"]+)";$""", re.MULTILINE)


def add_page_routes(app: web.Application, key: str) -> None:
    """Serve the page at `/` with the key in it, its files at `/desk/`, and the sandbox's at `/kit/`."""
    index = (_OWN / "index.html").read_text(encoding="utf-8")
    # All modules at once: without that the browser finds each only when it has read the one that imports it.
    links = "\n  ".join(f'<link rel="modulepreload" href="{escape(each)}">' for each in sorted(_modules()))
    index = index.replace(_KEY, escape(key)).replace(_PRELOADED, links)

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=index, content_type="text/html")

    async def own(request: web.Request) -> web.StreamResponse:
        return _serve(_OWN, request.match_info["file"])

    async def kit(request: web.Request) -> web.StreamResponse:
        return _serve(_KIT, request.match_info["file"])

    app.router.add_get("/", page)
    app.router.add_get("/desk/{file:.+}", own)
    app.router.add_get("/kit/{file:.+}", kit)


def _modules() -> set[str]:
    """Return the addresses of all modules of the page, its own and the kit's."""
    found: set[str] = set()
    left = [_ENTRY]
    while left:
        address = left.pop()
        if address not in found:
            found.add(address)
            source = _file(address).read_text(encoding="utf-8")
            left += [urljoin(address, imported) for imported in _IMPORT.findall(source)]
    return found


def _file(address: str) -> Path:
    folder, _, name = address.removeprefix("/").partition("/")
    return {"desk": _OWN, "kit": _KIT}[folder] / name


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
