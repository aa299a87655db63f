"""A training pack: cases in order, each with its video and a reference that stays sealed.

A pack is a folder. ``pack.toml`` says what is in it and tells nothing of any reference; ``media/``
holds the videos under neutral names, ``scheme/`` the instruments, ``sealed/`` the references of
cases that are coded before they are seen, ``open/`` those that are studied first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ssp_coder.domain.coding import Coding, Media
from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Span

PACK_FILE = "pack.toml"
MEDIA_FOLDER = "media"
SCHEME_FOLDER = "scheme"
SEALED_FOLDER = "sealed"
OPEN_FOLDER = "open"
EXERCISES_FILE = f"{SEALED_FOLDER}/_exercises.ref"
"""No case can have this name: an id begins with a letter or digit."""


class Stage(StrEnum):
    """What a case is for, in the order in which a trainee comes to it."""

    LEARN = "learn"
    """The reference is visible and explained; nothing counts."""
    PRACTICE = "practice"
    """Feedback after each submission."""
    TEST = "test"
    """Feedback after the whole form was submitted."""
    UPKEEP = "upkeep"
    """A re-check of a certified coder that nobody announces."""


def may_share(one: Stage, other: Stage) -> bool:
    """Whether cases of two stages may show one tape: a re-check may bring an earlier one back.

    A tape to learn from cannot come back: its reference lies open in the pack.
    """
    return Stage.UPKEEP in (one, other) and Stage.LEARN not in (one, other)


class Consent(StrEnum):
    """For what the family of a session, by the trainer's own statement, lets its video be used."""

    TRAINING = "training"
    SYNTHETIC = "synthetic"
    """The film is drawn and shows nobody."""
    WITHIN_LAB = "within_lab"
    """Coding and research of the laboratory, not the training of coders."""
    NONE = "none"

    @property
    def allows_training(self) -> bool:
        """Whether the case may be part of a pack."""
        return self in (Consent.TRAINING, Consent.SYNTHETIC)


class OriginKind(StrEnum):
    """How a reference came about."""

    EXPERT = "expert"
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a reference comes from.

    Attributes:
        who: pseudonyms of the expert or of those who agreed.
        on: the day it was settled, ``2026-05-17``.
        codebook: version of the codebook it was made by.
    """

    kind: OriginKind
    who: str
    on: str
    codebook: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rationale:
    """Why the reference is as it is, at a moment or in a place to be rated.

    Attributes:
        words: the trainer's explanation.
        slot: the place to be rated that it explains, or None.
        span: the stretch of the video that shows it, or None for all of it.
    """

    words: str
    slot: SlotId | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A disputed item that does not count, with the reason; feedback and reports list it.

    Attributes:
        slot: the place to be rated that is left out, or None.
        span: the stretch in which differences of events are left out, or None.
        code: only events of this code are left out within the stretch; empty for all.
    """

    reason: str
    slot: SlotId | None = None
    span: Span | None = None
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One session of a pack, as far as a trainee may know of it.

    Attributes:
        id: neutral, unique in the pack.
        form: the test form it belongs to; empty outside the test stage.
        session: pseudonym of the session, as the codings have it.
        media: the videos; `relative_path` leads from the pack's folder to each.
        consent: the trainer's statement.
        consent_by: who made that statement.
        reference: path of the sealed or open reference from the pack's folder.
        reference_sha256: hash of that file.
    """

    id: str
    title: str
    stage: Stage
    form: str
    session: str
    media: tuple[Media, ...]
    origin: Origin
    consent: Consent
    consent_by: str
    reference: str
    reference_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """How the references of a pack are kept out of sight.

    Attributes:
        key: the pack's own key, hexadecimal; see `ssp_coder.training.sealing.WHAT_SEALING_DOES`.
        salt: with it the trainer's word becomes the key of the test forms; empty without a word.
        cost: how much work a try of a word takes (scrypt's N); 0 without a word.
        releases: the public key that tells a genuine release, hexadecimal.
    """

    key: str
    salt: str
    cost: int
    releases: str

    @property
    def has_word(self) -> bool:
        """Whether test forms are sealed with a word that only the trainer knows."""
        return bool(self.salt)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMark:
    """A file of the pack, known by its content.

    Attributes:
        path: from the folder it is listed for, with forward slashes.
    """

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack as it lies on the disk.

    Attributes:
        folder: where it lies.
        sha256: hash of ``pack.toml``, which names the hash of every other file.
        version: of the pack; what a trainee did is told with it.
        made_by: pseudonym of the trainer.
        made_at: UTC, ISO 8601.
        scheme: id of the scheme of all its cases.
        scheme_files: the files of the scheme, below ``scheme/``.
        pass_rule: id of the pass rule that decides; empty when there is none.
        enriched: whether rare classes or codes were chosen more often than they occur, so that
            its figures are not at the natural base rate and no study's reliability.
        exercises: the sealed exercises, empty path when there are none.
    """

    folder: Path
    sha256: str
    id: str
    version: str
    title: str
    made_by: str
    made_at: str
    scheme: str
    scheme_version: str
    scheme_sha256: str
    scheme_files: tuple[FileMark, ...]
    pass_rule: str
    enriched: bool
    exercises: FileMark
    seal: Seal
    cases: tuple[Case, ...]

    @property
    def label(self) -> str:
        """Id and version in one."""
        return f"{self.id} {self.version}"

    @property
    def forms(self) -> tuple[str, ...]:
        """The test forms, in the order of their first case."""
        return tuple(dict.fromkeys(case.form for case in self.cases if case.stage is Stage.TEST))

    def case(self, case_id: str) -> Case:
        """The case with this id.

        Raises:
            KeyError: the pack has no such case.
        """
        for case in self.cases:
            if case.id == case_id:
                return case
        raise KeyError(f"pack {self.id} has no case {case_id}")

    def of_stage(self, stage: Stage) -> tuple[Case, ...]:
        """The cases of a stage, in the pack's order."""
        return tuple(case for case in self.cases if case.stage is stage)

    def of_form(self, form: str) -> tuple[Case, ...]:
        """The cases of a test form, in the pack's order."""
        return tuple(c for c in self.cases if c.stage is Stage.TEST and c.form == form)

    def media_paths(self, case: Case) -> tuple[Path, ...]:
        """Where the videos of a case lie on this computer."""
        return tuple(self.folder / media.relative_path for media in case.media)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a case is judged by; in memory only, and only once the trainee may see it.

    Attributes:
        coding: the locked expert or consensus coding.
        scheme: what it was made with, the same for every case of the pack.
        notes: why it is as it is.
        exclusions: what does not count.
    """

    coding: Coding
    scheme: Scheme
    notes: tuple[Rationale, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
