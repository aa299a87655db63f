"""The types that all data files share: ids, wording, where a statement comes from."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Id = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z][A-Za-z0-9_-]*$",
        max_length=64,
        description="Letters, digits, _ and -; starts with a letter.",
    ),
]
ValueId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=64)]
Version = Annotated[str, Meta(pattern=r"^\d{1,6}\.\d{1,6}\.\d{1,6}$", description="Such as 1.0.0.")]
Column = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z](?:[A-Za-z0-9_]|\{toward\}|\{number\})*$",
        max_length=64,
        description="Column name; {toward} is a person's letter, {number} an episode's number.",
    ),
]
ColumnName = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=64)]
CodeKey = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z][A-Za-z0-9_-]*\.[A-Za-z][A-Za-z0-9_-]*$",
        max_length=129,
        description="group.code",
    ),
]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2}$")]
Wording = Annotated[str, Meta(min_length=1, max_length=2000)]
Words = Wording | Annotated[dict[Language, Wording], Meta(extra_json_schema={"required": ["en"]})]
"""English wording, or wording by language: ``{ en = "far", de = "weit" }``."""

OriginName = Literal["verified", "literature", "project_default", "lab"]
Seconds = Annotated[float, Meta(ge=0, le=86_400)]
Length = Annotated[float, Meta(gt=0, le=86_400)]
Share = Annotated[float, Meta(ge=0, le=1)]
Letter = Annotated[str, Meta(pattern=r"^[a-z]$")]
Alias = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z]{2,24}$",
        description="Letters only: a name that other labs use in the headers of their tables.",
    ),
]
Ordinal = Annotated[int, Meta(ge=1, le=999)]
Slot = Literal["vermilion", "green", "blue", "sky", "orange", "rose", "yellow", "grey"]
Shape = Literal[
    "bar", "triangle_up", "square", "triangle_down", "diamond", "pentagon", "ring", "flag", "circle"
]
Range = tuple[float, float]
Sources = dict[Id, Annotated[str, Meta(min_length=1, max_length=2000)]]


class Stated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement and where it comes from."""

    origin: OriginName
    source: Annotated[str, Meta(min_length=1, max_length=2000)]
    confidence: Share | None = None


class FileHead(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every data file starts with; `sources` names the keys used as source."""

    id: Id
    version: Version
    title: Words
    sources: Sources = {}
