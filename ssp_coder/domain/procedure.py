"""What happens in the room, as a procedure plans it, and what it asks to know of the visit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from ssp_coder.domain.time import Micros
from ssp_coder.domain.words import NO_TEXT, Provenance, Text

EpisodeId = NewType("EpisodeId", str)
SubjectId = NewType("SubjectId", str)
VisitFieldId = NewType("VisitFieldId", str)


class EpisodeKind(StrEnum):
    """What an episode is for."""

    INTRODUCTION = "introduction"
    PRESEPARATION = "preseparation"
    SEPARATION = "separation"
    REUNION = "reunion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may be in the room and whose behaviour may be coded.

    Attributes:
        id: the subject id of events, such as the infant's.
        letter: one-letter sign used in column names, lower case.
        title: name on the screen.
        presence_column: timeline CSV column for "was in the room", empty for none.
        focal: whether keys code this person unless another is chosen.
    """

    id: SubjectId
    letter: str
    title: Text
    presence_column: str = ""
    focal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodePlan:
    """One episode as the procedure plans it.

    Attributes:
        id: stable id, used in files.
        number: place in the procedure, from 1.
        kind: what the episode is for.
        reunion: 1 or 2 for a reunion, 0 otherwise.
        present: ids of the persons expected in the room.
        planned_us: nominal length in microseconds.
        may_curtail: whether the procedure allows cutting it short.
        may_extend: whether the procedure allows prolonging it.
        start_cue: what on the video starts it.
        end_cue: what on the video ends it.
    """

    id: EpisodeId
    number: int
    title: Text
    kind: EpisodeKind
    reunion: int
    present: tuple[SubjectId, ...]
    planned_us: Micros
    may_curtail: bool
    may_extend: bool
    start_cue: Text
    end_cue: Text
    note: Text = NO_TEXT
    provenance: Provenance


YES = "yes"
NO = "no"
"""The two answers to a yes-or-no question about the visit."""


class LengthEffect(StrEnum):
    """What a length rule does to an episode."""

    CURTAIL = "curtail"
    EXTEND = "extend"


@dataclass(frozen=True, slots=True, kw_only=True)
class LengthRule:
    """When an episode is cut short or prolonged; several labs' rules may stand side by side.

    Attributes:
        episodes: ids of the episodes it concerns.
        sign: what has to be seen.
        after_us: how long it has to be seen, None where the source names no time.
        up_to_us: the longer end where the source names a range, else None.
        decided_by: who decides, empty where the source does not say.
    """

    id: str
    effect: LengthEffect
    title: Text
    episodes: tuple[EpisodeId, ...]
    sign: Text
    after_us: Micros | None = None
    up_to_us: Micros | None = None
    decided_by: Text = NO_TEXT
    provenance: Provenance


class VisitFieldKind(StrEnum):
    """How a question about the visit is answered: four with a whole number, three with a text."""

    COUNT = "count"
    MONTHS = "months"
    DAYS = "days"
    SECONDS = "seconds"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"

    @property
    def is_number(self) -> bool:
        """Whether an answer is a whole number."""
        return self in _NUMBERS


_NUMBERS = (
    VisitFieldKind.COUNT,
    VisitFieldKind.MONTHS,
    VisitFieldKind.DAYS,
    VisitFieldKind.SECONDS,
)


class RemarkTopic(StrEnum):
    """What a remark about the visit is worth knowing for."""

    SESSION = "session"
    DISORGANIZATION = "disorganization"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRemark:
    """A fact to remember when a question has a certain answer; it changes no score.

    Attributes:
        below: holds for smaller numbers, or None.
        above: holds for greater numbers, or None.
        answers: holds for these texts.
    """

    id: str
    text: Text
    topic: RemarkTopic
    below: int | None = None
    above: int | None = None
    answers: tuple[str, ...] = ()
    provenance: Provenance

    def holds(self, value: int | str) -> bool:
        """Whether the answer calls for it."""
        if isinstance(value, str):
            return value in self.answers
        low = self.below is not None and value < self.below
        return low or (self.above is not None and value > self.above)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitValue:
    """One answer to choose from."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitField:
    """A question about the visit that no video answers; it may stay open.

    Attributes:
        episodes: ids of the episodes it is asked of, empty when it is asked once.
        minimum: smallest number allowed.
        maximum: greatest number allowed, None for any.
        values: what may be chosen; empty for numbers and free text.
    """

    id: VisitFieldId
    title: Text
    kind: VisitFieldKind
    hint: Text = NO_TEXT
    episodes: tuple[EpisodeId, ...] = ()
    minimum: int = 0
    maximum: int | None = None
    values: tuple[VisitValue, ...] = ()
    remarks: tuple[VisitRemark, ...] = ()
    provenance: Provenance

    def value(self, value_id: str) -> VisitValue | None:
        """The answer with this id, or None."""
        return next((value for value in self.values if value.id == value_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """Another way to count the episodes, met in files of other labs.

    Attributes:
        numbers: pairs of the other number and the id of the episode.
    """

    id: str
    title: Text
    numbers: tuple[tuple[int, EpisodeId], ...]
    provenance: Provenance

    def episode(self, number: int) -> EpisodeId | None:
        """The episode that the other number means, or None."""
        return dict(self.numbers).get(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """The order of episodes and who takes part.

    Attributes:
        length_tolerance_us: how far a real length may differ from the planned one before the
            episode is called curtailed or extended.
        session_end_cue: what on the video ends the last episode; nothing after it can be scored.
        length_rules: when episodes are cut short or prolonged.
        visit_fields: what is asked about the visit, in the order of the page.
        numberings: other ways to count the episodes.
        template: whether it is to be filled in by a lab and cannot be coded with as it is.
        note: what to know before using it.
    """

    id: str
    version: str
    title: Text
    persons: tuple[Person, ...]
    episodes: tuple[EpisodePlan, ...]
    length_tolerance_us: Micros
    session_end_cue: Text
    length_rules: tuple[LengthRule, ...] = ()
    visit_fields: tuple[VisitField, ...] = ()
    numberings: tuple[Numbering, ...] = ()
    template: bool = False
    note: Text = NO_TEXT
    provenance: Provenance

    def episode(self, episode_id: EpisodeId) -> EpisodePlan:
        """The plan of one episode.

        Raises:
            KeyError: the procedure has no such episode.
        """
        for plan in self.episodes:
            if plan.id == episode_id:
                return plan
        raise KeyError(f"procedure {self.id} has no episode {episode_id}")

    def length_rules_of(self, episode_id: EpisodeId) -> tuple[LengthRule, ...]:
        """The rules under which an episode is cut short or prolonged, in the file's order."""
        return tuple(rule for rule in self.length_rules if episode_id in rule.episodes)

    def visit_field(self, field_id: VisitFieldId) -> VisitField:
        """The question with this id.

        Raises:
            KeyError: the procedure asks no such question.
        """
        for field in self.visit_fields:
            if field.id == field_id:
                return field
        raise KeyError(f"procedure {self.id} has no visit field {field_id}")

    def person(self, subject: SubjectId) -> Person:
        """The person with this subject id.

        Raises:
            KeyError: the procedure has no such person.
        """
        for person in self.persons:
            if person.id == subject:
                return person
        raise KeyError(f"procedure {self.id} has no person {subject}")

    @property
    def focal_subject(self) -> SubjectId:
        """The person whose behaviour is coded unless another is chosen."""
        return next((p.id for p in self.persons if p.focal), self.persons[0].id)
