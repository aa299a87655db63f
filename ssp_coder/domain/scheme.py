"""What a coder picks: one procedure, ethogram, set of scales, rule table and key map."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.domain.ethogram import CodeId, Ethogram
from ssp_coder.domain.procedure import EpisodePlan, Procedure
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scale import RatingSlot, Scale, ScaleId, ScaleRole, SlotId
from ssp_coder.domain.words import Provenance, Text


class SuggestionPolicy(StrEnum):
    """When the rule table's suggestion may be seen."""

    NEVER = "never"
    AFTER_OWN = "after_own"
    ALWAYS = "always"


class UnlockPolicy(StrEnum):
    """Whether a study lets a locked coding be opened again."""

    WITH_REASON = "with_reason"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyBinding:
    """A physical key, by its sign on a US layout, and the code it records."""

    key: str
    code: CodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Keymap:
    """Which key records which code."""

    id: str
    version: str
    title: Text
    bindings: tuple[KeyBinding, ...]

    def code_for(self, key: str) -> CodeId | None:
        """The code a key records, or None."""
        return next((binding.code for binding in self.bindings if binding.key == key), None)

    def key_for(self, code: CodeId) -> str:
        """The key of a code, empty when it has none."""
        return next((binding.key for binding in self.bindings if binding.code == code), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class DTheme:
    """A thematic group of indices of disorganization, or an explanation to rule out."""

    id: str
    title: Text
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedCount:
    """A count taken from the events that a rule table may read.

    It counts intervals of `interval_us` in the episode in which a state of `codes` occurs.

    Attributes:
        id: input id of the rule table and column name of the scores CSV.
        episode: id of the episode.
        codes: ids of the codes counted.
    """

    id: str
    title: Text
    episode: str
    codes: tuple[CodeId, ...]
    interval_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionPart:
    """A rating that a dimension is a mean of; a turned one counts from the other end."""

    input: str
    turned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """A mean of ratings.

    Attributes:
        id: column name of the scores CSV.
        minimum: lowest value of every part, and so of the mean.
        maximum: highest value of every part.
    """

    id: str
    title: Text
    parts: tuple[DimensionPart, ...]
    minimum: float
    maximum: float
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeFile:
    """One data file that a scheme is made of, kept whole inside each coding.

    Attributes:
        path: path below the data folders, with forward slashes.
        sha256: hash of `content`, hexadecimal.
    """

    path: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """Everything needed to code, rate and classify one session.

    Attributes:
        sha256: hash over the names and hashes of `files`.
        slots: every place to be rated, in the order of the rating pages.
        counts: counts derived from events.
        themes: thematic groups of indices of disorganization.
        explanations: what a coder may rule out for an index.
        suggestion: when the table's suggestion may be seen.
        files: the data files it was read from.
        dimensions: means of ratings, for analyses.
        unlock: whether a locked coding may be opened again.
    """

    id: str
    version: str
    title: Text
    system: str
    procedure: Procedure
    ethogram: Ethogram
    scales: tuple[Scale, ...]
    slots: tuple[RatingSlot, ...]
    rules: RuleTable
    rules_sha256: str
    keymap: Keymap
    counts: tuple[DerivedCount, ...]
    themes: tuple[DTheme, ...]
    explanations: tuple[DTheme, ...]
    suggestion: SuggestionPolicy
    provenance: Provenance
    files: tuple[SchemeFile, ...]
    sha256: str
    dimensions: tuple[Dimension, ...] = ()
    unlock: UnlockPolicy = UnlockPolicy.WITH_REASON

    def scale(self, scale_id: ScaleId) -> Scale:
        """The scale with this id.

        Raises:
            KeyError: the scheme has no such scale.
        """
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise KeyError(f"scheme {self.id} has no scale {scale_id}")

    def slot(self, slot_id: SlotId) -> RatingSlot:
        """The place with this id.

        Raises:
            KeyError: the scheme has no such place.
        """
        for slot in self.slots:
            if slot.id == slot_id:
                return slot
        raise KeyError(f"scheme {self.id} has no rating slot {slot_id}")

    def has_slot(self, slot_id: str) -> bool:
        """Whether the scheme rates a place of this name."""
        return any(slot.id == slot_id for slot in self.slots)

    def scale_of(self, slot_id: SlotId) -> Scale:
        """The scale rated in a place."""
        return self.scale(self.slot(slot_id).scale)

    def slots_of_role(self, role: ScaleRole) -> tuple[RatingSlot, ...]:
        """The places whose scale has this role."""
        return tuple(slot for slot in self.slots if self.scale(slot.scale).role is role)

    def slot_episode(self, slot: RatingSlot) -> EpisodePlan | None:
        """The plan of the episode in which a place is rated, None for the whole session."""
        return None if slot.episode is None else self.procedure.episode(slot.episode)
