"""Forms and answers of `/author new`, `/author schedule` and `/author note`.

Seen by: authors.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import later, t

NEW = later("Start a new story")
UPLOAD = later("Add chapters from files, after a look at them")
UPLOAD_FILE = later("A file with one chapter or a whole book: .docx, .odt, .epub, .html, .md, .txt or .zip")
UPLOAD_MORE = later("One more file")
CHAPTERS = later("List your chapters, put them in order and plan them")
SCHEDULE = later("Show or change when chapters come out")
NOTE = later("Tell your readers something between chapters")


def new_title() -> str:
    """Return the title of the form of a new story."""
    return t("A new story")


def title_label() -> str:
    """Return the label of the title's field."""
    return t("Title")


def summary_label() -> str:
    """Return the label of the summary's field."""
    return t("Summary")


def summary_hint() -> str:
    """Return the hint of the summary's field."""
    return t("A few sentences that make people curious. You can leave it empty for now.")


def rating_label() -> str:
    """Return the label of the rating's menu."""
    return t("Who is it for?")


def schedule_label() -> str:
    """Return the label of the schedule's field."""
    return t("When do chapters come out?")


def schedule_hint() -> str:
    """Return the hint of the schedule's field."""
    return t("Such as: tue, fri at 18:00. Left empty, each chapter gets its own time.")


def zone_label() -> str:
    """Return the label of the time zone's field."""
    return t("Your time zone")


def zone_hint() -> str:
    """Return the hint of the time zone's field."""
    return t("A big city near you, such as Europe/Berlin. The times above are meant there.")


def try_again_button() -> str:
    """Return the label of the button that opens a form again with what was typed."""
    return t("Correct it")


def typed_kept(schedule: str, zone: str) -> str:
    """Return that nothing typed is lost, with the schedule as it was typed."""
    return t(
        "You wrote: {schedule} ({zone}). Everything is kept; press the button.", schedule=schedule, zone=zone
    )


def created(title: str) -> str:
    """Return that a story was made."""
    return t("### {story} is ready for its first chapter", story=title)


def created_next() -> str:
    """Return what to do after a story was made."""
    return t(
        "Send your chapters with `/author upload`: a file for each, or the whole book. I show you every page before "
        "anything is written."
    )


def schedule_title(title: str) -> str:
    """Introduce a story's schedule."""
    return t("### When {story} comes out", story=title)


def schedule_words(schedule: str, zone: str) -> str:
    """Return a schedule as it is written."""
    return t("**{schedule}**, in the time of {zone}", schedule=schedule, zone=zone)


def no_schedule(zone: str) -> str:
    """Return that a story has no schedule."""
    return t("There is no schedule: each chapter has a time of its own, in the time of {zone}.", zone=zone)


def slots(moments: str) -> str:
    """Return the next times, a list of timestamps."""
    return t("Next times: {moments}", moments=moments)


def schedule_button() -> str:
    """Return the label of the button that opens the form of a schedule."""
    return t("Change it")


def schedule_form_title() -> str:
    """Return the title of the form of a schedule."""
    return t("Change the schedule")


def schedule_preview() -> str:
    """Return that a schedule is not saved yet."""
    return t("This is what it would be. Nothing is changed yet.")


def save_button() -> str:
    """Return the label of the button that saves a schedule."""
    return t("Save it")


def schedule_saved() -> str:
    """Return that a schedule was saved."""
    return t("✅ Saved. Chapters that have a time of their own keep it.")


def note_form_title() -> str:
    """Return the title of the form of a note."""
    return t("A note to your readers")


def note_label() -> str:
    """Return the label of a note's field."""
    return t("What do you want to say?")


def note_hint() -> str:
    """Return the hint of a note's field."""
    return t("You see it before it goes out. Nobody is mentioned.")


def note_preview(note: str) -> str:
    """Introduce the preview of a note, quoted."""
    return t("### Tell your readers?\n{note}", note=note)


def download_failed() -> str:
    """Return that Discord did not hand out a file."""
    return t("Discord did not give it to me. Please send it again.")


def note_discarded() -> str:
    """Return that a note was not sent."""
    return t("Nothing was sent.")


def discard_button() -> str:
    """Return the label of the button that throws something away."""
    return t("Discard")
