"""What can be refused, and in which words.

An exception's class is its docstring is its message: the docstring is a template for a person to read, filled with
the facts the exception was raised with. Each says what is wrong and what to do next.
"""

from __future__ import annotations

import inspect
from typing import Any, ClassVar


class Refusal(Exception):
    """That cannot be done."""

    template: ClassVar[str]

    def __init_subclass__(cls) -> None:
        cls.template = " ".join(inspect.cleandoc(cls.__doc__ or "").split())

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.template.format(**facts))


class ControlOld(Refusal):
    """This button has grown old: run `/read` again, or the command it came from."""


class FormOld(Refusal):
    """This form has grown old: run the command again. What you wrote was not sent."""


class OptionUnclear(Refusal):
    """I could not make sense of one of the options. Pick from what is offered, or leave it out."""


class StoryUnknown(Refusal):
    """There is no story “{story}” that I can show you here. `/library` lists what there is."""


class StoryUnclear(Refusal):
    """Several stories could be “{story}”: {stories}. Pick one from the list that opens while you type."""


class ChapterUnclear(Refusal):
    """“{story}” has several chapters that could be “{chapter}”: {numbers}. Give the number of the one you mean."""


class StoryHidden(StoryUnknown):
    """There is nothing behind this that I can show you here. `/library` lists what there is."""


class ChapterUnknown(Refusal):
    """“{story}” has no published chapter “{chapter}”. `/story` lists its chapters."""


class ChapterNeeded(Refusal):
    """Which chapter was it used in? Name one with the `chapter` option, by its number or its title."""


class NothingPublished(Refusal):
    """Nothing of “{story}” is out yet. `/story` tells when the first chapter comes."""


class AgeRestricted(Refusal):
    """“{story}” is rated {rating} and is shown in age-restricted channels only. Ask an admin to mark this channel as
    age-restricted, or use one that is."""


class ServerNotAllowed(Refusal):
    """The author of “{story}” shares it with chosen servers only, and this one is not among them. Please ask the
    author."""


class MembersOnly(Refusal):
    """“{story}” is for members of chosen servers, and you are in none of them now. Join one again, and its chapters go
    on here."""


class NotAnAuthor(Refusal):
    """Only the authors of “{story}” can do that."""


class NotAnyAuthor(Refusal):
    """That is for authors, and you are not the author of a story here."""


class NotInServer(Refusal):
    """That works in a server only. Use it in the channel you want to set up."""


class NeedsManageServer(Refusal):
    """Only people with the Manage Server permission can do that."""


class ChannelUnsuitable(Refusal):
    """<#{channel}> cannot take chapters in that style: {reason}"""


class PermissionsMissing(Refusal):
    """I am missing permissions in <#{channel}>: {missing}. Give them to me in the channel’s settings and try again."""


class TimedOut(Refusal):
    """I am timed out until <t:{at}:f> in this server, and may not post before that. A moderator can end it sooner."""


class RightsMissing(Refusal):
    """I do nothing in <#{channel}> for you that you may not do there yourself: there you lack {missing}. Pick another
    channel, or ask somebody who may."""


class ReviewUnasked(Refusal):
    """Nobody has asked for new ideas to appear in <#{channel}>. The story’s author can, with the same command, or in
    its story.yaml."""


class MentionNotAllowed(Refusal):
    """You may not mention that role there. Pick one that everybody may mention, or ask somebody who may."""


class MentionGone(Refusal):
    """That role is not there any more. Pick another one with `mention`, or leave it out."""


class MentionUnheard(Refusal):
    """A mention of that role by me would notify nobody. Allow anyone to @mention it in the role’s settings, or let me
    mention all roles, and try again."""


class OptionsConflict(Refusal):
    """{reason}"""


class NotSubscribed(Refusal):
    """“{story}” is not subscribed in <#{channel}>. `/subscriptions` lists what is."""


class NotPaused(Refusal):
    """“{story}” is not paused in <#{channel}>. `/subscriptions` shows how it stands."""


class AlreadyPaused(Refusal):
    """“{story}” is paused in <#{channel}> already. `/resume` continues it."""


class SuggestionsClosed(Refusal):
    """“{story}” takes no suggestions at the moment. `/story` shows what is new there."""


class WindowOver(SuggestionsClosed):
    """Ideas for “{chapter}” of “{story}” were taken until <t:{at}:f>. `/suggest` takes one for a newer chapter."""


class WindowPassed(SuggestionsClosed):
    """Ideas for “{chapter}” of “{story}” were taken until the next chapter, which is out. `/suggest` takes one for
    that."""


class SuggestionsFull(SuggestionsClosed):
    """“{story}” has {count} ideas waiting for its author, as many as fit. Please try again when some are decided, or
    support one of them: `/suggestions top`."""


class ReaderBlocked(Refusal):
    """The author of “{story}” takes no more ideas from you. You can go on reading it and supporting others’ ideas."""


class WordUnwelcome(Refusal):
    """“{word}” is a word that ideas may not have here. Change it and send your idea again."""


class IdeaLost(Refusal):
    """I could not read your text back from the file. Open it, copy the text, and use `/suggest` again."""


class NothingToSuggest(Refusal):
    """There is no text in that message. `/suggest` makes an idea of your own words."""


class SuggestionEmpty(Refusal):
    """There was no idea in that. Write a sentence or two and send it again."""


class SuggestionTooLong(Refusal):
    """That idea has {length} characters; {limit} fit. Shorten it and send it again."""


class IdeaDoubted(Refusal):
    """Please look at your idea once more."""


