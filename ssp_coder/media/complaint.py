"""How a lane says, from its own thread, that something went wrong."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import av.error

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.media.errors import MediaError

FAILURES = (av.error.FFmpegError, OSError, ValueError, RuntimeError, MemoryError)
"""What reading a damaged file, or a callback of somebody else, may end with."""

_log = logging.getLogger(__name__)


class Complaint:
    """Tells troubles to one listener until the lane is closed."""

    def __init__(
        self, on_trouble: Callable[[MediaError], None], is_closed: Callable[[], bool]
    ) -> None:
        self._on_trouble = on_trouble
        self._is_closed = is_closed

    def tell(self, trouble: MediaError, cause: Exception | None = None) -> None:
        """Tell a trouble, and what it came from where that was not expected."""
        if cause is not None:
            trouble.__cause__ = cause
        if self._is_closed():
            return
        try:
            self._on_trouble(trouble)
        except FAILURES:
            _log.exception("nobody could be told: %s", trouble)
