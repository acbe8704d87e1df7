"""Refusals about stories and chapters: which one is meant, and who may see or change it.

Seen by: readers.
"""

from __future__ import annotations

from bot.domain.errors import Refusal


class StoryUnknown(Refusal):
    """A story that does not exist or is not meant for this person."""

    code = "story-unknown"
    template = "There is no story “{story}” that I can show you here. `/library` lists what there is."


class StoryUnclear(Refusal):
    """A name that several stories have nearly."""

    code = "story-unclear"
    template = (
        "Several stories could be “{story}”: {stories}. Pick one from the list that opens while you type."
    )


class ChapterUnclear(Refusal):
    """A name that several chapters have nearly."""

    code = "chapter-unclear"
    template = (
        "“{story}” has several chapters that could be “{chapter}”: {numbers}. Give the number of the one "
        "you mean."
    )


class StoryHidden(StoryUnknown):
    """A button of a story that is not meant for this person."""

    code = "story-hidden"
    template = "I can’t show you that here. `/library` lists what there is."


class ChapterUnknown(Refusal):
    """A chapter that does not exist or is not out."""

    code = "chapter-unknown"
    template = "“{story}” has no published chapter “{chapter}”. `/story` lists its chapters."


class NothingPublished(Refusal):
    """A story without released chapters."""

    code = "nothing-published"
    template = "Nothing of “{story}” is out yet. `/story` shows when the first chapter comes."


class AgeRestricted(Refusal):
    """A story for adults in a channel that is not age-restricted.

    Seen by: readers, server managers.
    """

    code = "age-restricted"
    template = (
        "“{story}” is rated {rating} and is shown in age-restricted channels only. Ask an admin to mark "
        "this channel as age-restricted, or use one that is."
    )
    fault_template = (
        "The story is rated {rating}, and this channel is not age-restricted. Mark it as age-restricted in "
        "its settings."
    )


class ServerNotAllowed(Refusal):
    """`/subscribe` to a story that is for other servers.

    Seen by: server managers.
    """

    code = "server-not-allowed"
    template = (
        "The author of “{story}” shares it with certain servers only, and this is not one of "
        "them. Please ask the author."
    )


class MembersOnly(Refusal):
    """A follower who has left all servers that a story is for."""

    code = "members-only"
    template = (
        "“{story}” is for members of certain servers, and you are not in any of them now. "
        "Join one again, and you get its chapters here again."
    )


class NotAnAuthor(Refusal):
    """An author's command on a story of somebody else."""

    code = "not-an-author"
    template = "Only the authors of “{story}” can do that."


class NotAnyAuthor(Refusal):
    """An author's command of somebody without stories."""

    code = "not-any-author"
    template = "Only authors can do that, and you have no story here."


class StoryNeeded(Refusal):
    """A command without a story where several could be meant."""

    code = "story-needed"
    template = "Which story? There are several here: pick one with the `story` option."


class NoStoryHere(Refusal):
    """A command without a story where none could be meant."""

    code = "no-story-here"
    template = "There is no story here yet. `/library` shows what there is."


class ChapterFileUnknown(Refusal):
    """`/author preview` of a chapter that has no file.

    Seen by: authors.
    """

    code = "chapter-file-unknown"
    template = "“{story}” has no chapter file “{chapter}”. Pick one from the list, or give its number."


class ChapterFileGone(Refusal):
    """A preview's button after the chapter's file was removed.

    Seen by: authors.
    """

    code = "chapter-file-gone"
    template = "The file of that chapter of “{story}” no longer exists. Pick another from the list."


class FilesUnreadable(Refusal):
    """`/author preview` of a story whose files have errors.

    Seen by: authors.
    """

    code = "files-unreadable"
    template = "The files of “{story}” cannot be read: {fault} Please fix that and try again."
