"""The pack and the folder of logbooks that a trainer looks at, read outside the window's thread."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.domain.finding import DomainError
from ssp_coder.formats.writing import write_together
from ssp_coder.training.disputes import disputes_csv
from ssp_coder.training.drift import DriftFile, drift_setup
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.rechecks import write_plan
from ssp_coder.training.releases import make_release, take_in, write_release
from ssp_coder.training.rule_files import load_pass_rule
from ssp_coder.training.trainee_files import TraineeFile, TrainerReading
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.trainer.errands import Errands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ssp_coder.training.disputes import Dispute
    from ssp_coder.training.packs import Pack
    from ssp_coder.training.pass_rules import PassRule
    from ssp_coder.training.rechecks import PlannedRecheck
    from ssp_coder.training.releases import ReleaseWish


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A release that was made.

    Attributes:
        written_in: whether it stands in the trainee's logbook already.
    """

    path: Path
    written_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWritten:
    """What became of a plan of re-checks: how many were written, and what went wrong."""

    written: int
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _NotRead:
    """Why no logbook was read at all: the word, or a file of the pack."""

    words: str


class TraineesDesk(QObject):
    """Holds what the pages on trainees show.

    Signals:
        changed: the pack, the folder or what was read is another.
        released: a `Released`.
        plan_written: a `PlanWritten`.
        trouble: what did not work, in the person's language.

    Attributes:
        pack: None before one is chosen.
        folder: of logbooks, None before one is chosen.
        rule: the pack's pass rule, None where there is none or it cannot be read.
        files: the logbooks, by pseudonym.
        reading: of the logbooks.
        errands: releasing and planning.
    """

    changed = Signal()
    released = Signal(object)
    plan_written = Signal(object)
    trouble = Signal(str)

    def __init__(self, parent: QObject | None = None, *, folders: tuple[Path, ...] = ()) -> None:
        super().__init__(parent)
        self.pack: Pack | None = None
        self.folder: Path | None = None
        self.rule: PassRule | None = None
        self.files: tuple[TraineeFile, ...] = ()
        self.reading = Errands(self)
        self.reading.trouble.connect(self.trouble)
        self.reading.busy_changed.connect(self._read_again)
        self.errands = Errands(self)
        self.errands.trouble.connect(self.trouble)
        self._folders = folders
        self._word = ""
        self._again = False

    @property
    def has_word(self) -> bool:
        """Whether a word was given in this sitting."""
        return bool(self._word)

    def drift(self) -> DriftFile:
        """How coders are watched, and what is known of it."""
        return drift_setup(self._folders)

    def open_pack(self, folder: Path) -> None:
        """Choose another pack; what was read of the one before is forgotten.

        Raises:
            TrainingError: it cannot be read.
        """
        self.pack = read_pack(folder)
        self.rule, self.files, self._word = None, (), ""
        if self.pack.pass_rule:
            with suppress(DomainError):
                self.rule = load_pass_rule(self.pack.pass_rule, self._folders)
        self.changed.emit()
        self.read()

    def choose_folder(self, folder: Path) -> None:
        """Choose another folder of logbooks."""
        self.folder, self.files = folder, ()
        self.changed.emit()
        self.read()

    def give_word(self, word: str) -> None:
        """Use the trainer's word until the window is closed; it is written nowhere."""
        self._word = word
        self.changed.emit()
        self.read()

    def read(self) -> None:
        """Read every logbook anew; `changed` follows.

        What is being read is read to its end and forgotten, so that the window never waits.
        """
        pack, folder, word, rule = self.pack, self.folder, self._word, self.rule
        if pack is None or folder is None:
            return
        if self.reading.busy:
            self._again = True
            return

        def work(told: Callable[[float], None], cancelled: Callable[[], bool]) -> object:
            try:
                reading = TrainerReading(pack, word, rule)
            except DomainError as error:
                return _NotRead(words=said_error(error))
            return reading.read_folder(folder, told, cancelled)

        self.reading.run(work, self._was_read)

    def release(self, wish: ReleaseWish, path: Path, logbook: Path | None = None) -> None:
        """Write a release to a new file, and into a logbook where one is given."""
        pack, word = self.pack, self._word
        if pack is None:
            return

        def work(_told: object, _cancelled: object) -> object:
            made = make_release(pack, wish, word)
            if logbook is None:
                write_release(made, path)
            else:  # a logbook in use is refused before there is a file
                with Logbook.open(logbook) as book:
                    write_release(made, path)
                    take_in(book, pack, path)
            return Released(path=path, written_in=logbook is not None)

        self.errands.run(work, self._released)

    def schedule(self, planned: tuple[PlannedRecheck, ...]) -> None:
        """Write a plan of re-checks into the logbooks of its coders."""
        pack = self.pack
        if pack is None:
            return
        logbooks = [one.path for one in self.files if one.study is not None]

        def work(told: Callable[[float], None], _cancelled: object) -> object:
            written, refused = 0, []
            for number, path in enumerate(logbooks, 1):
                try:
                    written += write_plan(path, pack, planned)
                except DomainError as error:
                    refused.append(said_error(error))
                told(number / len(logbooks))
            return PlanWritten(written=written, refused=tuple(refused))

        self.errands.run(work, self._scheduled)

    def export_disputes(self, found: Iterable[Dispute], path: Path) -> None:
        """Write disputes as a table; the person chose to replace a file that is there.

        Raises:
            FormatError: the file cannot be written.
        """
        write_together({path: disputes_csv(found)}, overwrite=True)

    def close(self) -> None:
        """Stop what runs and forget the word; twice is harmless."""
        self._again = False
        self.reading.cancel()
        self.errands.cancel()
        self._word = ""

    def _read_again(self) -> None:
        if self._again and not self.reading.busy:
            self._again = False
            self.read()

    def _was_read(self, files: object) -> None:
        if self.reading.busy:
            return
        if isinstance(files, _NotRead):
            self._word = ""  # a wrong word is not one in use
            self.changed.emit()
            self.trouble.emit(files.words)
        elif isinstance(files, tuple):
            self.files = files
            self.changed.emit()

    def _released(self, released: object) -> None:
        self.released.emit(released)
        self.read()

    def _scheduled(self, result: object) -> None:
        self.plan_written.emit(result)
        self.read()
