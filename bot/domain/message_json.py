"""Messages as they are stored: the code of their template and their facts, as JSON.

What is stored stays readable when a template's text changes or is translated. Text that is no such JSON is shown as it
is: faults stored before messages had codes are plain English sentences.
"""

from __future__ import annotations

import json
from typing import Any

from bot.domain.delivery.fault_messages import FAULT_MESSAGES
from bot.domain.message_templates import Fact, Listing, Message, Reason, placeholders
from bot.domain.permissions import PERMISSIONS
from bot.domain.refusal_registry import REFUSALS
from bot.domain.subscriptions.channel_reasons import CHANNEL_REASONS

TEMPLATES = {
    **{each.code: each.text for each in (*FAULT_MESSAGES, *CHANNEL_REASONS, *PERMISSIONS.values())},
    **{each.code: each.fault_template or each.template for each in REFUSALS},
}
"""The text of every template that messages are stored of, by its code."""


def encode(reason: Reason) -> str:
    """Return the message as it is stored; plain text, and a message without a code, as its text."""
    if isinstance(reason, str) or not reason.code:
        return str(reason)
    return json.dumps(_encoded(reason), ensure_ascii=False, separators=(",", ":"))


def decode(stored: str) -> Reason:
    """Return the message that was stored, or the stored text itself where it is none that this version knows."""
    if not stored.startswith("{"):
        return stored
    try:
        return _message(json.loads(stored))
    except (ValueError, TypeError, KeyError, RecursionError):
        return stored


def _encoded(fact: Fact) -> Any:
    if isinstance(fact, Listing):
        return {"list": [_encoded(each) for each in fact.items], "style": fact.style, "last": fact.last}
    if isinstance(fact, Message):
        if not fact.code:
            return str(fact)
        return {"code": fact.code, "facts": {name: _encoded(each) for name, each in fact.facts.items()}}
    return fact


def _message(data: dict[str, Any]) -> Message:
    template = TEMPLATES[data["code"]]
    facts = {name: _fact(data["facts"][name]) for name in placeholders(template)}
    return Message(template, facts, data["code"])


def _fact(data: Any) -> Fact:
    if isinstance(data, dict) and "list" in data:
        return Listing(tuple(_item(each) for each in data["list"]), data["style"], data["last"])
    return _message(data) if isinstance(data, dict) else data


def _item(data: Any) -> Message | str:
    return _message(data) if isinstance(data, dict) else str(data)