class IdeaAgain(IdeaDoubted):
    """You made that idea for “{story}” already: it has number {number}. Do you want to make it once more?"""


class IdeaBare(IdeaDoubted):
    """Is “{idea}” all of your idea? A few words more tell the author what you mean."""


class TooManyOpenSuggestions(Refusal):
    """You have {count} undecided ideas for “{story}”, as many as one reader may have. `/suggestions withdraw` takes one
    back, or wait until the author has decided."""


class SuggestingTooFast(Refusal):
    """One idea at a time: you can send the next one <t:{at}:R>."""


class SuggestionUnknown(Refusal):
    """There is no suggestion {number} that you can see. `/suggestions mine` lists yours."""


class SuggestionNotYours(Refusal):
    """You have no idea {number}. `/suggestions mine` lists yours."""


class TransitionForbidden(Refusal):
    """Suggestion {number} is {state} now, so it cannot be {action}. {hint}"""


class MergeTargetInvalid(Refusal):
    """Suggestion {number} can only be merged into another open suggestion of the same story; {into} is not one."""


class AnonymousUnnamed(Refusal):
    """Idea {number} was made anonymously, so nobody is named for it. You can take it back with
    `/suggestions withdraw` and make it anew under your name."""


class SupportOwn(Refusal):
    """Idea {number} is your own, so it has your support already."""


class SupportClosed(Refusal):
    """Idea {number} is {state} now, so it takes no more support. `/suggestions top` shows those that do."""


class SupportMerged(Refusal):
    """Idea {number} has joined idea {into}. You can support that one: `/suggestions top` shows it."""


class MakerUnknown(Refusal):
    """Whoever made idea {number} had their data erased, so I cannot tell who that was."""


class BlockSelf(Refusal):
    """Idea {number} is your own. I do not block you from your own story."""


class BlockUnknown(Refusal):
    """No block was made with idea {number}. `undo` takes the number that the block was made with."""


class NothingToPublish(Refusal):
    """“{story}” has no finished chapter waiting. Put the next one into its folder first."""


class ChapterBroken(Refusal):
    """The next chapter of “{story}” cannot be read: {fault} Mend that, and I look again."""


class ClockWrong(Refusal):
    """My machine’s clock is not right, so I release nothing until it is. Whoever runs me has been told; please try
    again later."""


class HoldInPast(Refusal):
    """{until} is not in the future. Give a day to come, such as 2030-01-31, or a date and time."""


class MomentUnclear(Refusal):
    """I could not read “{text}” as a moment. Write it like 2030-01-31, or 2030-01-31 18:00."""


class AlreadyOnHiatus(Refusal):
    """“{story}” is on hiatus already. `/author continue` ends it."""


class NothingHeld(Refusal):
    """“{story}” is neither delayed nor on hiatus: its calendar is running."""


class HiatusInFile(Refusal):
    """“{story}” is on hiatus because its story.yaml says `status: hiatus`. Change it there to go on."""


class StoryNeeded(Refusal):
    """Which story? There are several here: pick one with the `story` option."""


class NoStoryHere(Refusal):
    """There is no story here yet. `/library` shows what there is."""


class ChannelInvisible(Refusal):
    """I cannot see <#{channel}>. Let me view it in the channel’s settings and try again."""


class ChannelElsewhere(Refusal):
    """That channel is in another server. Pick one of this server."""


class PostGone(Refusal):
    """That chapter is no longer kept. `/read` opens what is."""


class FollowRestricted(Refusal):
    """“{story}” is rated {rating}, so I do not bring it to direct messages. Read it with `/read` in an age-restricted
    channel."""


class PageRestricted(Refusal):
    """“{story}” is rated {rating}, so I send no page of it to direct messages. It can be read here, in private."""


class PageNotWelcome(Refusal):
    """I cannot write to you. Allow direct messages in this server’s privacy settings (or unblock me), then press the
    button again."""


class PageUnknown(Refusal):
    """Pages are counted from 1. Press the page’s number again and enter another."""


class StarElsewhere(Refusal):
    """Your star for this chapter is the reaction under its post. Take it back there, and it is gone here too."""


class MessagesClosed(Refusal):
    """I cannot write to you, so “{story}” would not reach you. Allow direct messages in this server’s privacy settings
    (or unblock me), then use `/follow` again."""


class NotFollowed(Refusal):
    """You do not follow “{story}”. `/library` shows what there is to follow."""


class ChapterFileUnknown(Refusal):
    """“{story}” has no chapter file “{chapter}”. Pick one from the list, or give its number."""


class ChapterFileGone(Refusal):
    """The file of that chapter of “{story}” is not there any more. Pick another from the list."""


class FilesUnreadable(Refusal):
    """The files of “{story}” cannot be read: {fault} Mend that, and I look again."""


class DiscordSlow(Refusal):
    """Discord is not answering me properly at the moment. Please try again in a minute."""


class BoardGone(Refusal):
    """That board is not kept any more. `/author board` makes one anew."""


class NothingToPoll(Refusal):
    """A poll needs two open ideas at least, and “{story}” has {count}. Accept some, or wait for more."""


class PollLengthUnclear(Refusal):
    """I could not read “{text}” as a length of time. Write it like 3 days or 12 hours; Discord allows 1 hour to
    32 days."""


class PollUnknown(Refusal):
    """That poll is not running any more. `/author poll` opens another."""


class MaybePosted(Refusal):
    """I may have posted chapters here of which I know nothing any more, because my database was restored from a backup.
    If they are all here, use `/unsubscribe` and then `/subscribe`: I go on with the next one. If some are missing,
    `/resume` posts them."""
