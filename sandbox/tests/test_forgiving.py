"""What Discord takes although it looks odd, and libraries send."""

from __future__ import annotations

from typing import Any

import pytest
from discord_sandbox import seed
from discord_sandbox.errors import ApiError
from discord_sandbox.validation import modal_rules

from .bare_client import Api

ANSWERS = [{"poll_media": {"text": "a"}}]


def poll(duration: Any) -> dict[str, Any]:
    return {"poll": {"question": {"text": "?"}, "answers": ANSWERS, "duration": duration, "layout_type": 1.0}}


async def test_a_whole_number_may_come_as_a_float(api: Api) -> None:
    assert (await api.send(seed.CHAPTERS, poll(4.0))).status == 200
    assert (await api.send(seed.CHAPTERS, poll(4.5))).code == 50035
    assert (await api.send(seed.CHAPTERS, poll(True))).code == 50035
    assert (await api.send(seed.CHAPTERS, poll(float("inf")))).status == 400


@pytest.mark.parametrize("disabled", [False, None])
def test_a_select_of_a_form_may_say_that_it_is_not_disabled(disabled: bool | None) -> None:
    assert modal_rules.read(form(disabled))["components"][0]["component"]["custom_id"] == "story"


@pytest.mark.parametrize("disabled", [True, "no"])
def test_a_disabled_select_of_a_form_is_refused(disabled: Any) -> None:
    with pytest.raises(ApiError) as refused:
        modal_rules.read(form(disabled))
    assert refused.value.code == 50035


def form(disabled: Any) -> dict[str, Any]:
    options = [{"label": "A", "value": "a"}]
    select = {"type": 3, "custom_id": "story", "options": options, "disabled": disabled}
    label = {"type": 18, "label": "Story", "component": select}
    return {"custom_id": "form", "title": "Idea", "components": [label]}
