"""Made-up cases, standings, lessons and a desk of plain values, to show pages without a pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ssp_coder.agreement.estimate import Undefined, missing
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scale import ScaleId
from ssp_coder.domain.words import english
from ssp_coder.storage.errors import StorageError
from ssp_coder.training.attempts import Attempt
from ssp_coder.training.bias import Basis, Bias, BiasPanel, ScaleBias, Tendency
from ssp_coder.training.deeds import ItemJudged, Submitted
from ssp_coder.training.feedback import feedback_on, feedback_settings
from ssp_coder.training.feedback_items import FeedbackItem, ItemKind
from ssp_coder.training.packs import Case, Consent, Origin, OriginKind, Pack, Reference, Stage
from ssp_coder.training.programme import Bar, CaseState, Programme, Standing
from ssp_coder.ui.pairs.items import PairItem, PairKind
from ssp_coder.ui.training.lesson import Lesson, WayGone
from tests.builders import s
from tests.fixtures.training_figures import made_up_reference, small_pack

LONG = "A title of many words that goes on and on beyond the edge of every narrow screen " * 3
DISK_FULL = Finding(
    code="storage.full", message="the disk is full", place="t07.ssptrain", remedy="make room"
)
NO_BIAS = Bias(
    estimate=missing(Undefined.NOTHING, 0),
    basis=Basis.STUDENT,
    p=None,
    corrected=None,
    tendency=Tendency.NONE,
)


def a_case(case_id: str = "c01", stage: Stage = Stage.PRACTICE, **fields: object) -> Case:
    given = {
        "id": case_id,
        "title": f"Session {case_id[1:]}",
        "stage": stage,
        "form": "one" if stage is Stage.TEST else "",
        "session": "S001",
        "media": (),
        "origin": Origin(kind=OriginKind.EXPERT, who="expert2", on="2026-05-17", codebook="1.2.0"),
        "consent": Consent.SYNTHETIC,
        "consent_by": "trainer1",
        "reference": f"{case_id}.ref",
        "reference_sha256": "ab" * 32,
    }
    return Case(**(given | fields))


def an_attempt(number: int = 1, *, submitted: bool = True, case: str = "c01") -> Attempt:
    done = Submitted(
        pack="pack1",
        case=case,
        attempt=number,
        snapshot=f"coding-{number:04d}.snapshot",
        snapshot_sha256="ab" * 32,
        head="cd" * 32,
        pack_version="1.2.0",
    )
    return Attempt(
        case=case,
        number=number,
        file=f"coding-{number:04d}.sspc",
        begun_at_utc="2026-05-17T10:00:00.000Z",
        is_repeat=number > 1,
        submitted=done if submitted else None,
        submitted_at_utc="2026-05-17T11:00:00.000Z" if submitted else "",
        row=number if submitted else 0,
    )


def stands(
    state: CaseState = CaseState.READY, case: Case | None = None, **fields: object
) -> Standing:
    given = {"case": case or a_case(), "state": state, "begin": None, "see": None, "attempts": ()}
    return Standing(**(given | fields))


def programme(*standings: Standing, **fields: object) -> Programme:
    cases = tuple(one.case for one in standings)
    given = {
        "pack": small_pack(cases=cases),
        "stage": Stage.PRACTICE,
        "standings": standings,
        "certified": None,
        "releases": (),
        "due": (),
        "enrolled": True,
    }
    return Programme(**(given | fields))


@dataclass
class PlainDesk:
    """What the pages read of a desk, without a logbook; `full` makes every writing fail."""

    programme: Programme | None = None
    pack: Pack | None = field(default_factory=small_pack)
    way: WayGone = field(default_factory=WayGone)
    word: str | None = None
    said_anything: bool = False
    full: bool = False
    said: list[ItemJudged] = field(default_factory=list)

    def append(self, deed: ItemJudged) -> None:
        if self.full:
            raise StorageError(DISK_FULL)
        self.said.append(deed)

    def judgements(self, case: str, attempt: int) -> dict[str, ItemJudged]:
        return {one.item: one for one in self.said if (one.case, one.attempt) == (case, attempt)}

    def judgement(self, case: str, attempt: int, item: str) -> ItemJudged | None:
        return self.judgements(case, attempt).get(item)


def an_item(key: str = "event:1", **fields: object) -> FeedbackItem:
    given = {
        "key": key,
        "kind": ItemKind.MISS,
        "weight": 1.0,
        "at_us": s(5),
        "loop": None,
        "place": "distress.cry",
        "title": english("Cry"),
        "reference": english("cry"),
    }
    return FeedbackItem(**(given | fields))


def a_pair(kind: PairKind = PairKind.MISSED, **fields: object) -> PairItem:
    given = {"id": "event:1", "kind": kind, "place": "0:05", "own": "fuss", "reference": "cry"}
    return PairItem(**(given | fields))


def coded_like(reference: Reference, *, late_s: float = 0.0, without: int = 0) -> Coding:
    """The reference's own coding, later, without the first events, by a trainee."""
    shift = s(late_s)
    moved = tuple(
        replace(one, start_us=one.start_us + shift, end_us=one.end_us and one.end_us + shift)
        for one in reference.coding.events[without:]
    )
    return replace(reference.coding, coder="t07", events=moved)


def lesson(
    reference: Reference | None = None, own: Coding | None = None, **fields: object
) -> Lesson:
    """A lesson on a submission with its feedback, on a case without a film."""
    reference = reference or made_up_reference(1)
    own = own or coded_like(reference, without=12)
    given = {
        "case": a_case(),
        "reference": reference,
        "attempt": an_attempt(),
        "coding": own,
        "feedback": feedback_on(own, reference, feedback_settings()),
    }
    return Lesson(**(given | fields))


def studied(reference: Reference, **fields: object) -> Lesson:
    """A lesson on a case to learn from."""
    return Lesson(case=a_case(stage=Stage.LEARN, **fields), reference=reference)


def leaning(scale: str, estimate: object, tendency: Tendency = Tendency.NONE) -> ScaleBias:
    return ScaleBias(
        scale=ScaleId(scale), bias=replace(NO_BIAS, estimate=estimate, tendency=tendency)
    )


def biases(*scales: ScaleBias, lag: object, tendency: Tendency = Tendency.NONE) -> BiasPanel:
    return BiasPanel(
        scales=tuple(scales),
        codes=(),
        lag=replace(NO_BIAS, estimate=lag, tendency=tendency),
        onsets=lag.n,
        settings="1.0.0",
    )


def waiting_for(*bars: Bar) -> Sequence[Standing]:
    """Submitted test cases, each of which waits for something."""
    return [
        stands(
            CaseState.WAITING,
            a_case(f"c{number:02d}", Stage.TEST),
            begin=Bar.FORM_TAKEN,
            see=bar,
            attempts=(an_attempt(number),),
        )
        for number, bar in enumerate(bars, start=1)
    ]
