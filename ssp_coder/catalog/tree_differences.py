"""What differs between two trees of keys, lists and values, as instruments have them.

Lists of tables are matched by what names each table, not by where it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ssp_coder.catalog.difference_words import value_words

Tree = Any  # Any: JSON-like values of unknown shape
Key = tuple[str, ...]


class DifferenceKind(StrEnum):
    """What happened to the thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


WORDS = frozenset(
    {
        *("title", "short", "gist", "hint", "note", "text", "weight_note", "confusions"),
        *("start_cue", "end_cue", "session_end_cue"),
    }
)
"""Keys whose value is wording, plain or by language."""

_IDENTITY = ("id", "name", "point", "column")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that differs, with what it was and what it is."""

    key: Key
    kind: DifferenceKind
    old: Tree = None
    new: Tree = None


class Item(str):
    """The id of a list item or of an entry, as against a key of the file's form."""

    __slots__ = ()


def compared(key: Key, old: Tree, new: Tree) -> Iterator[Found]:
    """Everything that differs below a key; `WORDS` may be plain or by language."""
    name = key[-1] if key else ""
    if name in WORDS and not isinstance(name, Item):
        old, new = plain_words(old), plain_words(new)
    if old == new and type(old) is type(new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _dicts(key, old, new)
    elif _is_items(old) and _is_items(new) and (old or new):
        yield from _items(key, old, new)
    elif _is_set(old) and _is_set(new) and key and key[-1] in _SETS:
        yield from _sets(key, old, new)
    elif old != new:
        yield Found(key=key, kind=_kind(old, new), old=old, new=new)


_SETS = frozenset(
    {
        *("scales", "present", "subjects", "codes", "episodes", "subgroups", "bears_on", "tags"),
        *("strategies", "modifiers", "groups", "between", "aliases"),
    }
)
"""Lists of names or sentences: what joined and what left is told, and then their order."""


def _dicts(key: Key, old: Tree, new: Tree) -> Iterator[Found]:
    step: Callable[[str], str] = str if _is_form(key) else Item
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        below = (*key, step(name))
        if before is None or after is None:
            if _is_empty(before) and _is_empty(after):
                continue
            yield Found(key=below, kind=_kind(before, after), old=before, new=after)
        else:
            yield from compared(below, before, after)


def _items(key: Key, old: Tree, new: Tree) -> Iterator[Found]:
    before, after = _by_identity(old), _by_identity(new)
    for name in dict.fromkeys((*before, *after)):
        below = (*key, Item(name))
        if name not in before:
            yield Found(key=below, kind=DifferenceKind.ADDED, new=after[name])
        elif name not in after:
            yield Found(key=below, kind=DifferenceKind.REMOVED, old=before[name])
        else:
            yield from compared(below, before[name], after[name])
    common = [name for name in before if name in after]
    if common != [name for name in after if name in before]:
        order = (", ".join(common), ", ".join(name for name in after if name in before))
        yield Found(key=(*key, "order"), kind=DifferenceKind.CHANGED, old=order[0], new=order[1])


def _sets(key: Key, old: Tree, new: Tree) -> Iterator[Found]:
    for value in old:
        if value not in new:
            yield Found(key=key, kind=DifferenceKind.REMOVED, old=value)
    for value in new:
        if value not in old:
            yield Found(key=key, kind=DifferenceKind.ADDED, new=value)
    if sorted(map(str, old)) == sorted(map(str, new)):
        yield Found(key=(*key, "order"), kind=DifferenceKind.CHANGED, old=old, new=new)


def _by_identity(items: Sequence[Mapping[str, Tree]]) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    seen: Counter[str] = Counter()
    for place, item in enumerate(items, start=1):
        name = _identity(item) or f"no. {place}"
        seen[name] += 1
        found[name if seen[name] == 1 else f"{name} (no. {seen[name]})"] = item
    return found


def _identity(item: Mapping[str, Tree]) -> str:
    for key in _IDENTITY:
        if key in item and item[key] not in ("", None):
            who = item.get("toward")
            name = value_words(item[key])
            return f"{name} ({who})" if key == "column" and who else name
    if "values" in item:
        return ", ".join(f"{name} {value:g}" for name, value in item["values"].items())
    return value_words(item.get("group") or item.get("en"))


def _is_items(value: Tree) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, dict) for item in value)


def _is_set(value: Tree) -> bool:
    return isinstance(value, list | tuple)


def _is_form(key: Key) -> bool:
    """Whether the names below are keys of the file's form, not the names of entries."""
    return not key or isinstance(key[-1], Item) or key[-1] not in _ENTRIES


_ENTRIES = WORDS | {
    *("bands", "values", "all_of", "any_of", "weights", "scores", "counts", "confusion"),
    *("bindings", "sources"),
}


def _kind(old: Tree, new: Tree) -> DifferenceKind:
    if _is_empty(old):
        return DifferenceKind.ADDED
    return DifferenceKind.REMOVED if _is_empty(new) else DifferenceKind.CHANGED


def _is_empty(value: Tree) -> bool:
    return value is None or value in ("", [], {})


def plain_words(value: Tree) -> Tree:
    """English wording alone is the same as wording by language that has only English."""
    if isinstance(value, list | tuple):
        return [plain_words(item) for item in value]
    return {"en": value} if isinstance(value, str) and value else value
