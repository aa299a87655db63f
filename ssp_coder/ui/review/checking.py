"""The check of a coding file as a piece of background work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ssp_coder.domain.finding import Finding
from ssp_coder.media.errors import Abandoned
from ssp_coder.storage.verify import verify


def check_file(
    path: Path, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> tuple[Finding, ...]:
    """Do the whole log again and compare it with every table; works on a file that is open.

    Raises:
        Abandoned: nobody wants to know any more.
    """
    told = -1

    def tell(done: int, rows: int) -> None:
        nonlocal told
        if cancelled():
            raise Abandoned
        percent = 100 * done // max(rows, 1)
        if percent != told:
            told = percent
            progress(percent / 100)

    return verify(path, tell)
