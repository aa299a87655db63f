"""Rating scales, the places where they are rated, and what a rating can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from ssp_coder.domain.procedure import EpisodeId, SubjectId
from ssp_coder.domain.time import Micros, Span
from ssp_coder.domain.words import NO_TEXT, Provenance, Text

ScaleId = NewType("ScaleId", str)
SlotId = NewType("SlotId", str)
"""One place to be rated, a scale in an episode toward a person; also the export's column name."""


class ScaleRole(StrEnum):
    """Where on the rating pages a scale stands."""

    INTERACTIVE = "interactive"
    SEARCH = "search"
    DISORGANIZATION = "disorganization"
    CAREGIVER = "caregiver"


class MissingKind(StrEnum):
    """Why a place has no number."""

    CANNOT_CODE = "cannot_code"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingReason:
    """A named reason why a place cannot be rated, as a scale file lists it."""

    id: str
    kind: MissingKind
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What one scale point means, in the project's or a lab's own words."""

    point: float
    text: Text
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedHinge:
    """A timing rule of a scale, shown as a fact and never setting a score."""

    id: str
    limit_us: Micros
    episodes: tuple[EpisodeId, ...]
    text: Text
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One rating scale.

    Attributes:
        abbreviation: sign used in tables.
        minimum: lowest point; it means "seen and absent".
        maximum: highest point.
        step: distance between points a coder may choose, 1 or 0.5.
        aliases: names of other labs for the scale, read in the headers of their tables.
        decision_point: the point at which the coder must decide by hand, or None.
        confusions: what this scale is often mistaken for.
    """

    id: ScaleId
    abbreviation: str
    title: Text
    gist: Text
    role: ScaleRole
    minimum: float
    maximum: float
    step: float
    anchors: tuple[Anchor, ...]
    missing_reasons: tuple[MissingReason, ...]
    hinges: tuple[TimedHinge, ...] = ()
    confusions: tuple[Text, ...] = ()
    note: Text = NO_TEXT
    decision_point: float | None = None
    aliases: tuple[str, ...] = ()
    provenance: Provenance

    def allows(self, value: float) -> bool:
        """Whether `value` is a point of the scale."""
        steps = (value - self.minimum) / self.step
        return self.minimum <= value <= self.maximum and steps == int(steps)

    def missing_reason(self, reason_id: str) -> MissingReason:
        """The reason with this id.

        Raises:
            KeyError: the scale has no such reason.
        """
        for reason in self.missing_reasons:
            if reason.id == reason_id:
                return reason
        raise KeyError(f"scale {self.id} has no missing reason {reason_id}")

    def anchor_for(self, value: float) -> Anchor | None:
        """The anchor of exactly this point, or None between anchors."""
        return next((anchor for anchor in self.anchors if anchor.point == value), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSlot:
    """A place to be rated.

    Attributes:
        id: also the column name of the scores CSV.
        episode: the episode, or None for the whole session.
        toward: the person the behaviour is directed to, or None.
        required: whether a complete coding needs it.
    """

    id: SlotId
    scale: ScaleId
    episode: EpisodeId | None
    toward: SubjectId | None
    required: bool


@dataclass(frozen=True, slots=True)
class Points:
    """A rated number."""

    value: float


@dataclass(frozen=True, slots=True)
class Missing:
    """Looked at, and not to be rated, for a reason the scale names (such as a lost view)."""

    reason: str


class Unrated(StrEnum):
    """Not looked at yet; never the same as the lowest point."""

    NOT_RATED = "not_rated"


NOT_RATED = Unrated.NOT_RATED
Score = Points | Missing | Unrated


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What a coder recorded in one place.

    Attributes:
        score: a number or a named reason for its absence; a place not rated has no Rating.
        note: the coder's words.
        evidence: ids of events that justify it.
        clips: stretches of the video that justify it.
    """

    slot: SlotId
    score: Points | Missing
    note: str = ""
    evidence: tuple[int, ...] = ()
    clips: tuple[Span, ...] = ()
