"""A trainee's whole way through the demonstration pack, in the real windows.

The films are short stand-ins and the trainee's work is written into the attempt files, as coding in
the main window would; everything else is done with the buttons and keys of the windows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.demonstration.trainees import Habits
from ssp_coder.training.deeds import (
    CaseBegun,
    Enrolled,
    FeedbackOpened,
    ItemJudged,
    Judgement,
    SetFinished,
    Submitted,
)
from ssp_coder.training.handing_in import check_work
from ssp_coder.training.logbook import LogbookPages, read_logbook
from ssp_coder.training.packs import Pack, Stage
from ssp_coder.training.pass_rules import Outcome
from ssp_coder.training.programme import CaseState
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from ssp_coder.ui.training.case_panel import CaseAct
from ssp_coder.ui.training.lesson import WayGone
from tests.fixtures.demo_pack import sparse_demo_pack
from tests.ui.training.training_room import WHO, write_work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PATIENCE_MS = 20_000
CAREFUL = Habits(jitter_us=120_000, miss_rate=0.03)


@dataclass(kw_only=True)
class Story:
    """What was seen on the way."""

    opened: list[str] = field(default_factory=list)
    wait_words: str = ""
    items: int = 0
    judged: str = ""
    stage_after_restart: str = ""
    way: WayGone = field(default_factory=WayGone)
    states: dict[str, CaseState] = field(default_factory=dict)
    pages: LogbookPages
    troubles: list[str] = field(default_factory=list)


class Sitting:
    """One start of the program, from the start page into the training window."""

    def __init__(self, folder: Path, pack: Pack, story_troubles: list[str]) -> None:
        self.folder, self.pack = folder, pack
        theme = Theme(Scheme.LIGHT)
        theme.apply(QApplication.instance())
        store = QSettings(str(folder / "user.ini"), QSettings.Format.IniFormat)
        self.main = MainWindow(theme, Settings(store), folder / "cache")
        self.main.show()
        self.main.start.training.click()
        self.window = self.main.desk.training.shown
        self.desk = self.main.desk.training.desk
        self.desk.trouble.connect(story_troubles.append)
        self.settle()

    def wait(self, true) -> None:
        patience = QDeadlineTimer(PATIENCE_MS)
        while not true():
            assert not patience.hasExpired(), "it did not come about"
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    def settle(self) -> None:
        self.wait(lambda: not self.desk.busy and not self.desk.counting)

    def sign_up(self) -> None:
        setup = self.window.setup
        setup.who.set_text(WHO)
        setup.folder.set_text(str(self.folder / "work"))
        setup.own.setChecked(True)
        setup.pack.set_text(str(self.pack.folder))
        QTest.keyClick(setup.begin, Qt.Key.Key_Space)
        self.settle()

    def press(self, case: str, act: CaseAct) -> None:
        self.main.desk.training.open()  # brought to the front again by the menu
        self.window.show_row(self.pack.case(case).stage.value)
        QTest.keyClick(self.window.cases.panels[case].buttons[act], Qt.Key.Key_Space)
        self.settle()

    def code(self, case: str) -> str:
        """Open a case in the main window, close it there, and do the work; its session's name."""
        self.press(case, CaseAct.CODE)
        session = self.main.workspace.session
        path, name = session.file.path, session.coding.session
        assert self.main.close_coding()
        write_work(path, self.pack, case, CAREFUL)
        return name

    def submit_while_it_is_open(self, case: str) -> None:
        """Open it once more and submit from the training window: the main window lets it go."""
        self.press(case, CaseAct.CODE)
        self.press(case, CaseAct.SUBMIT)
        assert self.main.workspace is None
        QTest.keyClick(self.window.cases.submitting.submit, Qt.Key.Key_Space)
        self.settle()

    def feedback(self, case: str, act: CaseAct = CaseAct.FEEDBACK) -> None:
        told = []
        self.desk.lesson_ready.connect(told.append)
        self.press(case, act)
        self.wait(lambda: bool(told))
        self.settle()

    def back(self) -> None:
        QTest.keyClick(self.window, Qt.Key.Key_Escape)

    def end(self) -> None:
        assert self.main.close()
        self.main.deleteLater()
        QApplication.processEvents()


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return sparse_demo_pack(tmp_path_factory.mktemp("journey_pack"))


@pytest.fixture(scope="module")
def story(qapp, pack, tmp_path_factory):
    return live_through(pack, tmp_path_factory.mktemp("training_journey"))


