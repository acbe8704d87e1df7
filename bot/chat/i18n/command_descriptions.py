"""What Discord shows about commands before they run, in English: descriptions of 100 characters at most.

Discord is given every language's at once, when the commands are registered: see `bot.chat.i18n.command_translator`.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import t

SUBSCRIBE = "Have the chapters of a story posted in a channel"
SUBSCRIBE_STORY = "The story"
SUBSCRIBE_CHANNEL = "Where the chapters go; this channel if you leave it out"
SUBSCRIBE_START = "Where to begin; the next new chapter if you leave it out"
SUBSCRIBE_PACE = "A pace of the channel’s own, such as “tue, fri at 18:00”; as released if you leave it out"
SUBSCRIBE_STYLE = "What a chapter looks like there; pages to turn if you leave it out"
SUBSCRIBE_PUBLISH = "Hand each card on to the channel’s followers (announcement channels)"
SUBSCRIBE_TAG = "The tag of each post (forums)"
SUBSCRIBE_MENTION = "A role to mention with every new chapter"
STYLE_PAGES = "pages: one post whose pages everybody turns"
STYLE_THREAD = "thread: the whole chapter in a thread, or a forum’s post, of its own"
STYLE_CARD = "card: an announcement with a Read button"
PACES = (
    "daily at 18:00",
    "weekdays at 18:00",
    "tue, fri at 18:00",
    "sundays at 12:00",
    "every 3 days at 18:00",
)


def as_released() -> str:
    """The pace that is none, as it is offered."""
    return t("as released")


START_NEXT = "with the next new chapter"
START_LATEST = "with the newest chapter, now"
START_BEGINNING = "from the beginning, everything that is out"

UNSUBSCRIBE = "Stop posting a story in a channel"
SUBSCRIPTIONS = "List what is subscribed in this server, and how it stands"
PAUSE = "Stop a subscription for a while; it keeps its place"
RESUME = "Continue a paused subscription where it stopped"
SUBSCRIBED_STORY = "The subscribed story"
SUBSCRIBED_CHANNEL = "The channel it is posted in; this one if you leave it out"

LIBRARY = "See which stories there are to read"
STORY = "See how one story stands: its chapters and when the next one comes"
STORY_STORY = "The story"
READ = "Read in private, at your own pace and from your own place"
READ_STORY = "The story; the one you read last if you leave it out"
READ_CHAPTER = "A chapter to open; your place if you leave it out"

SUGGEST = "Suggest to an author what should happen"
SUGGEST_IDEA = "Your idea; leave it out to write it in a form"
SUGGEST_STORY = "The story it is for; the one of this channel if you leave it out"
SUGGEST_CHAPTER = "The chapter it is about"
SUGGEST_ANONYMOUS = "Keep your name from the readers"
SUGGESTIONS = "Your ideas"
MINE = "See your ideas and what became of them"
WITHDRAW = "Take one of your ideas back"
WITHDRAW_NUMBER = "The number of the idea"

AUTHOR = "For authors: ideas and the calendar"
QUEUE = "Go through the ideas for your stories and decide"
QUEUE_STORY = "Only ideas for this story"
QUEUE_STATE = "Only ideas that stand so; new ones if you leave it out"
QUEUE_ANY = "all"
STATS = "See how your story is read: by chapter, from chapter to chapter, and within"
PREVIEW = "See a chapter as readers will see it, from its file as it is now"
PREVIEW_CHAPTER = "The chapter, also one that is not out yet"
DECIDE = "Decide on one idea"
DECIDE_NUMBER = "The number of the idea"
DECIDE_DECISION = "What you decide"
DECIDE_REASON = "A word to whoever made it"
DECIDE_CHAPTER = "The chapter it was used in (for “used”)"
DECIDE_INTO = "The number of the idea it joins (for “merge”)"
PUBLISH = "Publish the next finished chapter now"
DELAY = "Publish nothing before a certain day"
DELAY_UNTIL = "A day or moment, such as 2030-01-31 or 2030-01-31 18:00"
HIATUS = "Publish nothing until further notice"
HOLD_REASON = "A word to your readers"
CONTINUE = "End a delay or a hiatus"
AUTHOR_STORY = "Your story"

HELP = "See what you can do here"
PRIVACY = "What I keep of you: get it, or have it erased"
EXPORT = "Get everything I keep of you as a file; only you see it"
ERASE = "Have what I keep of you erased; I ask twice"
FOLLOW = "Get a story’s new chapters by direct message"
UNFOLLOW = "Stop getting a story’s chapters by direct message"
FOLLOWED_STORY = "A story you follow"
