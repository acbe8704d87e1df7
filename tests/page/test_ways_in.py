"""The emulated image is laid out as the Dockerfile says."""

from __future__ import annotations

from .ways_in import DEMO_STAGE, ROOT, read_stage

DOCKERFILE = """
FROM python AS base
COPY --from=build /venv /venv
COPY bot /app/bot
ENV A=1 \\
    B=/app
ENTRYPOINT ["tini", "--", "python", "-m", "bot"]
# FROM nothing
FROM base AS demo
COPY web /app/web
ENV A=2
CMD ["demo"]
FROM base AS bot
CMD ["run"]
"""


def test_a_stage_is_read_with_those_below_it() -> None:
    stage = read_stage(DOCKERFILE, "demo")
    assert stage.copies == [("bot", "/app/bot"), ("web", "/app/web")]
    assert stage.variables == {"A": "2", "B": "/app"}
    assert stage.words == ["-m", "bot", "demo"]


def test_the_image_for_the_demo_holds_the_bot_and_the_local_discord() -> None:
    stage = read_stage((ROOT / "Dockerfile").read_text(encoding="utf-8"), DEMO_STAGE)
    assert {source.split("/")[0] for source, _ in stage.copies} >= {"bot", "sandbox", "content"}
    assert [source for source, _ in stage.copies if not (ROOT / source).exists()] == []
    assert stage.words[:3] == ["-m", "bot", "demo"]
