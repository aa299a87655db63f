"""How clips are called: a pattern of a person's own, and never the name of a file that is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from itertools import count
from pathlib import Path
from string import Formatter

from ssp_coder.domain.finding import DomainError, Finding

FIELDS = ("session", "camera", "video", "number", "what", "episode", "code", "time")
"""What a pattern may hold between braces; `number` counts the clips of one export."""
DEFAULT_PATTERN = "{session}-{episode}-{code}-{time}"
"""Project default."""
LONGEST_NAME = 120
"""Project default, in bytes of UTF-8; every file system in use takes more than this."""

_JOINTS = "-_ "
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{place}" for port in ("com", "lpt") for place in "123456789"}
)


class InTheWay(StrEnum):
    """What becomes of a clip whose name is taken."""

    LEAVE_OUT = "leave_out"
    NUMBER = "number"
    REPLACE = "replace"


def safe_name(name: str) -> str:
    """A name without what no file name may hold."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in name)


def refuse_pattern(pattern: str) -> None:
    """Raise unless `pattern` is text and the fields there are.

    Raises:
        DomainError: says what is wrong with it.
    """
    for _ in _pieces(pattern):
        pass
    if not pattern.strip(_JOINTS):
        raise _refusal("the pattern of the names is empty")


def stem_of_clip(pattern: str, values: Mapping[str, str]) -> str:
    """The name of one clip without its ending; fields that are empty leave no gap.

    Raises:
        DomainError: the pattern has a field that there is not.
    """
    stem = ""
    for text, field in _pieces(pattern):
        stem += _safe_text(text)
        value = safe_name(values.get(field, "")) if field else ""
        stem = stem.rstrip(_JOINTS) if field and not value else stem + value
    short = stem.strip(_JOINTS).encode()[:LONGEST_NAME].decode(errors="ignore")
    whole = short.rstrip(_JOINTS) or "clip"
    return f"{whole}-clip" if whole.lower() in _RESERVED else whole


def unlike(names: Collection[str]) -> tuple[str, ...]:
    """The names, with a number behind each one that another has already."""
    given: set[str] = set()
    unique = []
    for name in names:
        chosen = next(form for form in _numbered(name) if form.casefold() not in given)
        given.add(chosen.casefold())
        unique.append(chosen)
    return tuple(unique)


def free_place(place: Path, taken: Collection[Path] = ()) -> Path:
    """`place`, or with the first number behind its name that neither a file nor `taken` has."""
    forms = (place.with_name(f"{stem}{place.suffix}") for stem in _numbered(place.stem))
    return next(form for form in forms if form not in taken and not form.exists())


def _numbered(name: str) -> Iterator[str]:
    yield name
    for number in count(2):
        yield f"{name}-{number}"


def _pieces(pattern: str) -> Iterator[tuple[str, str]]:
    """Text and the name of the field behind it, which is empty at the end."""
    try:
        for text, field, form, conversion in Formatter().parse(pattern):
            if field is not None and (field not in FIELDS or form or conversion):
                raise _refusal(f"{{{field}}} is no part of a clip's name")
            yield text, field or ""
    except ValueError:
        raise _refusal("a brace in the pattern of the names is not closed") from None


def _safe_text(text: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_ " else "-" for sign in text)


def _refusal(message: str) -> DomainError:
    fields = ", ".join(f"{{{field}}}" for field in FIELDS)
    return DomainError(
        Finding(code="clip.pattern", message=message, remedy=f"write plain text, and {fields}")
    )
