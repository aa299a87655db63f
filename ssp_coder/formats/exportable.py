"""A coding beside its scheme: what every table is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.columns import RECORDED, Column, ColumnType, RowT

ROLE_LEVELS = (
    (CodingRole.INDEPENDENT.value, "one coder's own work"),
    (CodingRole.CONSENSUS.value, "agreed by several coders"),
    (CodingRole.REFERENCE.value, "to compare others with"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exportable:
    """A coding and the scheme it was made with."""

    coding: Coding
    scheme: Scheme


def schemes_of(codings: Sequence[Exportable]) -> tuple[Scheme, ...]:
    """The different schemes of several codings, in order of appearance."""
    return tuple({entry.scheme.sha256: entry.scheme for entry in codings}.values())


def identity_columns(of: Callable[[RowT], Coding]) -> tuple[Column[RowT], ...]:
    """Session, coder and role, with which every table begins.

    Args:
        of: the coding that a row is about.
    """
    return (
        Column(
            name="session_id",
            label="Session",
            type=ColumnType.TEXT,
            value=lambda row: of(row).session,
            provenance=RECORDED,
            note="a pseudonym, never a child's name",
        ),
        Column(
            name="coder_id",
            label="Coder",
            type=ColumnType.TEXT,
            value=lambda row: of(row).coder,
            provenance=RECORDED,
        ),
        Column(
            name="coding_role",
            label="What the coding is for",
            type=ColumnType.CATEGORY,
            value=lambda row: of(row).role.value,
            levels=ROLE_LEVELS,
        ),
    )
