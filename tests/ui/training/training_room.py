"""A trainee at the training window, with shorthands for what a trainee does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ssp_coder.demonstration.trainees import Habits, trainee_of
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.packs import Pack, Reference, Stage
from ssp_coder.training.references import pack_key, read_reference, trainer_root
from ssp_coder.training.sealing import form_key
from ssp_coder.training.working import begin_case, enrol, note_feedback, submit
from ssp_coder.ui.training.case_panel import CaseAct
from ssp_coder.ui.training.desk import TrainingDesk
from ssp_coder.ui.training.lesson import Lesson
from ssp_coder.ui.training.window import TrainingWindow
from tests.fixtures.trainee_work import code_like

WHO = "t07"
WORD = "heron under glass 41"
NEARLY_RIGHT = Habits(miss_rate=0.15, wrong_rate=0.1)
LATE = Habits(lag_us=800_000, rating_spread=0.7, miss_rate=0.2, wrong_rate=0.2)
PATIENCE_MS = 20_000


def reference_of(pack: Pack, case: str) -> Reference:
    """A reference as the trainer knows it."""
    one = pack.case(case)
    key = form_key(trainer_root(pack, WORD), one.form) if one.form else pack_key(pack)
    return read_reference(pack, one, key)


def work_through(pack: Pack, folder: Path, habits: Habits, cases: int = 99) -> None:
    """Study and practise without a window; the feedback of the last of fewer cases waits."""
    folder.mkdir(parents=True)
    with Logbook.create(folder / f"{WHO}.ssptrain", WHO) as book:
        enrol(book, pack)
        for case in pack.of_stage(Stage.LEARN):
            note_feedback(book, pack, case)
        for number, case in enumerate(pack.of_stage(Stage.PRACTICE)[:cases], start=1):
            path = begin_case(book, pack, case)
            write_work(path, pack, case.id, habits)
            submit(book, pack, case, path)
            if number < cases:
                note_feedback(book, pack, case)


def write_work(path: Path, pack: Pack, case: str, habits: Habits) -> None:
    """Code a case as somebody with these habits does."""
    reference = reference_of(pack, case)
    code_like(path, trainee_of(reference.coding, reference.scheme, 7, habits), WHO)


@dataclass
class Room:
    """The window with the trainee's folder.

    Attributes:
        may_let_go: what the main window answers when a coding is to be closed.
    """

    qtbot: object
    desk: TrainingDesk
    folder: Path
    window: TrainingWindow = field(init=False)
    may_let_go: bool = True
    let_gone: list[Path] = field(default_factory=list)
    remembered: list[tuple[Path, Path]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    wanted: list[Path] = field(default_factory=list)

    def let_go(self, path: Path) -> bool:
        self.let_gone.append(path)
        return self.may_let_go

    def remember(self, logbook: Path, pack: Path) -> None:
        self.remembered.append((logbook, pack))

    @property
    def pack(self) -> Pack:
        assert self.desk.pack is not None
        return self.desk.pack

    def wait(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=PATIENCE_MS)

    def begin(self, pack: Pack) -> None:
        setup = self.window.setup
        setup.who.set_text(WHO)
        setup.folder.set_text(str(self.folder))
        setup.own.setChecked(True)
        setup.pack.set_text(str(pack.folder))
        setup.begin.click()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing runs behind the window."""
        self.wait(lambda: not self.desk.busy and not self.desk.counting)

    def press(self, case: str, act: CaseAct) -> None:
        self.window.show_row(self.pack.case(case).stage.value)
        self.window.cases.panels[case].buttons[act].click()
        self.settle()

    def look(self, case: str, act: CaseAct = CaseAct.FEEDBACK) -> Lesson:
        """Open what may be seen of a case."""
        told: list[Lesson] = []
        self.desk.lesson_ready.connect(told.append)
        self.press(case, act)
        self.wait(lambda: bool(told))
        self.settle()
        self.desk.lesson_ready.disconnect(told.append)
        return told[0]

    def code(self, case: str, habits: Habits = NEARLY_RIGHT) -> Path:
        """Begin a case and code it, as in the main window."""
        self.press(case, CaseAct.CODE)
        path = self.wanted[-1]
        write_work(path, self.pack, case, habits)
        return path

    def submit(self, case: str) -> None:
        self.press(case, CaseAct.SUBMIT)
        self.window.cases.submitting.submit.click()
        self.settle()

    def do(self, *cases: str, habits: Habits = NEARLY_RIGHT) -> None:
        """Code and submit cases."""
        for case in cases:
            self.code(case, habits)
            self.submit(case)

    def study(self) -> None:
        for case in self.pack.cases:
            if case.stage == "learn":
                self.look(case.id, CaseAct.STUDY)

    def practise(self, *, habits: Habits = NEARLY_RIGHT) -> None:
        """All that comes before the test."""
        self.study()
        for case in self.pack.cases:
            if case.stage == "practice":
                self.do(case.id, habits=habits)
                self.look(case.id)
