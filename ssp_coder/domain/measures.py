"""Frequency measures: what is counted in an episode, and how the episode is cut into intervals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.domain.words import Origin, Provenance

if TYPE_CHECKING:
    from ssp_coder.domain.coding import MeasureId
    from ssp_coder.domain.ethogram import CodeId
    from ssp_coder.domain.procedure import SubjectId
    from ssp_coder.domain.words import Text


class MeasureKind(StrEnum):
    """How often a behaviour is said to occur."""

    INTERVAL = "interval"
    """In how many intervals of the episode it occurs at least once: behaviour that goes on."""
    COUNT = "count"
    """How many times it begins: brief acts."""


class RestRule(StrEnum):
    """What becomes of a rest at the end of an episode that fills no whole interval."""

    OWN = "own"
    MERGE = "merge_with_neighbour"
    DROP = "drop"
    OWN_FROM_HALF = "own_from_half"
    """An interval of its own from half a length on, else merged with the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How episodes are cut into intervals and scores compared between lengths.

    Attributes:
        interval_us: length of an interval.
        full_intervals: intervals of a full episode, to which scores are prorated.
        interval_from: where the length comes from.
        rest_from: where the rule for the rest comes from.
        full_from: where the base of prorating comes from.
    """

    interval_us: Micros
    rest: RestRule
    full_intervals: float
    interval_from: Provenance
    rest_from: Provenance
    full_from: Provenance


USUAL_SAMPLING = Sampling(
    interval_us=Micros(15 * SECOND_US),
    rest=RestRule.OWN_FROM_HALF,
    full_intervals=12.0,
    interval_from=Provenance(
        origin=Origin.VERIFIED, source="Ainsworth et al. 2015, appendix II (opening pages)"
    ),
    rest_from=Provenance(
        origin=Origin.PROJECT_DEFAULT,
        source="the text of the published rule for an incomplete interval is not known",
    ),
    full_from=Provenance(
        origin=Origin.LITERATURE,
        source="three minutes hold twelve intervals; original text not checked",
        confidence=0.9,
    ),
)
"""Holds where an ethogram says nothing, such as one that an older coding keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One behaviour whose frequency is told for every episode; others may go on beside it.

    Attributes:
        id: stable id, and column name of the interval table.
        codes: ids of the codes that are this behaviour.
        subjects: ids of the persons of whom it is told, each by itself.
    """

    id: MeasureId
    title: Text
    kind: MeasureKind
    codes: tuple[CodeId, ...]
    subjects: tuple[SubjectId, ...]
    provenance: Provenance


INTERVAL_COLUMNS = (
    *("session_id", "coder_id", "coding_role"),
    *("episode", "interval", "start_s", "length_s"),
)
"""Columns of the interval table that are not measures."""
SOURCE_SUFFIX = "_source"
"""Ends the name of the column that says what a measure was taken from."""


def measure_column(measure: str, subject: str, persons: int) -> str:
    """Name of the column of a measure; it names the person where it is told of several.

    Args:
        measure: id of the measure.
        subject: id of the person.
        persons: of how many persons the measure is told.
    """
    return measure if persons == 1 else f"{measure}_{subject}".replace("-", "_")
