"""Refusals of what authors do to their files from Discord.

Seen by: authors.
"""

from __future__ import annotations

from bot.domain.errors import Refusal


class MayNotCreate(Refusal):
    """`/author new` by somebody who is not on the operators' list."""

    code = "may-not-create"
    template = (
        "To start a story here, ask whoever runs this bot to add your id, `{user}`, to `authors_may_create`. "
        "Then `/author new` is yours."
    )


class ContentNotWritable(Refusal):
    """A change of files where the bot may not write them."""

    code = "content-not-writable"
    template = (
        "I can’t write the stories’ files here ({reason}), so nothing was changed. Please ask whoever runs "
        "this bot."
    )


class TitleNeeded(Refusal):
    """A form without a title."""

    code = "title-needed"
    template = "The story needs a title. Press the button to fill it in; the rest is kept."


class ScheduleUnclear(Refusal):
    """A schedule or a time zone that makes no sense."""

    code = "schedule-unclear"
    template = "I don’t understand that schedule yet. {detail}"


class DraftGone(Refusal):
    """A button under a preview whose text or file is kept no longer."""

    code = "draft-gone"
    template = (
        "I no longer have what you sent: it is kept for a day, or it was used or discarded already. "
        "Please use the command again."
    )


class UploadTooLarge(Refusal):
    """`/author upload` of more than the bot takes."""

    code = "upload-too-large"
    template = "“{file}” is too large: I take up to {limit} MB at once. Send it in parts, please."


class ScheduleChanged(Refusal):
    """A schedule that somebody else has changed since its preview."""

    code = "schedule-changed"
    template = (
        "Somebody has changed the schedule of “{story}” meanwhile, so I saved nothing. Use `/author schedule` to see "
        "what it is now, and to set yours if you still want it."
    )


class UploadUnreadable(Refusal):
    """`/author upload` of a file that cannot be imported."""

    code = "upload-unreadable"
    template = "I can’t read “{file}”: {problem}"


class UploadEmpty(Refusal):
    """`/author upload` of files without any text."""

    code = "upload-empty"
    template = "There is no chapter in that. Send the text as .docx, .odt, .epub, .html, .md or .txt, please."


class ChapterIsOut(Refusal):
    """A change that only a chapter that is not out can take."""

    code = "chapter-is-out"
    template = (
        "“{chapter}” is out already, so it stays where it is. To change its text, use `/author upload` with the new "
        "version."
    )


class ChapterTimePast(Refusal):
    """A time for a chapter that is past."""

    code = "chapter-time-past"
    template = (
        "“{moment}” is past. Give a later time, or use `/author publish` to publish the next chapter now."
    )


class PlaceUnclear(Refusal):
    """A place for a chapter that is no number, or before chapters that are out."""

    code = "place-unclear"
    template = "“{place}” is no place for it. Give a number from {first} to {last}."


class FileChangeRefused(Refusal):
    """A change that the files do not take, such as after somebody else’s edit."""

    code = "file-change-refused"
    template = "Nothing was changed: {problem} Please look at `/author chapters` and try again."


class NoteEmpty(Refusal):
    """`/author note` without a word."""

    code = "note-empty"
    template = "There is nothing in it yet. Use `/author note` again and write a few words."


class NoteTooSoon(Refusal):
    """More notes in a day than readers want."""

    code = "note-too-soon"
    template = (
        "“{story}” has had {count} notes within a day, which is plenty. The next can go out <t:{at}:R>."
    )
