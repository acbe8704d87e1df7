"""Health port: /healthz (the process answers), /readyz (it serves), /metrics (Prometheus)."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest


class PortUnavailable(Exception):
    """The health port cannot be opened; the message says which, why, and what to do."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        reason = error.strerror or str(error)
        super().__init__(
            f"The health port {host}:{port} cannot be had: {reason}. Set another http.port, or 0 for none."
        )


class HealthServer:
    """A small HTTP server.

    `not_ready` returns the reasons why the bot does not serve now; none means that it does. `remarks` are
    problems somebody has to mend though the bot serves.
    """

    def __init__(
        self,
        registry: CollectorRegistry,
        not_ready: Callable[[], list[str]],
        remarks: Callable[[], list[str]] = list,
    ) -> None:
        self._registry = registry
        self.not_ready = not_ready
        self.remarks = remarks
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; return the port, which the system chooses if 0 was requested.

        Raises:
            PortUnavailable: the address cannot be used.
        """
        app = web.Application()
        app.add_routes(
            [
                web.get("/healthz", self._healthz),
                web.get("/readyz", self._readyz),
                web.get("/metrics", self._metrics),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise PortUnavailable(host, port, error) from error
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        reasons = self.not_ready()
        if reasons:
            return web.Response(status=503, text="".join(f"{reason}\n" for reason in reasons))
        return web.Response(text="".join(f"{line}\n" for line in ("ok", *self.remarks())))

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(
            body=generate_latest(self._registry),
            headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"},
        )
