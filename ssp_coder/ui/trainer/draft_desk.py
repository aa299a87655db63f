"""The draft that is worked on: every change is in its file at once, and is checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTime, Signal

from ssp_coder.domain.finding import DomainError
from ssp_coder.media.errors import Abandoned
from ssp_coder.training.building import build_pack
from ssp_coder.training.checking import check_pack
from ssp_coder.training.draft_checking import CheckedDraft, check_draft
from ssp_coder.training.draft_file import read_draft
from ssp_coder.training.draft_start import case_from
from ssp_coder.training.draft_writing import write_draft
from ssp_coder.training.drafts import PackDraft
from ssp_coder.training.packs import Pack
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.trainer.errands import Errands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.domain.finding import Finding
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.drafts import DraftCase

NEW_VERSION = "1.0.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCheck:
    """What was found in a pack that exists."""

    folder: Path
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """Cases begun from references, and what could not be used."""

    cases: tuple[DraftCase, ...]
    refused: tuple[str, ...]


class DraftDesk(QObject):
    """Holds one draft; nothing of it waits for being saved.

    Signals:
        changed: the draft is another.
        checked: `result` belongs to the draft as it is.
        saved: the time of day at which the draft was written.
        built: the `Pack` that was made.
        pack_checked: a `PackCheck` that was asked for.
        trouble: what did not work, in the person's language.

    Attributes:
        draft: None before one is opened.
        path: its file.
        result: what the last check found, None until the draft as it is was checked.
        errands: adding, building and checking a pack.
    """

    changed = Signal()
    checked = Signal()
    saved = Signal(str)
    built = Signal(object)
    pack_checked = Signal(object)
    trouble = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft: PackDraft | None = None
        self.path: Path | None = None
        self.result: CheckedDraft | None = None
        self.errands = Errands(self)
        self.errands.trouble.connect(self.trouble)
        self._checks = Errands(self)
        self._checks.trouble.connect(self.trouble)

    @property
    def scheme(self) -> Scheme | None:
        """The scheme of the first case that could be read."""
        cases = () if self.result is None else self.result.cases
        return cases[0].scheme if cases else None

    def begin(self, path: Path, made_by: str) -> None:
        """Begin a draft in a new file, or in place of one that the person chose to replace.

        Raises:
            TrainingError: the file cannot be written.
        """
        draft = PackDraft(id=path.stem, version=NEW_VERSION, title="", made_by=made_by, cases=())
        write_draft(draft, path)
        self._take(draft, path)

    def open(self, path: Path) -> None:
        """Open a draft in place of another.

        Raises:
            TrainingError: the file is missing or wrong.
        """
        self._take(read_draft(path), path)

    def change(self, draft: PackDraft) -> None:
        """Put another draft in place of this one; its file follows at once.

        A file that cannot be written is told; the draft is kept in memory and written with the
        next change.
        """
        if self.path is None or draft == self.draft:
            return
        self.draft = draft
        self.result = None
        try:
            write_draft(draft, self.path)
        except DomainError as error:
            self.trouble.emit(said_error(error))
        else:
            self.saved.emit(_now())
        self.changed.emit()
        self._check()

    def change_case(self, case_id: str, case: DraftCase) -> None:
        """Put another case in place of the first one with this id."""
        if self.draft is not None and (place := self._place(case_id)) >= 0:
            before = self.draft.cases
            self.change(replace(self.draft, cases=(*before[:place], case, *before[place + 1 :])))

    def move_case(self, case_id: str, by: int) -> None:
        """Move a case up (below 0) or down among the others; at the end it stays."""
        if self.draft is None:
            return
        cases, place = list(self.draft.cases), self._place(case_id)
        if place < 0 or not 0 <= place + by < len(cases):
            return
        cases.insert(place + by, cases.pop(place))
        self.change(replace(self.draft, cases=tuple(cases)))

    def remove_case(self, case_id: str) -> None:
        """Leave the first case with this id out; its reference stays where it is."""
        if self.draft is not None and (place := self._place(case_id)) >= 0:
            before = self.draft.cases
            self.change(replace(self.draft, cases=(*before[:place], *before[place + 1 :])))

    def add(self, references: tuple[Path, ...]) -> None:
        """Add a case for each reference; `changed` follows."""
        if self.draft is None:
            return
        taken = {case.id for case in self.draft.cases}
        first = 1 + len(self.draft.cases)
        known = {case.reference.resolve() for case in self.draft.cases}

        def work(told: Callable[[float], None], cancelled: Callable[[], bool]) -> object:
            cases, refused, number = [], [], first
            for place, path in enumerate(references, 1):
                if cancelled():
                    raise Abandoned
                try:
                    case = case_from(path, number)
                except DomainError as error:
                    refused.append(said_error(error))
                    continue
                if path.resolve() in known:
                    continue
                while case.id in taken:
                    number += 1
                    case = case_from(path, number)
                taken.add(case.id)
                cases.append(case)
                number += 1
                told(place / len(references))
            return _Begun(cases=tuple(cases), refused=tuple(refused))

        self.errands.run(work, self._added)

    def build(self, folder: Path, word: str) -> None:
        """Build the pack into a new folder; `built` follows."""
        if self.draft is None:
            return
        draft = replace(self.draft, word=word)

        def work(told: Callable[[float], None], cancelled: Callable[[], bool]) -> object:
            return build_pack(draft, folder, told, cancelled)

        self.errands.run(work, self._built)

    def check_pack(self, folder: Path) -> None:
        """See whether a pack is as it was built; `pack_checked` follows."""

        def work(told: Callable[[float], None], _cancelled: object) -> object:
            return PackCheck(folder=folder, findings=check_pack(folder, told))

        self.errands.run(work, self._pack_checked)

    def close(self) -> None:
        """Stop what runs; twice is harmless."""
        self.errands.cancel()
        self._checks.cancel()

    def _place(self, case_id: str) -> int:
        """Where the first case with an id stands, -1 for nowhere; a typed draft may have two."""
        cases = () if self.draft is None else self.draft.cases
        return next((number for number, one in enumerate(cases) if one.id == case_id), -1)

    def _take(self, draft: PackDraft, path: Path) -> None:
        self.draft, self.path, self.result = draft, path.absolute(), None
        self.saved.emit(_now())
        self.changed.emit()
        self._check()

    def _check(self) -> None:
        """Check the draft; while a check of an earlier one runs, another follows it."""
        draft = self.draft
        if draft is None:
            return

        def work(_told: object, cancelled: Callable[[], bool]) -> object:
            def step(_cases: int) -> None:
                if cancelled():
                    raise Abandoned

            return check_draft(draft, step)

        self._checks.run(work, self._was_checked)

    def _was_checked(self, result: object) -> None:
        if not isinstance(result, CheckedDraft):
            return
        if result.draft != self.draft:
            self._check()
            return
        self.result = result
        self.checked.emit()

    def _added(self, begun: object) -> None:
        if isinstance(begun, _Begun) and self.draft is not None:
            self.change(replace(self.draft, cases=(*self.draft.cases, *begun.cases)))
            if begun.refused:
                self.trouble.emit("\n".join(begun.refused))

    def _built(self, pack: object) -> None:
        if isinstance(pack, Pack):
            self.built.emit(pack)

    def _pack_checked(self, check: object) -> None:
        self.pack_checked.emit(check)


def _now() -> str:
    return QTime.currentTime().toString("HH:mm")
