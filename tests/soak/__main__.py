"""`python -m tests.soak`: see `command`, which is apart so that the processes it starts can import it."""

from __future__ import annotations

import sys

from tests.soak.command import main

if __name__ == "__main__":
    sys.exit(main())
