"""Instruments spoken in another language: every wording of a value, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from ssp_coder.domain.words import Text

Value = TypeVar("Value")


def spoken_in(value: Value, language: str) -> Value:
    """The same value, its wordings spoken in `language` where they have it, else in English.

    Ids, numbers, files and hashes stay as they are. It is for showing: files, tables and hashes
    are made from the value as it was read.
    """

    def said(text: Text) -> Text:
        return text if text.spoken == language else replace(text, spoken=language)

    return reworded(value, said)


def reworded(value: Value, change: Callable[[Text], Text]) -> Value:
    """The same value with every wording in it changed; what holds none is kept as it is."""
    return cast("Value", _reworded(value, change))  # a value keeps its type, at every depth


def _reworded(node: object, change: Callable[[Text], Text]) -> object:
    if isinstance(node, Text):
        return change(node)
    if isinstance(node, tuple):
        inner = tuple(_reworded(item, change) for item in node)
        return inner if any(a is not b for a, b in zip(inner, node, strict=True)) else node
    changes: dict[str, Any] = {}  # Any: the values of any dataclass
    kind: type = type(node)
    for name in _names(kind):
        before = getattr(node, name)
        after = _reworded(before, change)
        if after is not before:
            changes[name] = after
    return cast("Any", replace)(node, **changes) if changes else node  # only values have names


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a kind of value; none where it is no value of ours."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
