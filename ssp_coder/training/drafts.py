"""What a trainer wants in a pack, before it is built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ssp_coder.training.packs import Consent, Exclusion, Origin, Rationale, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCase:
    """A case to be.

    Attributes:
        id: neutral; it becomes part of file names.
        reference: a locked coding file of role reference or consensus.
        media: the videos of that coding in its order; empty to look for them beside it.
        consent: what the family agreed to; without training in it the pack is not built.
        consent_by: who says so.
    """

    id: str
    title: str
    stage: Stage
    reference: Path
    origin: Origin
    consent: Consent
    consent_by: str
    form: str = ""
    media: tuple[Path, ...] = ()
    notes: tuple[Rationale, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDraft:
    """A pack to be.

    Attributes:
        word: the trainer's word that seals the test forms; empty leaves them to the pack's key.
        exercises: a file of exercises to be sealed into the pack, or None.
    """

    id: str
    version: str
    title: str
    made_by: str
    cases: tuple[DraftCase, ...]
    pass_rule: str = ""
    enriched: bool = False
    exercises: Path | None = None
    word: str = ""
