"""Gateway sessions and connections of a sandbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from discord_sandbox.discord_objects import Json
from discord_sandbox.events import Event, compact
from discord_sandbox.gateway.session import ClientConnection, Session
from discord_sandbox.rate_limits import RateLimits
from discord_sandbox.trace import Trace
from discord_sandbox.world import World

IDENTIFY_EVERY = timedelta(seconds=5)
STARTS_A_DAY = 1000
CONCURRENCY = 1
"""Shards that may identify at once: `max_concurrency`, which is 1 for all but very large bots."""


class Hub:
    """Registry of sessions and connections."""

    def __init__(
        self, world: World, trace: Trace, limits: RateLimits, *, privileged: int, heartbeat: float
    ) -> None:
        self.world = world
        self.trace = trace
        self.privileged = privileged
        """Privileged intents granted to the application."""
        self.heartbeat = heartbeat
        self.url = ""
        self.connections: set[ClientConnection] = set()
        self._limits = limits
        self._sessions: dict[str, Session] = {}
        self._identified: dict[int, datetime] = {}
        self._starts: list[datetime] = []
        world.bus.listen(self._offer)

    def _offer(self, event: Event) -> None:
        for session in tuple(self._sessions.values()):
            session.offer(event)

    @property
    def sessions(self) -> list[Session]:
        """The connected sessions."""
        return [each for each in self._sessions.values() if each.connection is not None]

    @property
    def online(self) -> bool:
        """Return whether the bot has a connected session."""
        return any(each.connection is not None for each in self._sessions.values())

    def presence(self) -> Json:
        """Return the bot's status and activity."""
        for session in self.sessions:
            activities = session.presence.get("activities") or [{}]
            text = activities[0].get("state") or activities[0].get("name")
            return {"online": True, "status": session.presence.get("status") or "online", "activity": text}
        return {"online": False, "status": "offline", "activity": None}

    def publish_presence(self) -> None:
        """Publish the bot's presence to the page."""
        self.world.publish(Event("SANDBOX_BOT", self.presence))

    # --- sessions ----------------------------------------------------------------------------------------------------

    def may_identify(self, shard: int, now: datetime) -> bool:
        """Count an identify against the limits: one per five seconds and shard bucket, a thousand a day."""
        self._starts = [each for each in self._starts if now - each < timedelta(days=1)]
        last = self._identified.get(shard % CONCURRENCY)
        if self._limits.on and (
            (last is not None and now - last < IDENTIFY_EVERY) or len(self._starts) >= STARTS_A_DAY
        ):
            return False
        self._identified[shard % CONCURRENCY] = now
        self._starts.append(now)
        return True

    def start_limit(self, now: datetime) -> Json:
        """Return `session_start_limit` of /gateway/bot."""
        recent = [each for each in self._starts if now - each < timedelta(days=1)]
        reset = (recent[0] + timedelta(days=1) - now) / timedelta(milliseconds=1) if recent else 0
        return {
            "total": STARTS_A_DAY,
            "remaining": max(0, STARTS_A_DAY - len(recent)),
            "reset_after": int(reset),
            "max_concurrency": CONCURRENCY,
        }

    def start(self, intents: int, shard: tuple[int, int]) -> Session:
        """Create a session."""
        now = self.world.now()
        for stale in [each for each in self._sessions.values() if each.is_expired(now)]:
            del self._sessions[stale.id]
        session = Session(self.world, self.world.secret()[:32], intents, shard)
        self._sessions[session.id] = session
        return session

    def resumable(self, session_id: str) -> Session | None:
        """Return a session that can be resumed."""
        session = self._sessions.get(session_id)
        return None if session is None or session.is_expired(self.world.now()) else session

    def end(self, session: Session) -> None:
        """Remove a session."""
        self._sessions.pop(session.id, None)

    # --- what befalls connections ------------------------------------------------------------------------------------

    def disconnect(self, code: int = 4000) -> int:
        """Close every connection with a code and return their number."""
        return self._each(lambda each: each.close(code))

    def reconnect(self) -> int:
        """Ask every connection to reconnect (op 7)."""
        return self._each(lambda each: each.put('{"op":7,"d":null,"s":null,"t":null}'))

    def invalidate(self, *, resumable: bool = False) -> int:
        """Declare every session invalid (op 9)."""

        def strike(each: ClientConnection) -> None:
            if not resumable and each.session is not None:
                self.end(each.session)
            each.put(compact({"op": 9, "d": resumable, "s": None, "t": None}))

        return self._each(strike)

    def silence(self, seconds: float) -> int:
        """Send nothing on any connection for some seconds, not even acknowledgements."""
        return self._each(lambda each: each.silence(seconds))

    def cut(self) -> int:
        """Break every connection without a close frame, as a network failure does."""
        return self._each(lambda each: each.abort())

    def _each(self, act: Callable[[ClientConnection], None]) -> int:
        connections = tuple(self.connections)
        for each in connections:
            act(each)
        return len(connections)
