"""The shape of what a procedure says besides its episodes: length rules, visit, numberings."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ssp_coder.catalog.record_base import Id, Length, Ordinal, Stated, ValueId, Words

_MOST = 1_000_000_000
WholeNumber = Annotated[int, Meta(ge=0, le=_MOST)]


class LengthRuleRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When episodes are cut short or prolonged; without `after_s` the source names no time."""

    id: Id
    effect: Literal["curtail", "extend"]
    title: Words
    episodes: Annotated[tuple[Id, ...], Meta(min_length=1)]
    sign: Words
    after_s: Length | None = None
    up_to_s: Length | None = None
    decided_by: Words = ""


class VisitValueRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer to choose from."""

    id: ValueId
    title: Words


class VisitRemarkRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fact to remember for answers `below` or `above` a number, or among `answers`."""

    id: Id
    text: Words
    topic: Literal["session", "disorganization"] = "session"
    below: WholeNumber | None = None
    above: WholeNumber | None = None
    answers: tuple[ValueId, ...] = ()


class VisitFieldRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question about the visit; without episodes it is asked once."""

    id: Id
    title: Words
    kind: Literal["count", "months", "days", "seconds", "choice", "yes_no", "text"]
    hint: Words = ""
    episodes: tuple[Id, ...] = ()
    minimum: WholeNumber = 0
    maximum: WholeNumber | None = None
    values: tuple[VisitValueRecord, ...] = ()
    remarks: tuple[VisitRemarkRecord, ...] = ()


class OtherNumberRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What another numbering calls an episode."""

    number: Ordinal
    episode: Id


class NumberingRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another way to count the episodes, met in files of other labs."""

    id: Id
    title: Words
    numbers: Annotated[tuple[OtherNumberRecord, ...], Meta(min_length=1)]
