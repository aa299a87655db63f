"""Every page of the trainer's desk with something on it, by keyboard and by ear."""

from __future__ import annotations

import pytest

from ssp_coder.training.deeds import Certified, ItemJudged, Judgement
from ssp_coder.training.draft_writing import write_draft
from ssp_coder.ui.trainer.case_form import LEFT_OUT, NOTES, STATEMENT
from ssp_coder.ui.trainer.window import TrainerWindow
from ssp_coder.ui.trainer.words import Page
from tests.ui.accessibility import access_walk as walk
from tests.ui.trainer.conftest import read, with_draft
from tests.unit.training.training_files import built, draft_of, trainee


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    """A draft, its pack, and a certified trainee who disputed something."""
    folder = tmp_path_factory.mktemp("trainer_access")
    (folder / "references").mkdir()
    draft = draft_of(folder / "references")
    write_draft(draft, folder / "pack1.toml")
    pack = built(draft, folder / "pack")
    one = trainee(folder / "logbooks" / "one", pack)
    with one.logbook as book:
        one.practise()
        book.append(
            ItemJudged(
                pack=pack.id,
                case="c02",
                attempt=1,
                item="event:1:",
                judgement=Judgement.DISPUTE,
                comment="it was coughing",
            )
        )
        book.append(Certified(pack=pack.id, version=pack.version, rule="some", figures="{}"))
    return folder, pack


@pytest.fixture
def desk(worn, material, qtbot):
    folder, pack = material
    window = TrainerWindow(worn, who="trainer1")
    window.show()
    with_draft(window, folder / "pack1.toml", qtbot)
    read(window, pack, folder / "logbooks", qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()
    window.deleteLater()


def faults(window) -> list[str]:
    walk.settle()
    graph = walk.tab_graph(window)
    found = {
        "no name": walk.nameless(window),
        "no role": walk.without_role(window),
        "not reached by Tab": walk.unreachable(window, graph),
        "Tab does not lead out": walk.traps(graph),
        "no sign of the focus": walk.without_ring(window),
        "said in a tool tip alone": walk.only_in_tips(window),
        "shut for a reason in a tool tip alone": walk.shut_without_words(window),
    }
    return [f"{fault}: {one}" for fault, ones in found.items() for one in ones]


@pytest.mark.parametrize("page", list(Page))
def test_each_page_can_be_used_by_keyboard_and_ear(desk, page):
    desk.show_page(page)
    if page is Page.RECHECKS:
        desk.rechecks.draw_plan()
    assert faults(desk) == []


@pytest.mark.parametrize("part", [STATEMENT, NOTES, LEFT_OUT])
def test_each_part_of_a_case_can_be_used_by_keyboard_and_ear(desk, part):
    desk.packs.form.show_part(part)
    assert faults(desk) == []
