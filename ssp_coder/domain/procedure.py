"""What happens in the room: persons and episodes, as planned by a procedure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from ssp_coder.domain.time import Micros
from ssp_coder.domain.words import NO_TEXT, Provenance, Text

EpisodeId = NewType("EpisodeId", str)
SubjectId = NewType("SubjectId", str)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """The order of episodes and who takes part.

    Attributes:
        length_tolerance_us: how far a real length may differ from the planned one before the
            episode is called curtailed or extended.
        session_end_cue: what on the video ends the last episode; nothing after it can be scored.
    """

    id: str
    version: str
    title: Text
    persons: tuple[Person, ...]
    episodes: tuple[EpisodePlan, ...]
    length_tolerance_us: Micros
    session_end_cue: Text
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
