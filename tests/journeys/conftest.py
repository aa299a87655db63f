from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.fixtures.demonstration import demonstration

__all__ = ["demonstration"]
