"""The page on which differences are settled, by keyboard and by ear."""

from __future__ import annotations

import pytest

from ssp_coder.domain.settlement import SettledFor
from ssp_coder.ui.agreement.work import Shelf
from ssp_coder.ui.consensus.window import ConsensusWindow
from tests.consensus_pair import pair_files
from tests.ui.accessibility import access_walk as walk


@pytest.fixture
def settling(worn, tmp_path, qtbot):
    window = ConsensusWindow(worn, Shelf(), tmp_path / "cache")
    window.start.set_codings(*pair_files(tmp_path))
    window.show()
    window.start.prepare()
    qtbot.waitUntil(lambda: window.start.prepared is not None)
    yield window
    window.close()
    window.deleteLater()


def test_the_agreement_before_can_be_used_by_keyboard_and_ear(settling, looked) -> None:
    looked.look_at(settling)
    assert looked.faults == []


@pytest.mark.parametrize("item", ["index:2:2", "rating:avo_c_5", "class:subgroup", "first event"])
def test_settling_and_every_form_can_be_used_by_keyboard_and_ear(settling, looked, item) -> None:
    settling.start.act()
    work = settling.work
    key = work.found.items[2].key if item == "first event" else item
    work.review.choose(key)
    work.panel.settle(SettledFor.OWN)
    walk.settle()
    looked.look_at(settling)
    assert looked.faults == []
