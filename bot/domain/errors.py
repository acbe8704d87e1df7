"""Refusals: what cannot be done, in words for the person who asked.

A refusal's template says what is wrong and what to do next, and is filled with the facts the refusal was raised with.
Its code stands for it where it is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from bot.domain.messages import Message, placeholders


class Refusal(Exception):
    """Something that was asked for and cannot be done."""

    code: ClassVar[str] = "refusal"
    """Never changes: faults are stored under it."""

    template: ClassVar[str] = "That cannot be done."

    fault_template: ClassVar[str | None] = None
    """Words a destination's fault, which is shown beside its channel and story and need not name them; None: as
    `template` does."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.template.format_map(facts))

    @property
    def fault_reason(self) -> Message:
        """The message that is stored and shown where this keeps a story out of a destination."""
        template = self.fault_template or self.template
        return Message(template, {name: self.facts[name] for name in placeholders(template)}, self.code)


def every_refusal(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Yield every kind of refusal below this one."""
    for each in kind.__subclasses__():
        yield each
        yield from every_refusal(each)


class ControlOld(Refusal):
    code = "control-old"
    template = "This button has grown old: run `/read` again, or the command it came from."


class FormOld(Refusal):
    code = "form-old"
    template = "This form has grown old: run the command again. What you wrote was not sent."


class OptionUnclear(Refusal):
    code = "option-unclear"
    template = "I could not make sense of one of the options. Pick from what is offered, or leave it out."


class StoryUnknown(Refusal):
    code = "story-unknown"
    template = "There is no story “{story}” that I can show you here. `/library` lists what there is."


class StoryUnclear(Refusal):
    code = "story-unclear"
    template = (
        "Several stories could be “{story}”: {stories}. Pick one from the list that opens while you type."
    )


class ChapterUnclear(Refusal):
    code = "chapter-unclear"
    template = (
        "“{story}” has several chapters that could be “{chapter}”: {numbers}. Give the number of the one "
        "you mean."
    )


class StoryHidden(StoryUnknown):
    code = "story-hidden"
    template = "There is nothing behind this that I can show you here. `/library` lists what there is."


class ChapterUnknown(Refusal):
    code = "chapter-unknown"
    template = "“{story}” has no published chapter “{chapter}”. `/story` lists its chapters."


class ChapterNeeded(Refusal):
    code = "chapter-needed"
    template = "Which chapter was it used in? Name one with the `chapter` option, by its number or its title."


class NothingPublished(Refusal):
    code = "nothing-published"
    template = "Nothing of “{story}” is out yet. `/story` tells when the first chapter comes."


class AgeRestricted(Refusal):
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
    code = "server-not-allowed"
    template = (
        "The author of “{story}” shares it with chosen servers only, and this one is not among them. Please "
        "ask the author."
    )


class MembersOnly(Refusal):
    code = "members-only"
    template = (
        "“{story}” is for members of chosen servers, and you are in none of them now. Join one again, and "
        "its chapters go on here."
    )


class NotAnAuthor(Refusal):
    code = "not-an-author"
    template = "Only the authors of “{story}” can do that."


class NotAnyAuthor(Refusal):
    code = "not-any-author"
    template = "That is for authors, and you are not the author of a story here."


class NotInServer(Refusal):
    code = "not-in-server"
    template = "That works in a server only. Use it in the channel you want to set up."


class NeedsManageServer(Refusal):
    code = "needs-manage-server"
    template = "Only people with the Manage Server permission can do that."


class ChannelUnsuitable(Refusal):
    code = "channel-unsuitable"
    template = "<#{channel}> cannot take chapters in that style: {reason}"
    fault_template = "This channel takes no chapters in that style: {reason}"


class PermissionsMissing(Refusal):
    code = "permissions-missing"
    template = (
        "I am missing permissions in <#{channel}>: {missing}. Give them to me in the channel’s settings and "
        "try again."
    )
    fault_template = "I am missing permissions: {missing}. Give them to me in the channel’s settings."


class TimedOut(Refusal):
    code = "timed-out"
    template = (
        "I am timed out until <t:{at}:f> in this server, and may not post before that. A moderator can end "
        "it sooner."
    )


class RightsMissing(Refusal):
    code = "rights-missing"
    template = (
        "I do nothing in <#{channel}> for you that you may not do there yourself: there you lack {missing}. "
        "Pick another channel, or ask somebody who may."
    )


class ReviewUnasked(Refusal):
    code = "review-unasked"
    template = (
        "Nobody has asked for new ideas to appear in <#{channel}>. The story’s author can, with the same "
        "command, or in its story.yaml."
    )


class MentionNotAllowed(Refusal):
    code = "mention-not-allowed"
    template = (
        "You may not mention that role there. Pick one that everybody may mention, or ask somebody who may."
    )


class MentionGone(Refusal):
    code = "mention-gone"
    template = "That role is not there any more. Pick another one with `mention`, or leave it out."


class MentionUnheard(Refusal):
    code = "mention-unheard"
    template = (
        "A mention of that role by me would notify nobody. Allow anyone to @mention it in the role’s "
        "settings, or let me mention all roles, and try again."
    )


class OptionsConflict(Refusal):
    code = "options-conflict"
    template = "{reason}"


class NotSubscribed(Refusal):
    code = "not-subscribed"
    template = "“{story}” is not subscribed in <#{channel}>. `/subscriptions` lists what is."


class NotPaused(Refusal):
    code = "not-paused"
    template = "“{story}” is not paused in <#{channel}>. `/subscriptions` shows how it stands."


class AlreadyPaused(Refusal):
    code = "already-paused"
    template = "“{story}” is paused in <#{channel}> already. `/resume` continues it."


class SuggestionsClosed(Refusal):
    code = "suggestions-closed"
    template = "“{story}” takes no suggestions at the moment. `/story` shows what is new there."


class WindowOver(SuggestionsClosed):
    code = "window-over"
    template = (
        "Ideas for “{chapter}” of “{story}” were taken until <t:{at}:f>. `/suggest` takes one for a newer "
        "chapter."
    )


class WindowPassed(SuggestionsClosed):
    code = "window-passed"
    template = (
        "Ideas for “{chapter}” of “{story}” were taken until the next chapter, which is out. `/suggest` "
        "takes one for that."
    )


class SuggestionsFull(SuggestionsClosed):
    code = "suggestions-full"
    template = (
        "“{story}” has {count} ideas waiting for its author, as many as fit. Please try again when some are "
        "decided, or support one of them: `/suggestions top`."
    )


class ReaderBlocked(Refusal):
    code = "reader-blocked"
    template = (
        "The author of “{story}” takes no more ideas from you. You can go on reading it and supporting "
        "others’ ideas."
    )


class WordUnwelcome(Refusal):
    code = "word-unwelcome"
    template = "“{word}” is a word that ideas may not have here. Change it and send your idea again."


class IdeaLost(Refusal):
    code = "idea-lost"
    template = (
        "I could not read your text back from the file. Open it, copy the text, and use `/suggest` again."
    )


class NothingToSuggest(Refusal):
    code = "nothing-to-suggest"
    template = "There is no text in that message. `/suggest` makes an idea of your own words."


class SuggestionEmpty(Refusal):
    code = "suggestion-empty"
    template = "There was no idea in that. Write a sentence or two and send it again."


class SuggestionTooLong(Refusal):
    code = "suggestion-too-long"
    template = "That idea has {length} characters; {limit} fit. Shorten it and send it again."


class IdeaDoubted(Refusal):
    code = "idea-doubted"
    template = "Please look at your idea once more."


class IdeaAgain(IdeaDoubted):
    code = "idea-again"
    template = (
        "You made that idea for “{story}” already: it has number {number}. Do you want to make it once more?"
    )


class IdeaBare(IdeaDoubted):
    code = "idea-bare"
    template = "Is “{idea}” all of your idea? A few words more tell the author what you mean."


class TooManyOpenSuggestions(Refusal):
    code = "too-many-open-suggestions"
    template = (
        "You have {count} undecided ideas for “{story}”, as many as one reader may have. `/suggestions "
        "withdraw` takes one back, or wait until the author has decided."
    )


class SuggestingTooFast(Refusal):
    code = "suggesting-too-fast"
    template = "One idea at a time: you can send the next one <t:{at}:R>."


class SuggestionUnknown(Refusal):
    code = "suggestion-unknown"
    template = "There is no suggestion {number} that you can see. `/suggestions mine` lists yours."


class SuggestionNotYours(Refusal):
    code = "suggestion-not-yours"
    template = "You have no idea {number}. `/suggestions mine` lists yours."


class TransitionForbidden(Refusal):
    code = "transition-forbidden"
    template = "Suggestion {number} is {state} now, so it cannot be {action}. {hint}"


class MergeTargetInvalid(Refusal):
    code = "merge-target-invalid"
    template = (
        "Suggestion {number} can only be merged into another open suggestion of the same story; {into} is "
        "not one."
    )


class AnonymousUnnamed(Refusal):
    code = "anonymous-unnamed"
    template = (
        "Idea {number} was made anonymously, so nobody is named for it. You can take it back with "
        "`/suggestions withdraw` and make it anew under your name."
    )


class SupportOwn(Refusal):
    code = "support-own"
    template = "Idea {number} is your own, so it has your support already."


class SupportClosed(Refusal):
    code = "support-closed"
    template = (
        "Idea {number} is {state} now, so it takes no more support. `/suggestions top` shows those that do."
    )


class SupportMerged(Refusal):
    code = "support-merged"
    template = "Idea {number} has joined idea {into}. You can support that one: `/suggestions top` shows it."


class MakerUnknown(Refusal):
    code = "maker-unknown"
    template = "Whoever made idea {number} had their data erased, so I cannot tell who that was."


class BlockSelf(Refusal):
    code = "block-self"
    template = "Idea {number} is your own. I do not block you from your own story."


class BlockUnknown(Refusal):
    code = "block-unknown"
    template = "No block was made with idea {number}. `undo` takes the number that the block was made with."


class NothingToPublish(Refusal):
    code = "nothing-to-publish"
    template = "“{story}” has no finished chapter waiting. Put the next one into its folder first."


class ChapterBroken(Refusal):
    code = "chapter-broken"
    template = "The next chapter of “{story}” cannot be read: {fault} Mend that, and I look again."


class ClockWrong(Refusal):
    code = "clock-wrong"
    template = (
        "My machine’s clock is not right, so I release nothing until it is. Whoever runs me has been told; "
        "please try again later."
    )


class HoldInPast(Refusal):
    code = "hold-in-past"
    template = "{until} is not in the future. Give a day to come, such as 2030-01-31, or a date and time."


class MomentUnclear(Refusal):
    code = "moment-unclear"
    template = "I could not read “{text}” as a moment. Write it like 2030-01-31, or 2030-01-31 18:00."


class AlreadyOnHiatus(Refusal):
    code = "already-on-hiatus"
    template = "“{story}” is on hiatus already. `/author continue` ends it."


class NothingHeld(Refusal):
    code = "nothing-held"
    template = "“{story}” is neither delayed nor on hiatus: its calendar is running."


class HiatusInFile(Refusal):
    code = "hiatus-in-file"
    template = (
        "“{story}” is on hiatus because its story.yaml says `status: hiatus`. Change it there to go on."
    )


class StoryNeeded(Refusal):
    code = "story-needed"
    template = "Which story? There are several here: pick one with the `story` option."


class NoStoryHere(Refusal):
    code = "no-story-here"
    template = "There is no story here yet. `/library` shows what there is."


class ChannelInvisible(Refusal):
    code = "channel-invisible"
    template = "I cannot see <#{channel}>. Let me view it in the channel’s settings and try again."
    fault_template = (
        "I cannot see this channel. Let me view it in the channel’s settings, or /unsubscribe it."
    )


class ChannelElsewhere(Refusal):
    code = "channel-elsewhere"
    template = "That channel is in another server. Pick one of this server."
    fault_template = "This channel is in another server now. Subscribe another one, or /unsubscribe it."


class PostGone(Refusal):
    code = "post-gone"
    template = "That chapter is no longer kept. `/read` opens what is."


class FollowRestricted(Refusal):
    code = "follow-restricted"
    template = (
        "“{story}” is rated {rating}, so I do not bring it to direct messages. Read it with `/read` in an "
        "age-restricted channel."
    )


class PageRestricted(Refusal):
    code = "page-restricted"
    template = (
        "“{story}” is rated {rating}, so I send no page of it to direct messages. It can be read here, in "
        "private."
    )


class PageNotWelcome(Refusal):
    code = "page-not-welcome"
    template = (
        "I cannot write to you. Allow direct messages in this server’s privacy settings (or unblock me), "
        "then press the button again."
    )


class PageUnknown(Refusal):
    code = "page-unknown"
    template = "Pages are counted from 1. Press the page’s number again and enter another."


class StarElsewhere(Refusal):
    code = "star-elsewhere"
    template = (
        "Your star for this chapter is the reaction under its post. Take it back there, and it is gone here "
        "too."
    )


class MessagesClosed(Refusal):
    code = "messages-closed"
    template = (
        "I cannot write to you, so “{story}” would not reach you. Allow direct messages in this server’s "
        "privacy settings (or unblock me), then use `/follow` again."
    )


class NotFollowed(Refusal):
    code = "not-followed"
    template = "You do not follow “{story}”. `/library` shows what there is to follow."


class ChapterFileUnknown(Refusal):
    code = "chapter-file-unknown"
    template = "“{story}” has no chapter file “{chapter}”. Pick one from the list, or give its number."


class ChapterFileGone(Refusal):
    code = "chapter-file-gone"
    template = "The file of that chapter of “{story}” is not there any more. Pick another from the list."


class FilesUnreadable(Refusal):
    code = "files-unreadable"
    template = "The files of “{story}” cannot be read: {fault} Mend that, and I look again."


class DiscordSlow(Refusal):
    code = "discord-slow"
    template = "Discord is not answering me properly at the moment. Please try again in a minute."


class DiscordBusy(Refusal):
    code = "discord-busy"
    template = DiscordSlow.template


class BoardGone(Refusal):
    code = "board-gone"
    template = "That board is not kept any more. `/author board` makes one anew."


class NothingToPoll(Refusal):
    code = "nothing-to-poll"
    template = (
        "A poll needs two open ideas at least, and “{story}” has {count}. Accept some, or wait for more."
    )


class PollLengthUnclear(Refusal):
    code = "poll-length-unclear"
    template = (
        "I could not read “{text}” as a length of time. Write it like 3 days or 12 hours; Discord allows 1 "
        "hour to 32 days."
    )


class PollUnknown(Refusal):
    code = "poll-unknown"
    template = "That poll is not running any more. `/author poll` opens another."


class MaybePosted(Refusal):
    code = "maybe-posted"
    template = (
        "I may have posted chapters here of which I know nothing any more, because my database was restored "
        "from a backup. If they are all here, use `/unsubscribe` and then `/subscribe`: I go on with the "
        "next one. If some are missing, `/resume` posts them."
    )
