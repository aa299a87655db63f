"""A window of settling over two codings on the disk, as its tests need it."""

from __future__ import annotations

from pathlib import Path

from ssp_coder.domain.settlement import SettledFor
from ssp_coder.ui.agreement.work import Shelf
from ssp_coder.ui.consensus.preparing import Prepared, opened, preparing_work
from ssp_coder.ui.consensus.window import ConsensusWindow
from ssp_coder.ui.consensus.work_page import WorkPage
from ssp_coder.ui.theme.theme import Theme
from tests.consensus_pair import FIRST, SECOND, pair_files


def prepare(folder: Path, first: tuple = FIRST, second: tuple = SECOND) -> Prepared:
    """Two codings read and compared, without waiting for a thread."""
    paths = pair_files(folder, first, second)
    made = preparing_work(*paths, Shelf())(lambda _share: None, lambda: False)
    assert isinstance(made, Prepared)
    return made


def work_page(theme: Theme, folder: Path, **pair: tuple) -> WorkPage:
    """The page of settling, on a consensus that was begun a moment ago."""
    prepared = prepare(folder, **pair)
    page = WorkPage(theme, opened(prepared, prepared.place, "lead"), folder / "cache")
    page.resize(1400, 820)
    page.show()
    page.begin()
    return page


def window_over(theme: Theme, folder: Path) -> ConsensusWindow:
    """The window, on its first page with both codings named."""
    window = ConsensusWindow(theme, Shelf(), folder / "cache")
    window.start.set_codings(*pair_files(folder))
    window.show()
    return window


def settle_all(page: WorkPage, taken: SettledFor = SettledFor.FIRST) -> None:
    for _item in page.found.items:
        page.panel.settle(taken)