def live_through(pack: Pack, folder: Path) -> Story:
    troubles: list[str] = []
    story = Story(pages=LogbookPages(path=folder, who="", head="", entries=()), troubles=troubles)
    sitting = Sitting(folder, pack, troubles)
    sitting.sign_up()
    for case in pack.of_stage(Stage.LEARN):
        sitting.feedback(case.id, CaseAct.STUDY)
        sitting.back()
    first = pack.of_stage(Stage.PRACTICE)[0]
    story.opened.append(sitting.code(first.id))
    sitting.submit_while_it_is_open(first.id)
    sitting.feedback(first.id)
    _judge(sitting, story)
    sitting.end()

    again = Sitting(folder, pack, troubles)
    story.stage_after_restart = again.window.rail.current()
    for case in pack.of_stage(Stage.PRACTICE)[1:]:
        story.opened.append(again.code(case.id))
        again.submit_while_it_is_open(case.id)
        again.feedback(case.id)
        again.back()
    _take_test(again, story)
    story.way = again.desk.way
    story.states = {one.case.id: one.state for one in again.desk.programme.standings}
    again.end()
    story.pages = read_logbook(folder / "work" / f"{WHO}.ssptrain")
    return story


def _judge(sitting: Sitting, story: Story) -> None:
    review = sitting.window.feedback.review
    story.items = len(review.items)
    review.choose(review.items[0].id)
    story.judged = review.items[0].id
    QTest.keyClick(sitting.window, Qt.Key.Key_D)


def _take_test(sitting: Sitting, story: Story) -> None:
    first, last = sitting.pack.of_stage(Stage.TEST)
    sitting.code(first.id)
    sitting.submit_while_it_is_open(first.id)
    panel = sitting.window.cases.panels[first.id]
    story.wait_words = panel.state_words()
    assert CaseAct.FEEDBACK not in panel.buttons
    sitting.code(last.id)
    sitting.submit_while_it_is_open(last.id)
    for case in (first, last):
        sitting.feedback(case.id)
        sitting.back()


def deeds_of(story: Story, kind: type) -> list[object]:
    return [entry.deed for entry in story.pages.entries if isinstance(entry.deed, kind)]


def test_nothing_went_wrong_on_the_way(story):
    assert story.troubles == []


def test_the_main_window_opened_each_case_under_its_pseudonym(story, pack):
    practice = pack.of_stage(Stage.PRACTICE)
    assert story.opened == [case.session for case in practice]


def test_the_second_start_went_on_where_the_first_ended(story):
    assert story.stage_after_restart == Stage.PRACTICE


def test_feedback_of_the_test_waited_for_its_last_case(story):
    assert "every case of the form" in story.wait_words


def test_a_difference_was_listed_and_disputed_by_key(story):
    (said,) = deeds_of(story, ItemJudged)
    assert story.items > 0
    assert (said.item, said.judgement) == (story.judged, Judgement.DISPUTE)


def test_the_logbook_tells_the_whole_way(story, pack):
    coded = len(pack.of_stage(Stage.PRACTICE)) + len(pack.of_stage(Stage.TEST))
    assert len(deeds_of(story, Enrolled)) == 1
    assert len(deeds_of(story, CaseBegun)) == coded
    assert len(deeds_of(story, Submitted)) == coded
    assert len(deeds_of(story, SetFinished)) == 1
    assert len(deeds_of(story, FeedbackOpened)) == coded + len(pack.of_stage(Stage.LEARN))


def test_what_was_handed_in_is_what_the_logbook_says(story):
    assert check_work(story.pages) == ()


def test_every_case_is_done_but_the_hidden_recheck(story, pack):
    hidden = {case.id for case in pack.of_stage(Stage.UPKEEP)}
    undone = {case for case, state in story.states.items() if state is not CaseState.DONE}
    assert undone == hidden


def test_the_pass_rule_says_what_the_two_test_cases_bear(story):
    evaluation = story.way.evaluation
    assert evaluation.outcome in (Outcome.PASSED, Outcome.INSUFFICIENT)
    assert [one.sitting.stage for one in evaluation.figures] == [Stage.TEST, Stage.TEST]
    assert all(result.estimate.n for result in evaluation.results)


def test_every_submission_counts_once_in_the_figures(story):
    assert len(story.way.figures) == len(deeds_of(story, Submitted))
    assert not any(one.sitting.is_repeat for one in story.way.figures)
