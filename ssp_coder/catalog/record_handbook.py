"""The shape of a handbook: what coders read beside their work."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ssp_coder.catalog.record_base import FileHead, Id, Stated, Words

StepName = Literal["", "prepare", "code", "rate", "disorganization", "classify", "review", "export"]


class PassageRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to know."""

    heading: Words
    text: Words


class ChapterRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Passages that belong together; `about` adds what the scheme itself says."""

    id: Id
    title: Words
    step: StepName = ""
    about: Literal["", "codes", "scales", "themes", "groups"] = ""
    passages: Annotated[tuple[PassageRecord, ...], Meta(min_length=1)]


class HandbookFile(
    FileHead,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="handbook",
):
    """A file under schemas/handbooks/: what coders of one classification system should know."""

    system: Id
    chapters: Annotated[tuple[ChapterRecord, ...], Meta(min_length=1)]
