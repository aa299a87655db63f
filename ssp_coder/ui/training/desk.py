"""A trainee's sitting: the pack, the logbook, and where the trainee stands after each deed."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.domain.finding import DomainError
from ssp_coder.formats.writing import write_together
from ssp_coder.training.deeds import ItemJudged, Judgement
from ssp_coder.training.disputes import judgements
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.programme import programme_of
from ssp_coder.training.releases import take_in
from ssp_coder.training.rule_files import load_pass_rule
from ssp_coder.training.serving import hand_out
from ssp_coder.training.working import (
    begin_case,
    enrol,
    note_feedback,
    resume,
    submit,
    what_is_open,
)
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.language.spoken import said_error, said_sentence
from ssp_coder.ui.training.lesson import (
    Lesson,
    Shelf,
    WayGone,
    disputes_table,
    lesson_of,
    way_gone,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.domain.finding import Finding
    from ssp_coder.training.deeds import Deed, Entry
    from ssp_coder.training.evaluation import CaseFigures
    from ssp_coder.training.packs import Case, Pack
    from ssp_coder.training.pass_rules import PassRule
    from ssp_coder.training.programme import Programme, Standing

    Work = Callable[[Callable[[float], None], Callable[[], bool]], object]


class TrainingDesk(QObject):
    """Holds the open pack and logbook; every page of the training window reads from it.

    Signals:
        changed: the pack, the logbook or the programme is another.
        figures_changed: `way` was worked out anew.
        coding_wanted: the `Path` of an attempt to be opened for coding.
        looked_over: the `Case` that is to be submitted and a tuple of what its coding lacks.
        submitted: id of the case whose coding was locked and copied.
        lesson_ready: a `Lesson` that was asked for.
        disputes_written: the `Path` of the table.
        busy_changed: `busy` is another.
        trouble: what did not work, in the person's language.

    Attributes:
        pack: the open pack, None before.
        logbook: the trainee's, open for writing, None before.
        programme: where the trainee stands, worked out anew after each deed; None while pack or
            logbook is missing.
        way: the figures, criteria and tendencies of all that may be seen; arrives a little after
            `changed`.
        rule: the pack's pass rule, None where there is none or it cannot be read.
        word: the trainer's, for this sitting only; None until it is given.
        language: in which the instruments speak.
    """

    changed = Signal()
    figures_changed = Signal()
    coding_wanted = Signal(object)
    looked_over = Signal(object, object)
    submitted = Signal(str)
    lesson_ready = Signal(object)
    disputes_written = Signal(object)
    busy_changed = Signal()
    trouble = Signal(str)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        folders: tuple[Path, ...] = (),
        language: str = "en",
    ) -> None:
        super().__init__(parent)
        self.pack: Pack | None = None
        self.logbook: Logbook | None = None
        self.programme: Programme | None = None
        self.way = WayGone()
        self.rule: PassRule | None = None
        self.word: str | None = None
        self.language = language
        self._folders = folders
        self._errand: BackgroundWork | None = None
        self._counting: BackgroundWork | None = None
        self._counted: tuple[object, ...] = ()

    @property
    def pack_folder(self) -> Path | None:
        """Where the open pack lies."""
        return None if self.pack is None else self.pack.folder

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All rows of the logbook, empty without one."""
        return () if self.logbook is None else self.logbook.entries

    @property
    def figures(self) -> tuple[CaseFigures, ...]:
        """Of every submission whose reference may be seen, in order of submission."""
        return self.way.figures

    @property
    def busy(self) -> bool:
        """Whether a submission or a reference is under way."""
        return self._errand is not None

    @property
    def counting(self) -> bool:
        """Whether `way` is being worked out."""
        return self._counting is not None

    def open_pack(self, folder: Path) -> None:
        """Open a pack in place of another.

        Raises:
            TrainingError: it cannot be read, and why.
        """
        pack = read_pack(folder)
        self._stop()
        self.pack, self.rule, self.word = pack, None, None
        if pack.pass_rule:
            with suppress(DomainError):
                self.rule = load_pass_rule(pack.pass_rule, self._folders)
        self._take_up()

    def open_logbook(self, path: Path) -> None:
        """Open a trainee's logbook in place of another.

        Raises:
            StorageError: it is in use, was altered, or cannot be written.
        """
        if self.logbook is not None and self.logbook.path == path.resolve():
            return
        self._take(Logbook.open(path))

    def create_logbook(self, path: Path, who: str) -> None:
        """Make a trainee's logbook and open it in place of another.

        Raises:
            DomainError: the name or the pseudonym cannot be used, or the folder not be written.
            OSError: the folder cannot be made.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._take(Logbook.create(path, who))

    def append(self, deed: Deed) -> None:
        """Write a deed down; `programme` is worked out anew.

        Raises:
            StorageError: it could not be written; all is as before.
        """
        self._both()[1].append(deed)
        self.refresh()

    def refresh(self) -> None:
        """Work out where the trainee stands, and tell."""
        pack, logbook = self.pack, self.logbook
        if pack is None or logbook is None:
            self.programme = None
        else:
            self.programme = programme_of(pack, logbook.entries)
        self.changed.emit()
        self._count()

    def enrol(self) -> None:
        """Take up the open pack, or its new version.

        Raises:
            StorageError: it could not be written.
        """
        pack, logbook = self._both()
        enrol(logbook, pack)
        self.refresh()

    def begin(self, case: Case) -> Path:
        """The coding file of a case, made if need be; asks for it to be opened.

        Raises:
            DomainError: the case may not be begun, or the file not be written.
        """
        pack, logbook = self._both()
        path = begin_case(logbook, pack, case)
        self.refresh()
        self.coding_wanted.emit(path)
        return path

    def file_of(self, standing: Standing) -> Path | None:
        """The coding file of the last attempt at a case, None without one."""
        if self.logbook is None or standing.last is None:
            return None
        return self.logbook.folder / standing.last.file

    def look_over(self, case: Case) -> None:
        """See what a coding lacks before it is submitted; `looked_over` follows."""
        path = self._under_way(case)
        if self.busy or path is None:
            return

        def work(_told: object, _cancelled: object) -> object:
            return case, what_is_open(path)

        self._run(work, self._looked)

    def submit(self, case: Case) -> None:
        """Lock and copy the coding of a case; `submitted` follows.

        The coding must not be open. A second submission while one runs is left aside.
        """
        pack, logbook = self._both()
        path = self._under_way(case)
        if self.busy or path is None:
            return

        def work(_told: object, _cancelled: object) -> object:
            submit(logbook, pack, case, path)
            return case.id

        self._run(work, self._submitted)

    def open_lesson(self, case: Case) -> None:
        """Open a reference; `lesson_ready` follows.

        That it was seen is written down before anything of it is told. A reference that may not
        be seen is said by `trouble`; while something is under way nothing happens.
        """
        pack, logbook = self._both()
        if self.busy:
            return
        programme, shelf = programme_of(pack, logbook.entries), self._shelf(logbook)

        def work(_told: object, _cancelled: object) -> object:
            return lesson_of(pack, case, programme, shelf)

        self._run(work, self._opened)

    def write_disputes(self, path: Path) -> None:
        """Write what was disputed or called unclear as a table; `disputes_written` follows."""
        pack, logbook = self._both()
        if self.busy:
            return
        entries, who, shelf = logbook.entries, logbook.who, self._shelf(logbook)

        def work(_told: object, _cancelled: object) -> object:
            table = disputes_table(pack, entries, who, shelf)
            write_together({path: table}, overwrite=True)
            return path

        self._run(work, self._wrote)

    def give_word(self, word: str) -> None:
        """Use the trainer's word in this sitting; a wrong one is told when it opens nothing."""
        self.word = word or None
        self._count()

    def take_in(self, release: Path) -> None:
        """Write a trainer's release into the logbook.

        Raises:
            TrainingError: it is damaged, of another pack, for somebody else, or not genuine.
        """
        pack, logbook = self._both()
        take_in(logbook, pack, release)
        self.refresh()

    @property
    def said_anything(self) -> bool:
        """Whether the trainee disputed an item or called a rule unclear."""
        return any(
            isinstance(entry.deed, ItemJudged) and entry.deed.judgement is not Judgement.AGREE
            for entry in self.entries
        )

    def judgement(self, case: str, attempt: int, item: str) -> ItemJudged | None:
        """The trainee's last word on an item of the feedback."""
        return self.judgements(case, attempt).get(item)

    def judgements(self, case: str, attempt: int) -> dict[str, ItemJudged]:
        """The trainee's last word on every item of an attempt's feedback."""
        if self.pack is None:
            return {}
        said = judgements(self.entries, self.pack.id)
        return {key[2]: one for key, one in said.items() if key[:2] == (case, attempt)}

    def close(self) -> None:
        """Stop what runs and fold the logbook into one file; twice is harmless.

        A submission that runs comes to its end.
        """
        self._stop()
        logbook, self.logbook = self.logbook, None
        self.programme, self.way, self.word = None, WayGone(), None
        if logbook is not None:
            try:
                logbook.close()
            except DomainError as error:
                self.trouble.emit(said_error(error))
            self.changed.emit()

    def _take(self, logbook: Logbook) -> None:
        self.close()
        self.logbook = logbook
        for finding in logbook.findings:
            self.trouble.emit(said_sentence(finding))
        self._take_up()

    def _take_up(self) -> None:
        """Go on where the last sitting ended."""
        pack, logbook = self.pack, self.logbook
        self.way, self._counted = WayGone(), ()
        if pack is not None and logbook is not None:
            try:
                if programme_of(pack, logbook.entries).enrolled:
                    for finding in resume(logbook, pack).failed:
                        self.trouble.emit(said_sentence(finding))
                    hand_out(logbook, pack, datetime.now(UTC).astimezone().date().isoformat())
            except DomainError as error:
                self.trouble.emit(said_error(error))
        self.refresh()

    def _both(self) -> tuple[Pack, Logbook]:
        if self.pack is None or self.logbook is None:
            raise ValueError("no pack or no logbook is open")
        return self.pack, self.logbook

    def _under_way(self, case: Case) -> Path | None:
        return None if self.programme is None else self.file_of(self.programme.standing(case.id))

    def _shelf(self, logbook: Logbook) -> Shelf:
        return Shelf(
            folder=logbook.folder,
            word=self.word,
            folders=self._folders,
            language=self.language,
        )

    def _run(self, work: Work, done: Callable[[object], None]) -> None:
        errand = BackgroundWork(work, self)
        errand.done.connect(done)
        errand.failed.connect(self._failed)
        self._errand = errand
        self.busy_changed.emit()
        errand.start()

    def _end(self) -> None:
        if self._errand is not None:
            self._errand.deleteLater()
        self._errand = None
        self.busy_changed.emit()

    def _looked(self, found: object) -> None:
        self._end()
        if isinstance(found, tuple):
            self.looked_over.emit(*found)

    def _submitted(self, case: object) -> None:
        self._end()
        self.refresh()
        self.submitted.emit(str(case))

    def _opened(self, lesson: object) -> None:
        self._end()
        if not isinstance(lesson, Lesson):
            return
        pack, logbook = self._both()
        try:
            note_feedback(logbook, pack, lesson.case)
        except DomainError as error:
            self.trouble.emit(said_error(error))
            return
        self.refresh()
        self.lesson_ready.emit(lesson)

    def _wrote(self, path: object) -> None:
        self._end()
        self.disputes_written.emit(path)

    def _failed(self, sentence: str) -> None:
        self._end()
        self.refresh()
        self.trouble.emit(sentence)

    def _count(self) -> None:
        """Work the figures out when a submission or a release came; they arrive later."""
        pack, logbook, programme = self.pack, self.logbook, self.programme
        if pack is None or logbook is None or programme is None:
            return
        seen = tuple(
            (one.case.id, one.see, tuple(a.number for a in one.attempts if a.submitted))
            for one in programme.standings
        )
        state = (pack.sha256, logbook.path, seen, self.word)
        if state == self._counted:
            return
        self._counted = state
        self._let_counting_go()
        shelf, rule = self._shelf(logbook), self.rule

        def work(_told: object, _cancelled: object) -> object:
            return way_gone(pack, programme, shelf, rule)

        self._counting = BackgroundWork(work, self)
        self._counting.done.connect(self._figures_ready)
        self._counting.failed.connect(self._figures_failed)
        self._counting.start()

    def _figures_ready(self, way: object) -> None:
        self._let_counting_go()
        if isinstance(way, WayGone):
            self.way = way
            if way.refused is not None:
                self._forget_word(way.refused)
            self.figures_changed.emit()

    def _forget_word(self, refused: Finding) -> None:
        """A wrong word is told and let go; what was worked out is what there is without it."""
        self.word, self._counted = None, (*self._counted[:-1], None)
        self.changed.emit()
        self.trouble.emit(said_sentence(refused))

    def _figures_failed(self, sentence: str) -> None:
        self._let_counting_go()
        self.trouble.emit(sentence)

    def _let_counting_go(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
            self._counting.deleteLater()
            self._counting = None

    def _stop(self) -> None:
        self._let_counting_go()
        if self._errand is not None:
            self._errand.cancel()
            self._end()
