"""What a comparison of a coding with a reference found, row by row and in totals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.domain.coding import Event
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.scale import Points, Score, SlotId
from ssp_coder.domain.time import SECOND_US, Micros

DEFAULT_TOLERANCE_US = Micros(SECOND_US)
"""Onsets up to one second apart are the same behaviour (project default)."""


class DifferenceKind(StrEnum):
    """How an event stands to the other coding."""

    MATCH = "match"
    WRONG_CODE = "wrong_code"
    MISS = "miss"
    FALSE_ALARM = "false_alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One event of the reference, of the own coding, or a pair of both.

    Attributes:
        reference: event of the reference, None for a false alarm.
        own: event of the coding, None for a miss.
        code: the reference's code, of a false alarm the own one.
        episode: episode of the onset, by the reference's marks where it has any; else None.
        at_us: where to look on the video: the earlier onset.
        lag_us: own onset minus the reference's, None without a pair.
        end_lag_us: own end minus the reference's, None unless both are ended states.
        ends_apart: whether the ends of a pair differ by more than the tolerance, or only one of
            the two has ended.
    """

    kind: DifferenceKind
    reference: Event | None
    own: Event | None
    code: CodeId
    episode: EpisodeId | None
    at_us: Micros
    lag_us: int | None = None
    end_lag_us: int | None = None
    ends_apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Counts over some of the events.

    Attributes:
        code: the code counted, or None for all.
        episode: the episode counted, or None for all; events outside all episodes count only there.
        n_reference: events of the reference.
        n_own: events of the coding.
        wrong_codes: events of the reference that the coder called otherwise.
        taken_for: events that the coder called so and the reference otherwise.
        ends_apart: matches whose ends lie further apart than the tolerance.
        median_lag_us: over matches, None without any.
    """

    code: CodeId | None
    episode: EpisodeId | None
    n_reference: int
    n_own: int
    matches: int
    misses: int
    false_alarms: int
    wrong_codes: int
    taken_for: int
    ends_apart: int
    median_lag_us: float | None

    @property
    def agreement(self) -> float | None:
        """Twice the matches over the events of both; None when neither has any."""
        both = self.n_reference + self.n_own
        return 2 * self.matches / both if both else None

    @property
    def recall(self) -> float | None:
        """Share of the reference's events that were matched; None when it has none."""
        return self.matches / self.n_reference if self.n_reference else None

    @property
    def precision(self) -> float | None:
        """Share of the coder's events that were matched; None when there are none."""
        return self.matches / self.n_own if self.n_own else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingDifference:
    """One place as rated in both codings."""

    slot: SlotId
    reference: Score
    own: Score

    @property
    def difference(self) -> float | None:
        """Own points minus the reference's; None when either has no number."""
        if isinstance(self.reference, Points) and isinstance(self.own, Points):
            return self.own.value - self.reference.value
        return None


class ClassLevel(StrEnum):
    """How finely classes are compared."""

    PRIMARY = "primary"
    SUBGROUP = "subgroup"
    SECONDARY = "secondary"
    THREE_WAY = "three_way"
    FOUR_WAY = "four_way"
    SECURE_TWO_WAY = "secure_two_way"
    D_TWO_WAY = "d_two_way"
    D_DECISION = "d_decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassAgreement:
    """The classes of both codings at one level; empty where a coding has none."""

    level: ClassLevel
    reference: str
    own: str

    @property
    def agrees(self) -> bool | None:
        """Whether both are the same; None when one is missing."""
        return self.reference == self.own if self.reference and self.own else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A coding beside a reference.

    Attributes:
        session: session of the coding.
        coder: who made the coding.
        reference_session: session of the reference; another one makes the comparison doubtful.
        reference_coder: who made the reference.
        tolerance_us: largest lag of a pair.
        rows: in order of time.
        overall: over all events.
        by_code: per code that either coding uses, in the ethogram's order.
        by_episode: per episode of the procedure.
        by_code_and_episode: per code and episode in which either coding uses it.
        ratings: per place of the scheme.
        classes: per level.
    """

    session: str
    coder: str
    reference_session: str
    reference_coder: str
    tolerance_us: Micros
    rows: tuple[Difference, ...]
    overall: Totals
    by_code: tuple[Totals, ...]
    by_episode: tuple[Totals, ...]
    by_code_and_episode: tuple[Totals, ...]
    ratings: tuple[RatingDifference, ...]
    classes: tuple[ClassAgreement, ...]

    @property
    def same_session(self) -> bool:
        """Whether both codings are of one session."""
        return self.session == self.reference_session
