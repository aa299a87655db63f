from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from tests.fixtures.demonstration import demonstration

__all__ = ["demonstration"]


@pytest.fixture(scope="module", autouse=True)
def no_window_left():
    """The windows of a journey end with it."""
    yield
    from tests.windows import close_all_windows

    close_all_windows()
