"""The training window by keyboard and by ear, page by page."""

from __future__ import annotations

import pytest

from ssp_coder.training.packs import Stage
from ssp_coder.ui.training.desk import TrainingDesk
from ssp_coder.ui.training.window import Host, TrainingWindow
from tests.fixtures.demo_pack import sparse_demo_pack
from tests.ui.accessibility import access_walk as walk
from tests.ui.accessibility.conftest import BOTH, in_front
from tests.ui.training.training_room import NEARLY_RIGHT, WHO, work_through

PAGES = ("setup", "cases", "submit", "learn", "feedback")
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A pack, and the folder of somebody whose first practice case waits for its feedback."""
    folder = tmp_path_factory.mktemp("walk")
    pack = sparse_demo_pack(folder)
    work_through(pack, folder / "work", NEARLY_RIGHT, cases=1)
    return pack, folder / "work" / f"{WHO}.ssptrain"


@pytest.fixture
def shown(worn, qtbot, work, page):
    """The window with a page in front."""
    pack, logbook = work
    desk = TrainingDesk()
    window = TrainingWindow(
        worn, desk, Host(let_go=lambda _path: True, remember=lambda *_: None, who=WHO)
    )
    window.show()

    def settle():
        qtbot.waitUntil(lambda: not desk.busy and not desk.counting, timeout=20_000)

    if page != "setup":
        window.start(logbook, pack.folder)
        settle()
    if page == "submit":
        window.cases.ask(pack.of_stage(Stage.PRACTICE)[0], ())
    if page in ("learn", "feedback"):
        stage = Stage.LEARN if page == "learn" else Stage.PRACTICE
        desk.open_lesson(pack.of_stage(stage)[0])
        settle()
    if page == "feedback":
        window.feedback.review.choose(window.feedback.review.items[0].id)
        window.feedback.picture.leave()
    walk.settle()
    yield in_front(window, qtbot)
    window.close()
    window.deleteLater()
    desk.deleteLater()


@EVERY_PAGE
def test_everything_that_takes_keys_has_a_name_and_a_role(shown, page):
    assert walk.takes_keys(shown)
    assert walk.nameless(shown) == []
    assert walk.without_role(shown) == []


@EVERY_PAGE
def test_tab_reaches_every_control_and_leads_out_of_each(shown, page):
    graph = walk.tab_graph(shown)
    assert walk.unreachable(shown, graph) == []
    assert walk.traps(graph) == []


@BOTH
@EVERY_PAGE
def test_what_has_the_focus_looks_like_it(shown, page):
    assert walk.without_ring(shown) == []


@EVERY_PAGE
def test_words_grow_with_the_system_and_are_not_hidden_in_tool_tips(shown, page):
    assert walk.fixed_pixels(shown) == []
    assert walk.only_in_tips(shown) == []
    assert walk.shut_without_words(shown) == []
