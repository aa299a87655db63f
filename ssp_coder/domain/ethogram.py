"""What may be written down: groups of behaviour codes with their subjects and modifiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NewType

from ssp_coder.domain.measures import USUAL_SAMPLING, Measure, Sampling
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.words import NO_TEXT, Provenance, Text

CodeId = NewType("CodeId", str)
GroupId = NewType("GroupId", str)
ModifierId = NewType("ModifierId", str)


class CodeKind(StrEnum):
    """Whether a behaviour lasts."""

    POINT = "point"
    STATE = "state"


class GroupRole(StrEnum):
    """What the program does with a group beyond showing it."""

    BEHAVIOUR = "behaviour"
    PRESENCE = "presence"
    DISTRESS = "distress"
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifierValue:
    """One choice of a modifier; `key` chooses it while the modifier bar is open."""

    id: str
    title: Text
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier:
    """A further property of an event, such as toward whom.

    Attributes:
        column: name of the timeline CSV column that holds it.
    """

    id: ModifierId
    title: Text
    column: str
    values: tuple[ModifierValue, ...]

    def has_value(self, value: str) -> bool:
        """Whether `value` is one of the choices."""
        return any(choice.id == value for choice in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One behaviour that can be coded.

    Attributes:
        id: unique key, ``group.name``.
        name: the name within its group, as exported.
        level: height of its mark from 0 to 1 where the group is ordered, else 1.
        present: whether the code says its subject is in the room (presence groups only).
        modifiers: ids of the modifiers that may be set, in the order asked.
        bears_on: ids of scales that the behaviour is evidence for.
        tags: free classification of the behaviour, from the ethogram's own list.
        strategy: tag of section 9.6 of the domain reference, or empty.
        hatched: drawn with a hatch, to tell it from a neighbour without colour.
        unseen: while this state lasts its group cannot be seen; of a procedure group, nothing can.
    """

    id: CodeId
    name: str
    group: GroupId
    kind: CodeKind
    title: Text
    short: Text
    hint: Text = NO_TEXT
    level: float = 1.0
    present: bool = False
    modifiers: tuple[ModifierId, ...] = ()
    bears_on: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    strategy: str = ""
    hatched: bool = False
    unseen: bool = False
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeGroup:
    """Codes that belong together on the board and on one lane of the timeline.

    Attributes:
        exclusive: a new state closes the old one at the same microsecond, per subject.
        subjects: ids of the persons whose behaviour it describes.
        slot: colour slot of the look's token table.
        shape: mark shape of its points.
    """

    id: GroupId
    title: Text
    exclusive: bool
    role: GroupRole
    subjects: tuple[SubjectId, ...]
    slot: str
    shape: str
    codes: tuple[Code, ...]


@dataclass(frozen=True, kw_only=True)
class Ethogram:
    """All groups and modifiers of a coding scheme.

    Attributes:
        measures: behaviours whose frequency is told for every episode.
        sampling: how episodes are cut into intervals for them.
    """

    id: str
    version: str
    title: Text
    groups: tuple[CodeGroup, ...]
    modifiers: tuple[Modifier, ...]
    provenance: Provenance
    measures: tuple[Measure, ...] = ()
    sampling: Sampling = USUAL_SAMPLING

    def codes(self) -> Iterator[Code]:
        """Every code, group by group."""
        for group in self.groups:
            yield from group.codes

    @cached_property
    def _code_by_id(self) -> dict[CodeId, Code]:
        return {code.id: code for code in self.codes()}

    @cached_property
    def _group_by_id(self) -> dict[GroupId, CodeGroup]:
        return {group.id: group for group in self.groups}

    def has_code(self, code_id: str) -> bool:
        """Whether the ethogram knows `code_id`."""
        return code_id in self._code_by_id

    def code(self, code_id: CodeId) -> Code:
        """The code with this id.

        Raises:
            KeyError: the ethogram has no such code.
        """
        try:
            return self._code_by_id[code_id]
        except KeyError:
            raise KeyError(f"ethogram {self.id} has no code {code_id}") from None

    def group(self, group_id: GroupId) -> CodeGroup:
        """The group with this id.

        Raises:
            KeyError: the ethogram has no such group.
        """
        try:
            return self._group_by_id[group_id]
        except KeyError:
            raise KeyError(f"ethogram {self.id} has no group {group_id}") from None

    def group_of(self, code_id: CodeId) -> CodeGroup:
        """The group that holds a code."""
        return self.group(self.code(code_id).group)

    def modifier(self, modifier_id: ModifierId) -> Modifier:
        """The modifier with this id.

        Raises:
            KeyError: the ethogram has no such modifier.
        """
        for modifier in self.modifiers:
            if modifier.id == modifier_id:
                return modifier
        raise KeyError(f"ethogram {self.id} has no modifier {modifier_id}")

    def measure(self, measure_id: str) -> Measure:
        """The frequency measure with this id.

        Raises:
            KeyError: the ethogram has no such measure.
        """
        for measure in self.measures:
            if measure.id == measure_id:
                return measure
        raise KeyError(f"ethogram {self.id} has no measure {measure_id}")
