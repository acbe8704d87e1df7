"""Routes of the REST API, and the search for the one that matches a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from discord_sandbox.rate_limits import RateLimit
from discord_sandbox.rest.api_request import ApiRequest

Handler = Callable[[ApiRequest], Any]


@dataclass(frozen=True, slots=True)
class Route:
    """Method and path with `{names}`, its handler, and its rate limit."""

    method: str
    path: str
    handler: Handler
    limit: RateLimit | None
    """None: no bucket at all, and no rate limit headers."""
    bound: bool = True
    """True if it counts against the global limit and needs the bot's token; interaction and webhook calls do not."""


class RouteTable:
    """Routes of one resource, filled by decorating its handlers."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def __call__(
        self,
        method: str,
        path: str,
        limit: RateLimit | None = None,
        *,
        bound: bool = True,
        limited: bool = True,
    ) -> Callable[[Handler], Handler]:
        """Register the decorated function; without `limit` the route gets a generous one of its own."""

        def register(handler: Handler) -> Handler:
            own = (limit or RateLimit(f"{method} {path}", 60, 1.0)) if limited else None
            self.routes.append(Route(method, path, handler, own, bound))
            return handler

        return register


@dataclass(slots=True)
class _Node:
    fixed: dict[str, _Node] = field(default_factory=dict)
    open: tuple[str, _Node] | None = None
    routes: dict[str, tuple[Route, tuple[str, ...]]] = field(default_factory=dict)


class Router:
    """Search by path segment; a fixed segment takes precedence over a parameter."""

    def __init__(self, tables: Iterable[RouteTable]) -> None:
        self._root = _Node()
        for table in tables:
            for route in table.routes:
                self._add(route)

    def _add(self, route: Route) -> None:
        node = self._root
        names = []
        for segment in route.path.strip("/").split("/"):
            if segment.startswith("{"):
                names.append(segment[1:-1])
                if node.open is None:
                    node.open = (segment, _Node())
                node = node.open[1]
            else:
                node = node.fixed.setdefault(segment, _Node())
        if route.method in node.routes:
            raise ValueError(f"{route.method} {route.path} is served twice")
        node.routes[route.method] = (route, tuple(names))

    def find(self, method: str, raw_path: str) -> tuple[Route, dict[str, str]] | int:
        """Return the route and its parameters, percent-decoded, or else the status 404 or 405."""
        segments = raw_path.strip("/").split("/")
        found = self._descend(self._root, segments, 0, [])
        if found is None:
            return 404
        node, values = found
        if method not in node.routes:
            return 405
        route, names = node.routes[method]
        return route, dict(zip(names, values, strict=True))

    def _descend(
        self, node: _Node, segments: list[str], depth: int, values: list[str]
    ) -> tuple[_Node, list[str]] | None:
        if depth == len(segments):
            return (node, values) if node.routes else None
        fixed = node.fixed.get(segments[depth])
        if fixed is not None:
            found = self._descend(fixed, segments, depth + 1, values)
            if found is not None:
                return found
        if node.open is None:
            return None
        return self._descend(node.open[1], segments, depth + 1, [*values, unquote(segments[depth])])
