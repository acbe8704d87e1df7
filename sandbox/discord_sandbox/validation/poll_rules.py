"""Validation of polls. Limits per Discord's poll page: question 300, ten answers of 55, up to 32 days."""

from __future__ import annotations

from discord_sandbox.discord_objects import Json
from discord_sandbox.validation.field_reader import FieldReader


def read_poll(fields: FieldReader) -> Json:
    """Validate the poll of a message body: question, numbered answers, hours, multiple choice."""
    fields.require("question", "answers")
    question = fields.object("question")
    question.require("text")
    answers: list[Json] = []
    for number, answer in enumerate(fields.objects("answers", 10, 1), start=1):
        answer.require("poll_media")
        media = answer.object("poll_media")
        read: Json = {"text": media.text("text", 55, 1)}
        if not media.has("text") and not media.has("emoji"):
            media.fault("text", "BASE_TYPE_REQUIRED", "This field is required")
        if media.has("emoji"):
            read["emoji"] = media.emoji("emoji")
        answers.append({"answer_id": number, "poll_media": read})
    return {
        "question": {"text": question.text("text", 300, 1)},
        "answers": answers,
        "hours": fields.integer("duration", 1, 768, 24),
        "multiselect": fields.boolean("allow_multiselect"),
        "layout": fields.choice("layout_type", {1}) or 1,
    }
