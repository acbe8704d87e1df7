"""Snapshot of the whole state for one viewer, and its parts that need more than the world."""

from __future__ import annotations

from discord_sandbox import viewer_payloads
from discord_sandbox.discord_objects import Json
from discord_sandbox.locales import LOCALES
from discord_sandbox.sandbox_state import SandboxState


def snapshot(state: SandboxState, viewer: int) -> Json:
    """Return everything a page needs when it opens."""
    world = state.world
    guilds = [each for each in world.guilds.values() if viewer in each.members]
    return {
        "now": world.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "me": viewer_payloads.person(world, world.user(viewer)),
        "people": [viewer_payloads.person(world, each) for each in world.users.values() if not each.bot],
        "bot": viewer_payloads.user(world.bot) | state.hub.presence(),
        "guilds": [viewer_payloads.guild(world, each, viewer) for each in guilds],
        "dms": [viewer_payloads.channel(world, each, viewer) for each in world.dms_of(viewer)],
        "commands": list(state.commands.everywhere()),
        "locales": LOCALES,
        "interactions": [each.to_json() for each in state.interactions.open_for(viewer)],
        "faults": [each.to_json() for each in state.faults],
        "offline": state.faults.offline,
        "limits": state.limits.on,
        "actions": actions(state),
        "epoch": state.epoch,
        "trace_next": state.trace.next,
    }


def actions(state: SandboxState) -> list[Json]:
    """Return the extra buttons of the page."""
    return [
        {"name": name, "label": action.label} | ({"confirm": action.confirm} if action.confirm else {})
        for name, action in state.actions.items()
    ]
