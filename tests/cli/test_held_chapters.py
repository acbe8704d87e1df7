"""`check -c` and `plan -c` name what is held back, and `doctor` the stories whose files are away."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import yaml

from bot.clock import ManualClock
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.releases.content_sync import ContentSync
from bot.services.stories.publishable_content import PublishableContent
from bot.store.database import Database
from bot.store.subscriptions.subscription_records import NewSubscription
from tests.cli.test_check import fascicle
from tests.content.samples import put, read, story

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TEXT = " ".join(f"word{number}" for number in range(120))
OTHER = " ".join(f"other{number}" for number in range(120))


def placed(root: Path) -> Path:
    """A story whose first chapter is out and posted to a channel; returns the configuration."""
    yaml_text = "title: The Lamp\nrelease: {schedule: daily at 18:00, backlog: 1}\n"
    content = story(root / "content", {"chapters/1-one.md": TEXT, "chapters/2-two.md": OTHER}, yaml=yaml_text)
    url = f"sqlite+aiosqlite:///{root}/a.db"
    config = root / "config.yaml"
    config.write_text(yaml.safe_dump({"database": {"url": url}, "content": {"path": str(content)}}))
    library, clock = read(content), ManualClock(NOW)

    async def fill() -> None:
        store = await Database.open(url)
        await ContentSync(store, PublishableContent(library, store, clock), clock).sync()
        async with store.begin() as tx:
            new = NewSubscription("lamp", 1, 2, None, 3, NOW, 1, SubscriptionOptions())
            await tx.subscriptions.add(new)
        await store.close()

    asyncio.run(fill())
    return config


def test_a_copy_of_what_is_out_is_named_and_not_planned(tmp_path: Path) -> None:
    config = placed(tmp_path)
    assert fascicle("check", "-c", config).exit_code == 0
    put(tmp_path / "content", {"lamp/chapters/3-three.md": TEXT.replace("word5", "wordy")})
    checked = fascicle("check", "-c", config)
    assert checked.exit_code == 1
    assert "3-three.md: it is held: its text is (nearly) that of “One”. If it is meant" in checked.stderr
    planned = fascicle("plan", "lamp", "-c", config)
    assert "3-three.md: it is held" in planned.stdout
    assert "Two" in planned.stdout
    assert "Three " not in planned.stdout


def test_a_renamed_chapter_is_not_planned_again(tmp_path: Path) -> None:
    config = placed(tmp_path)
    chapters = tmp_path / "content" / "lamp" / "chapters"
    (chapters / "1-one.md").rename(chapters / "1-uno.md")
    assert fascicle("check", "-c", config).exit_code == 0
    planned = fascicle("plan", "lamp", "-c", config, "--json").stdout
    assert '"two"' in planned
    assert "uno" not in planned


def test_a_broken_chapter_leaves_the_plan_before_it(tmp_path: Path) -> None:
    config = placed(tmp_path)
    put(
        tmp_path / "content",
        {"lamp/chapters/3-three.md": "---\ntitle: a: b\n---\nx", "lamp/chapters/4.md": "y"},
    )
    planned = fascicle("plan", "lamp", "-c", config)
    assert planned.exit_code == 1
    assert "Two" in planned.stdout
    assert "3-three.md: neither it nor what comes after it can come out" in planned.stdout


def test_doctor_names_what_is_away(tmp_path: Path) -> None:
    config = placed(tmp_path)
    assert "files of all that channels are subscribed to" in fascicle("doctor", "-c", config).stdout
    shutil.rmtree(tmp_path / "content" / "lamp")
    story(tmp_path / "content", {"chapters/1.md": "x"}, slug="other")
    assert "NOT OK  story lamp: channels are subscribed" in fascicle("doctor", "-c", config).stderr
    shutil.rmtree(tmp_path / "content" / "other")
    assert "NOT OK  stories: there is no story in it, though 1" in fascicle("doctor", "-c", config).stderr
