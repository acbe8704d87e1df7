"""The browser of the page's tests; without one they are skipped, with the reason."""

from sandbox.tests.page.conftest import browser

__all__ = ["browser"]
