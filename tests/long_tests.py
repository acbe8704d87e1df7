"""Long tests for `make soak`: CI leaves them out and runs the twin of each, such as the same on the other database."""

from __future__ import annotations

REASON = "long, and its twin runs here: `make soak` runs it"

LONG = frozenset(
    (
        "tests/cli/test_doctor.py::test_where_all_is_well_every_line_says_ok[postgresql]",
        "tests/content/authoring/test_killed_changes.py::test_the_folder_is_old_or_new_wherever_its_writer_is_killed[add]",
        "tests/content/authoring/test_killed_changes.py::test_the_folder_is_old_or_new_wherever_its_writer_is_killed[remove]",
        "tests/content/authoring/test_killed_changes.py::test_the_folder_is_old_or_new_wherever_its_writer_is_killed[reorder]",
        "tests/content/exporting/test_epub.py::test_epubcheck_finds_nothing[arabic]",
        "tests/content/exporting/test_epub.py::test_epubcheck_finds_nothing[cover]",
        "tests/content/exporting/test_epub.py::test_epubcheck_finds_nothing[without chapters]",
        "tests/e2e/test_restored_backup.py::test_a_backup_is_put_back[sqlite]",
        "tests/e2e/test_startup.py::test_a_gateway_that_does_not_take_this_version[4013]",
        "tests/e2e/test_suggestions_walk.py::test_an_idea_from_three_readers_to_a_credited_chapter[sqlite]",
        "tests/e2e/test_walk.py::test_a_serial_from_the_subscription_to_an_idea_accepted[postgresql]",
        "tests/page/test_first_hour.py::test_from_a_clone_and_on_to_everything_else[390]",
        "tests/services/subscriptions/test_starting_point.py::test_it_is_posted_whole_a_gap_apart[postgresql-all]",
        "tests/services/subscriptions/test_starting_point.py::test_it_is_posted_whole_a_gap_apart[postgresql-one]",
        "tests/soak/test_soak.py::test_a_few_events[postgresql]",
    )
)
"""Their node ids."""
