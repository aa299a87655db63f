"""The shape of a lab's own wording of scales, which is shown and never kept in a coding."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ssp_coder.catalog.record_base import FileHead, Id, Language, Wording

OwnWords = Wording | Annotated[dict[Language, Wording], Meta(min_length=1)]
"""English wording, or wording by language; unlike elsewhere English may be missing."""


class AnchorWordingRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one point of a scale means, in the lab's words."""

    scale: Id
    point: float
    text: OwnWords


class ScaleWordingRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The gist of a scale or the note beside it, in the lab's words."""

    scale: Id
    text: OwnWords


class WordingFile(
    FileHead, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="wording"
):
    """A file under schemas/wordings/ of a lab's folder; `source` names the licensed text."""

    origin: Literal["lab"]
    anchors: tuple[AnchorWordingRecord, ...] = ()
    gists: tuple[ScaleWordingRecord, ...] = ()
    notes: tuple[ScaleWordingRecord, ...] = ()
