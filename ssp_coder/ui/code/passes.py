"""Passes through a session: which groups are coded in one go, as a person keeps them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssp_coder.domain.ethogram import GroupId

if TYPE_CHECKING:
    from ssp_coder.domain.ethogram import Ethogram

ALL_GROUPS = ""
"""In place of the name of a pass: every group may be coded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """Groups that are coded in one go.

    Attributes:
        greyed: whether the other groups are shown greyed, or not at all.
    """

    name: str
    groups: tuple[GroupId, ...]
    greyed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A pass that was deleted, and its place among the others from 0."""

    one: Pass
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """The passes of a scheme in their order, and the name of the one in force.

    Attributes:
        deleted: the one deleted last, which can be brought back while the coding is open.
    """

    kept: tuple[Pass, ...] = ()
    in_force: str = ALL_GROUPS
    deleted: Deleted | None = None

    @property
    def current(self) -> Pass | None:
        """The pass in force, None while all groups may be coded."""
        return next((one for one in self.kept if one.name == self.in_force), None)

    @property
    def place(self) -> int:
        """Place of the pass in force from 1, 0 for all groups."""
        names = [one.name for one in self.kept]
        return names.index(self.in_force) + 1 if self.in_force in names else 0

    def choosing(self, name: str) -> Passes:
        """With another pass in force."""
        return replace(self, in_force=name)

    def beside(self, direction: int) -> Passes:
        """With the next pass in force (1) or the one before (-1); all groups are one of them."""
        names = [ALL_GROUPS, *(one.name for one in self.kept)]
        return self.choosing(names[(self.place + direction) % len(names)])

    def keeping(self, changed: Pass, before: str = ALL_GROUPS) -> Passes:
        """With a pass in the place of the one named, or as the last; it is in force then."""
        if any(one.name == before for one in self.kept):
            kept = tuple(changed if one.name == before else one for one in self.kept)
        else:
            kept = (*self.kept, changed)
        taken = self.deleted is not None and self.deleted.one.name == changed.name
        deleted = None if taken else self.deleted
        return Passes(kept=kept, in_force=changed.name, deleted=deleted)

    def without(self, name: str) -> Passes:
        """Without a pass, which can be brought back; all groups may be coded then."""
        for place, one in enumerate(self.kept):
            if one.name == name:
                kept = self.kept[:place] + self.kept[place + 1 :]
                return Passes(kept=kept, deleted=Deleted(one=one, place=place))
        return self.choosing(ALL_GROUPS)

    def brought_back(self) -> Passes:
        """With the pass deleted last in its place again, and in force."""
        if self.deleted is None:
            return self
        one, place = self.deleted.one, self.deleted.place
        return Passes(kept=(*self.kept[:place], one, *self.kept[place:]), in_force=one.name)

    def fitting(self, ethogram: Ethogram) -> Passes:
        """With the groups that an ethogram has; a pass without any is left out."""
        known = {group.id for group in ethogram.groups}
        fitted = (
            replace(one, groups=tuple(group for group in one.groups if group in known))
            for one in self.kept
        )
        return replace(self, kept=tuple(one for one in fitted if one.groups))


def passes_text(passes: Passes) -> str:
    """Passes as the settings keep them."""
    kept = [
        {"name": one.name, "groups": list(one.groups), "greyed": one.greyed} for one in passes.kept
    ]
    return json.dumps({"passes": kept, "in_force": passes.in_force}, ensure_ascii=False)


def passes_from(text: str) -> Passes:
    """Passes from the settings; what cannot be read is left out."""
    try:
        read = json.loads(text)
        return Passes(
            kept=tuple(
                Pass(
                    name=str(one["name"]),
                    groups=tuple(GroupId(str(group)) for group in one["groups"]),
                    greyed=bool(one["greyed"]),
                )
                for one in read["passes"]
            ),
            in_force=str(read["in_force"]),
        )
    except (ValueError, KeyError, TypeError):
        return Passes()
