"""The page's modules in one script, and its style sheets in one."""

from __future__ import annotations

import re
import shutil
import subprocess
from graphlib import CycleError
from pathlib import Path

import pytest

from bot.desk.page_bundle import bundle_modules, bundle_styles

from .conftest import DeskClient

MODULES = {
    "/desk/main.js": 'import { both as all } from "./both.js";\nimport "/kit/count.js";\nconst own = 3;\n'
    "const later = await Promise.resolve(own);\nconsole.log(all(), later);\n",
    "/desk/both.js": 'import {\n  up,\n  START as first,\n} from "/kit/count.js";\nexport { up };\nconst own = 1;\n'
    "/** A text with import and export in it. */\nexport function both() {\n  return [first, up(), up(), own];\n}\n",
    "/kit/count.js": "export const START = 10;\nlet own = START;\nexport const up = () => (own += 1);\n"
    "export class Unused {}\nexport async function unused() {}\n",
}


def test_modules_run_once_and_in_scopes_of_their_own(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = tmp_path / "all.mjs"
    script.write_text(bundle_modules("/desk/main.js", MODULES.__getitem__))
    done = subprocess.run([node, script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[ 10, 11, 12, 1 ] 3"


def test_modules_that_need_each_other_are_refused() -> None:
    circle = {"/a.js": 'import { b } from "./b.js";\n', "/b.js": 'import { a } from "./a.js";\n'}
    with pytest.raises(CycleError):
        bundle_modules("/a.js", circle.__getitem__)


@pytest.mark.parametrize(
    "source",
    [
        "export default 1;\n",
        "export let a = 1;\n",
        'const a = await import("./b.js");\n',
        "f(import.meta.url);\n",
    ],
)
def test_forms_that_a_bundle_would_change_are_refused(source: str) -> None:
    with pytest.raises(ValueError, match="form is not known"):
        bundle_modules("/a.js", lambda _: source)


def test_sheets_keep_their_order() -> None:
    page = '<x>\n  <link rel="stylesheet" href="/a.css">\n  <link rel="stylesheet" href="/b.css">\n<y>\n'
    made, styles = bundle_styles(page, lambda address: f"/* {address} */", "/all.css")
    assert made == '<x>\n  <link rel="stylesheet" href="/all.css">\n<y>\n'
    assert styles == "/* /a.css */\n/* /b.css */"


async def test_page_asks_for_one_script_and_one_sheet(client: DeskClient) -> None:
    page = await client.open()
    asked = re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css))"', page)
    assert asked == ["/desk/all.css", "/desk/all.js"]
    for address in asked:
        async with client.session.get(client.url + address) as answer:
            assert answer.status == 200
            assert ("mountEditor" if address.endswith("js") else ".top-brand") in await answer.text()
