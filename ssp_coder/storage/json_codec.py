"""How the values of a coding are written as JSON and read back, built from their annotations.

Writing is deterministic and reading is strict: an unknown field, a wrong type or a missing field
without a default is an error. Released names are kept for ever.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scale import Missing, Points
from ssp_coder.editing.change import FieldChange

MAXIMUM_TEXT = 64 * 1024 * 1024
"""Characters that one text of a coding file may have; an import of 100,000 events needs 40 %."""

_MAXIMUM_INTEGER = 2**63 - 1

# Values and JSON are checked by the codec of their type, so here they may be anything.
Convert = Callable[[Any], Any]


class UnfitError(ValueError):
    """A value or a piece of JSON does not fit its type."""


@dataclass(frozen=True, slots=True)
class Codec:
    """The two directions for one type; both raise ValueError for what does not fit."""

    encode: Convert
    decode: Convert


@cache
def codec(kind: Any) -> Codec:  # a type, a NewType or a generic alias; they share no base
    """The codec of a type, built from its annotations.

    Raises:
        TypeError: the type has no place in a coding file.
    """
    if isinstance(kind, NewType):
        return codec(kind.__supertype__)
    if get_origin(kind) in (Union, UnionType):
        return _union(get_args(kind))
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind))
    if kind in _OWN:
        return _OWN[kind]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Codec(lambda value: str(kind(value)), kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    raise TypeError(f"{kind!r} has no place in a coding file")


def _integer(value: Any) -> int:
    if type(value) is not int:
        raise UnfitError(f"{value!r} is not a whole number")
    if abs(value) > _MAXIMUM_INTEGER:
        raise UnfitError("a whole number has more than 63 bits")
    return value


def _boolean(value: Any) -> bool:
    if type(value) is not bool:
        raise UnfitError(f"{value!r} is neither true nor false")
    return value


def checked_text(value: Any) -> str:  # JSON gives anything
    """The text itself, if it may be stored.

    Raises:
        ValueError: it is no text, is too long, or holds half a character.
    """
    if not isinstance(value, str):
        raise UnfitError(f"{value!r} is not a text")
    if len(value) > MAXIMUM_TEXT:
        raise UnfitError(f"a text has {len(value)} characters, more than {MAXIMUM_TEXT}")
    if not value.isascii():
        value.encode()
    return value


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise UnfitError(f"{value!r} is not a finite number")
    return float(value)


def _written_number(value: Any) -> int | float:
    number = _number(value)
    return int(number) if number.is_integer() else number


def _union(members: tuple[Any, ...]) -> Codec:
    if set(members) == {Points, Missing}:
        return Codec(_encode_score, _decode_score)
    if set(members) == {int, str}:
        return Codec(_number_or_text, _number_or_text)
    (member,) = (one for one in members if one is not NoneType)
    inner = codec(member)
    return Codec(
        lambda value: None if value is None else inner.encode(value),
        lambda value: None if value is None else inner.decode(value),
    )


def _number_or_text(value: Any) -> int | str:
    return checked_text(value) if isinstance(value, str) else _integer(value)


def _encode_score(score: Points | Missing) -> dict[str, object]:
    if isinstance(score, Points):
        return {"points": _written_number(score.value)}
    return {"missing": checked_text(score.reason)}


def _decode_score(value: Any) -> Points | Missing:
    match value:
        case {"points": points, **rest} if not rest:
            return Points(_number(points))
        case {"missing": reason, **rest} if not rest:
            return Missing(checked_text(reason))
        case _:
            raise UnfitError("a score has either points or a reason why they are missing")


def _tuple(members: tuple[Any, ...]) -> Codec:
    if members[1:] == (Ellipsis,):
        inner = codec(members[0])
        return Codec(
            lambda values: [inner.encode(value) for value in values],
            lambda values: tuple([inner.decode(value) for value in _list(values)]),
        )
    inners = tuple(codec(member) for member in members)
    return Codec(
        lambda values: [one.encode(value) for one, value in zip(inners, values, strict=True)],
        lambda values: tuple(
            [one.decode(value) for one, value in zip(inners, _list(values), strict=True)]
        ),
    )


def _list(value: Any) -> list[object]:
    if not isinstance(value, list):
        raise UnfitError("a list is missing")
    return value


def _record(kind: type) -> Codec:
    hints = get_type_hints(kind)
    codecs = {field.name: codec(hints[field.name]) for field in fields(kind)}
    needed = {
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }

    def encode(value: object) -> dict[str, object]:
        return {name: one.encode(getattr(value, name)) for name, one in codecs.items()}

    def decode(value: Any) -> object:
        given = json_object(value)
        _check_names(kind.__name__, given, set(codecs), needed)
        return kind(**{name: _field(name, codecs[name], part) for name, part in given.items()})

    return Codec(encode, decode)


def _field(name: str, codec_: Codec, value: object) -> object:
    try:
        return codec_.decode(value)
    except ValueError as error:
        raise UnfitError(f"{name}: {error}") from None


def json_object(value: Any) -> dict[str, object]:  # JSON gives anything
    """The object itself.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(value, dict):
        raise UnfitError("an object with named fields is missing")
    return value


def _check_names(kind: str, given: dict[str, object], known: set[str], needed: set[str]) -> None:
    unknown = sorted(given.keys() - known)
    if unknown:
        raise UnfitError(f"{kind} has no field {unknown[0]!r}")
    missing = sorted(needed - given.keys())
    if missing:
        raise UnfitError(f"{kind} lacks the field {missing[0]!r}")


@cache
def _field_codec(name: str) -> Codec:
    hints = get_type_hints(Coding)
    if name == "events" or name not in hints:
        raise UnfitError(f"a coding has no changeable field {name!r}")
    return codec(hints[name])


def _encode_field_change(change: FieldChange) -> dict[str, object]:
    inner = _field_codec(change.name)
    return {
        "name": change.name,
        "before": inner.encode(change.before),
        "after": inner.encode(change.after),
    }


def _decode_field_change(value: Any) -> FieldChange:
    given = json_object(value)
    names = {"name", "before", "after"}
    _check_names("FieldChange", given, names, names)
    name = checked_text(given["name"])
    inner = _field_codec(name)
    return FieldChange(
        name=name,
        before=_field(name, inner, given["before"]),
        after=_field(name, inner, given["after"]),
    )


_OWN: dict[Any, Codec] = {  # types, which share no base
    int: Codec(_integer, _integer),
    str: Codec(checked_text, checked_text),
    bool: Codec(_boolean, _boolean),
    float: Codec(_written_number, _number),
    FieldChange: Codec(_encode_field_change, _decode_field_change),
}
