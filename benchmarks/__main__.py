"""Run the benchmarks named on the command line (default: all); print a table, write build/bench/<name>.json."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path
from typing import TypedDict

import benchmarks


class Row(TypedDict):
    """One measured value, with its unit and a note, such as the limit it must keep."""

    name: str
    value: float
    unit: str
    note: str


def main(names: list[str]) -> int:
    """Run the named benchmarks. Return the exit status."""
    known = sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.name.startswith("_"))
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    folder = Path("build/bench")
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{'measured':<58}{'value':>12}  unit")
    for name in names or known:
        rows: list[Row] = importlib.import_module(f"benchmarks.{name}").run()
        for row in rows:
            print(f"{row['name']:<58}{row['value']:>12,.2f}  {row['unit']:<12}{row['note']}", flush=True)
        (folder / f"{name}.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
