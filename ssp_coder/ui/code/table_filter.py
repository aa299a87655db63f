"""Which events the list shows: the wishes in force, and the test that an event passes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.code.table_columns import EventWords, Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """What a coder wants to see; an empty wish shows everything.

    Attributes:
        groups: ids of code groups; an event passes by its group or by its code.
        codes: ids of single codes.
        subjects: ids of persons.
        episodes: ids of episodes; the empty id stands for outside all of them.
        commented: whether only events with a comment are shown.
        text: words that all stand somewhere in the event.
    """

    groups: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    episodes: frozenset[str] = frozenset()
    commented: bool = False
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is shown."""
        return self == SHOW_ALL

    @property
    def needs_surroundings(self) -> bool:
        """Whether more than the event itself decides what is shown."""
        return bool(self.episodes) or self.commented

    def turned(self, wish: str, value: str) -> EventFilter:
        """The filter with one choice of a wish (``groups``, ``codes`` …) set or taken back."""
        chosen: frozenset[str] = getattr(self, wish)
        changed: dict[str, Any] = {wish: chosen ^ {value}}
        return replace(self, **changed)

    def without(self, wish: str) -> EventFilter:
        """The filter without one of its wishes."""
        return replace(self, **{wish: getattr(SHOW_ALL, wish)})

    def test(
        self, scheme: Scheme, words: EventWords, around: Surroundings
    ) -> Callable[[Event], bool] | None:
        """What an event must pass to be shown; None when everything is."""
        if self.is_empty:
            return None
        in_groups = {
            code.id
            for group in scheme.ethogram.groups
            if group.id in self.groups
            for code in group.codes
        }
        codes = in_groups | self.codes
        tests: list[Callable[[Event], bool]] = []
        if codes:
            tests.append(lambda event: event.code in codes)
        if self.subjects:
            tests.append(lambda event: event.subject in self.subjects)
        if self.commented:
            tests.append(around.has_comment)
        if self.episodes:
            tests.append(lambda event: around.episode_of(event) in self.episodes)
        if self.text:
            tests.append(words.search(tuple(self.text.casefold().split())))
        return reduce(_both, tests)


def _both(one: Callable[[Event], bool], other: Callable[[Event], bool]) -> Callable[[Event], bool]:
    return lambda event: one(event) and other(event)


SHOW_ALL = EventFilter()
