"""The logbooks of a folder as a trainer reads them: only looked at, each with what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.media.errors import Abandoned
from ssp_coder.training.attempts import Attempt
from ssp_coder.training.bias import BiasPanel, bias_of, bias_settings
from ssp_coder.training.deeds import ItemJudged, Judgement
from ssp_coder.training.disputes import Dispute, disputes, judgements
from ssp_coder.training.drift import DriftFile, Watch, drift_setup, watch
from ssp_coder.training.evaluation import (
    CaseFigures,
    figures_of,
    first_attempts,
    sitting_of,
)
from ssp_coder.training.feedback import Feedback, feedback_on, feedback_settings
from ssp_coder.training.feedback_items import FeedbackItem
from ssp_coder.training.handing_in import check_work
from ssp_coder.training.logbook import SUFFIX, LogbookPages, read_logbook
from ssp_coder.training.measures import Measure, Statistic, measured
from ssp_coder.training.overview import TraineeRow, TraineeWork, overview
from ssp_coder.training.packs import Case, Pack, Reference, Stage
from ssp_coder.training.pass_rules import PassRule
from ssp_coder.training.programme import Bar, Programme, programme_of
from ssp_coder.training.references import open_reference, pack_scheme, trainer_root
from ssp_coder.training.submissions import submitted_coding

CLASS = Measure(statistic=Statistic.CLASS_SHARE, level=ClassLevel.THREE_WAY)
"""The statistic that is told of every trainee."""
_DEPTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedItem:
    """What a trainee said of an item, with the item where its reference can be opened.

    Attributes:
        item: None while the reference is sealed from the trainer too.
    """

    dispute: Dispute
    item: FeedbackItem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeStudy:
    """One trainee's way through the pack, worked out from the logbook.

    Attributes:
        agreement: of the class, over first attempts whose reference can be opened.
        bias: None before the first of them.
        watch: the charts over re-checks.
        sealed: submissions that were left out because their reference is sealed.
    """

    work: TraineeWork
    row: TraineeRow
    agreement: Estimate
    bias: BiasPanel | None
    watch: Watch
    disputed: tuple[DisputedItem, ...]
    sealed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeFile:
    """A logbook of the folder.

    Attributes:
        trainee: pseudonym; the file's name where the logbook cannot be read.
        label: the packs that the logbook tells of, empty where there is none.
        findings: what is wrong with the logbook, its copies, or the pack's files.
        study: None where the logbook cannot be read or tells nothing of the pack.
    """

    path: Path
    trainee: str
    label: str = ""
    last_at_utc: str = ""
    findings: tuple[Finding, ...] = ()
    study: TraineeStudy | None = None


def logbooks_in(folder: Path) -> tuple[Path, ...]:
    """The logbooks of a folder and of the folders in it, three levels down, by path."""
    patterns = ["/".join((*("*" for _ in range(depth)), f"*{SUFFIX}")) for depth in range(_DEPTH)]
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    return tuple(sorted(path for path in found if not path.name.startswith(".")))


class TrainerReading:
    """Reads logbooks against one pack; each reference is opened once, in memory only."""

    def __init__(self, pack: Pack, word: str = "", rule: PassRule | None = None) -> None:
        """Read against a pack.

        Args:
            pack: whose cases were coded.
            word: the trainer's; without it test forms sealed with one stay sealed.
            rule: the pass rule that trainees are held against.

        Raises:
            TrainingError: the word is wrong, or a file of the scheme is missing or was changed.
            TeachingFileError: a file of settings is wrong.
        """
        if word:
            trainer_root(pack, word)
        pack_scheme(pack)
        self._pack, self._word, self._rule = pack, word or None, rule
        self._opened: dict[str, Reference] = {}
        self._drift: DriftFile = drift_setup()
        self._bias = bias_settings()
        self._feedback = feedback_settings()

    def read_folder(
        self,
        folder: Path,
        progress: Callable[[float], None] = lambda _share: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[TraineeFile, ...]:
        """Every logbook of a folder, by pseudonym and never by what was reached.

        Raises:
            Abandoned: it was cancelled.
        """
        paths = logbooks_in(folder)
        found = []
        for number, path in enumerate(paths, 1):
            if cancelled():
                raise Abandoned
            found.append(self.read(path))
            progress(number / len(paths))
        return tuple(sorted(found, key=lambda one: (one.trainee.casefold(), str(one.path))))

    def read(self, path: Path) -> TraineeFile:
        """One logbook; whatever is wrong with it is told and keeps no other from being read."""
        try:
            pages = read_logbook(path)
        except DomainError as error:
            return TraineeFile(path=path, trainee=path.stem, findings=(error.finding,))
        findings = [*check_work(pages)]
        study = None
        if any(entry.deed.pack == self._pack.id for entry in pages.entries):
            try:
                study = self._study(pages)
            except DomainError as error:
                if error.finding not in findings:
                    findings.append(error.finding)
        packs = dict.fromkeys(entry.deed.pack for entry in pages.entries)
        return TraineeFile(
            path=path,
            trainee=pages.who,
            label=", ".join(packs),
            last_at_utc=max((entry.at_utc for entry in pages.entries), default=""),
            findings=tuple(findings),
            study=study,
        )

    def _study(self, pages: LogbookPages) -> TraineeStudy:
        programme = programme_of(self._pack, pages.entries)
        figures, sealed = self._figures(pages, programme)
        work = TraineeWork(
            trainee=pages.who, programme=programme, entries=pages.entries, figures=figures
        )
        counted = first_attempts(figures)
        return TraineeStudy(
            work=work,
            row=overview((work,), self._rule).trainees[0],
            agreement=measured(CLASS, counted),
            bias=bias_of(counted, self._bias) if counted else None,
            watch=watch(figures, self._drift),
            disputed=tuple(self._disputed(pages, programme)),
            sealed=sealed,
        )

    def _figures(
        self, pages: LogbookPages, programme: Programme
    ) -> tuple[tuple[CaseFigures, ...], int]:
        found, sealed = [], 0
        for standing in programme.standings:
            submitted = [one for one in standing.attempts if one.submitted is not None]
            if standing.case.stage is Stage.LEARN or not submitted:
                continue
            reference = self._reference(standing.case, programme)
            if reference is None:
                sealed += len(submitted)
                continue
            found += [
                figures_of(
                    sitting_of(self._pack, standing.case, attempt),
                    submitted_coding(pages.path.parent, attempt),
                    reference,
                )
                for attempt in submitted
            ]
        return tuple(sorted(found, key=lambda one: one.sitting.submitted_at_utc)), sealed

    def _disputed(self, pages: LogbookPages, programme: Programme) -> Iterator[DisputedItem]:
        said = judgements(pages.entries, self._pack.id)
        told = {key[:2]: key for key, one in said.items() if one.judgement is not Judgement.AGREE}
        attempts = {(one.case, one.number): one for one in programme.attempts}
        known: dict[tuple[str, int], Feedback] = {}
        for key in told:
            attempt = attempts.get(key)
            feedback = None if attempt is None else self._told(pages, attempt, programme)
            if feedback is not None:
                known[key] = feedback
        found = disputes(pages.who, _by_case(said.values(), self._pack), known)
        for one in found:
            feedback = known.get((one.case, one.attempt))
            yield DisputedItem(
                dispute=one, item=None if feedback is None else feedback.item(one.item)
            )

    def _told(self, pages: LogbookPages, attempt: Attempt, programme: Programme) -> Feedback | None:
        reference = self._reference(self._pack.case(attempt.case), programme)
        if reference is None or attempt.submitted is None:
            return None
        coding = submitted_coding(pages.path.parent, attempt)
        return feedback_on(coding, reference, self._feedback)

    def _reference(self, case: Case, programme: Programme) -> Reference | None:
        """The reference, None while it is sealed; whoever reads, it is the same."""
        bar = programme.standing(case.id).see
        if bar is not None and not (bar is Bar.NEEDS_TRAINER and self._word):
            return None
        if case.id not in self._opened:
            self._opened[case.id] = open_reference(self._pack, case, programme, self._word)
        return self._opened[case.id]


def _by_case(said: Iterable[ItemJudged], pack: Pack) -> list[ItemJudged]:
    place = {case.id: number for number, case in enumerate(pack.cases)}
    return sorted(said, key=lambda one: (place.get(one.case, len(place)), one.attempt, one.item))
