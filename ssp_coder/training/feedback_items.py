"""One item of feedback, and what items are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct, field

from ssp_coder.agreement.comparison import Difference
from ssp_coder.catalog.record_base import FileHead
from ssp_coder.domain.handbook import About, Handbook
from ssp_coder.domain.procedure import EpisodeId, SubjectId
from ssp_coder.domain.scale import Anchor
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import SECOND_US, Micros, Span
from ssp_coder.domain.words import NO_TEXT, Text
from ssp_coder.training.packs import Rationale, Reference

_Seconds = Annotated[float, Meta(ge=0, le=60)]
_Weight = Annotated[float, Meta(ge=0)]


class ItemKind(StrEnum):
    """How a trainee and the reference differ."""

    MISS = "miss"
    FALSE_ALARM = "false_alarm"
    WRONG_CODE = "wrong_code"
    LAG = "lag"
    """The same behaviour, seen too early or too late."""
    ENDS = "ends"
    """The same state, ended at another time."""
    RATING = "rating"
    RATING_NEAR = "rating_near"
    """A small difference of points."""
    UNRATED = "unrated"
    """Only one of the two has a number."""
    CLASS = "class"
    SUBGROUP = "subgroup"
    SECONDARY = "secondary"
    D_DECISION = "d_decision"

    @property
    def about(self) -> About:
        """The part of the handbook that helps."""
        if self in _OF_RATINGS:
            return About.SCALES
        if self in _OF_CLASSES:
            return About.GROUPS
        return About.THEMES if self is ItemKind.D_DECISION else About.CODES


_OF_RATINGS = frozenset((ItemKind.RATING, ItemKind.RATING_NEAR, ItemKind.UNRATED))
_OF_CLASSES = frozenset((ItemKind.CLASS, ItemKind.SUBGROUP, ItemKind.SECONDARY))


class Weights(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The weight of an item of each kind."""

    main: _Weight = field(name="class")
    d_decision: _Weight
    subgroup: _Weight
    secondary: _Weight
    unrated: _Weight
    rating: _Weight
    wrong_code: _Weight
    miss: _Weight
    false_alarm: _Weight
    rating_near: _Weight
    lag: _Weight
    ends: _Weight

    def of(self, kind: ItemKind) -> float:
        """The weight of a kind."""
        return self.main if kind is ItemKind.CLASS else float(getattr(self, kind.value))


class FeedbackFile(
    FileHead,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag="feedback",
    tag_field="kind",
):
    """``feedback.toml``: what is told, how it loops, and what comes first."""

    before_s: _Seconds
    after_s: _Seconds
    pairing_s: _Seconds
    lag_s: _Seconds
    ends_s: _Seconds
    rating_from: _Weight
    weights: Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackItem:
    """One difference between a trainee and the reference.

    Attributes:
        key: stable within one submission; judgements name it.
        at_us: the moment, None for what belongs to the session as a whole.
        loop: the stretch that shows it.
        place: id of the code, of the place to be rated, or of the level of the class.
        title: what the place is called.
        own: the trainee's words, empty where there are none.
        reference: the reference's.
        own_value: the same for programs: a code, points, a class or a decision.
        reference_value: the same of the reference.
        difference: own minus reference, in microseconds or points; None where there is none.
        notes: why the reference is as it is.
        own_anchors: what the scale says of the trainee's point, or of the two beside it.
        reference_anchors: what it says of the reference's.
        chapter: id of the handbook's chapter that helps, may be empty.
        excluded: why it does not count, empty where it does.
        row: the compared events, None for ratings and classes.
    """

    key: str
    kind: ItemKind
    weight: float
    at_us: Micros | None
    loop: Span | None
    place: str
    title: Text
    own: Text = NO_TEXT
    reference: Text = NO_TEXT
    own_value: str = ""
    reference_value: str = ""
    subject: SubjectId | None = None
    episode: EpisodeId | None = None
    difference: float | None = None
    notes: tuple[Rationale, ...] = ()
    own_anchors: tuple[Anchor, ...] = ()
    reference_anchors: tuple[Anchor, ...] = ()
    chapter: str = ""
    excluded: str = ""
    row: Difference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What items are explained with."""

    reference: Reference
    settings: FeedbackFile
    handbook: Handbook | None = None

    @property
    def scheme(self) -> Scheme:
        """What both codings were made with."""
        return self.reference.scheme

    def weight(self, kind: ItemKind, times: float = 1.0) -> float:
        """How much an item weighs."""
        return self.settings.weights.of(kind) * times

    def loop(self, from_us: int, to_us: int) -> Span:
        """The stretch around a moment or two; never before the session's time 0."""
        before, after = self.settings.before_s * SECOND_US, self.settings.after_s * SECOND_US
        start = max(0, round(from_us - before))
        return Span(start_us=Micros(start), end_us=Micros(max(start, round(to_us + after))))

    def chapter(self, kind: ItemKind) -> str:
        """The handbook's chapter on this kind of item, empty without one."""
        chapters = () if self.handbook is None else self.handbook.chapters
        return next((one.id for one in chapters if one.about is kind.about), "")

    def notes(self, about: Iterable[Rationale]) -> tuple[Rationale, ...]:
        """Reasons that have any words."""
        return tuple(note for note in about if note.words.strip())
