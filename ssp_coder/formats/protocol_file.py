"""The protocol of a comparison as a TOML file: read with every fault named, and written."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta

from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Lump, Protocol, Window
from ssp_coder.catalog.locating import Key, line_of, lines_by_key
from ssp_coder.domain.time import SECOND_US, micros, seconds_text
from ssp_coder.formats.errors import place_in, refusal

MAXIMUM_BYTES = 100_000
"""Largest file read; a protocol has a dozen lines (project default)."""
_DAY = 86_400
_SHOWN = 60
_ONSETS = tuple(time / SECOND_US for time in USUAL_PROTOCOL.onsets_us)
_WORDS = {
    "`float`": "a number",
    "`int`": "a whole number",
    "`str`": "text",
    "`array`": "a list",
    "`bool`": "true or false",
    "`object`": "a table",
    "`date`": "a date",
    "`datetime`": "a date",
    "`time`": "a time of day",
}

_Name = Annotated[str, Meta(min_length=1, max_length=200)]
_Length: TypeAlias = Annotated[float, Meta(ge=1e-6, le=_DAY)]
# A session of millions of blocks would need all memory there is (project default).
_Block: TypeAlias = Annotated[float, Meta(ge=1, le=_DAY)]
_Tolerance: TypeAlias = Annotated[float, Meta(ge=0, le=_DAY)]


class _Lump(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: _Name
    codes: Annotated[list[_Name], Meta(min_length=2)]


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: _Name = USUAL_PROTOCOL.name
    unit_s: _Length = USUAL_PROTOCOL.unit_us / SECOND_US
    tolerance_s: _Tolerance = USUAL_PROTOCOL.tolerance_us / SECOND_US
    alignment_s: _Length = USUAL_PROTOCOL.alignment_us / SECOND_US
    onsets_s: Annotated[tuple[_Tolerance, ...], Meta(min_length=1, max_length=12)] = _ONSETS
    overlap: Annotated[float, Meta(gt=0, le=1)] = USUAL_PROTOCOL.overlap
    interval_s: _Length = USUAL_PROTOCOL.interval_us / SECOND_US
    window: Literal["episodes", "coded"] = "episodes"
    block_s: _Block = USUAL_PROTOCOL.block_us / SECOND_US
    resamples: Annotated[int, Meta(ge=1, le=1_000_000)] = USUAL_PROTOCOL.resamples
    seed: Annotated[int, Meta(ge=0, le=2**62)] = USUAL_PROTOCOL.seed
    lumps: list[_Lump] = []


_MEANINGS = (
    ("name", "what you call these settings"),
    ("unit_s", "time unit of time-unit kappa, in seconds"),
    ("tolerance_s", "tolerance of time-unit kappa; the kappa without any stands beside it"),
    ("alignment_s", "largest lag of two events that event alignment may link"),
    ("onsets_s", "tolerances at which onsets are matched"),
    ("overlap", "smallest overlap of two linked states, above 0 and up to 1"),
    ("interval_s", "length of an interval in interval-by-interval agreement"),
    ("window", "'episodes': from the first episode to the session's end; 'coded': from 0"),
    ("block_s", "block of the bootstrap within a session, 1 s or longer"),
    ("resamples", "how often a bootstrap draws"),
    ("seed", "start of its random numbers; the same seed gives the same figures"),
)
_LUMPS = """
# Codes that count as one; repeat the table for more.
# [[lumps]]
# name = "what they are called together"
# codes = ["group.code", "group.other_code"]
"""


def read_protocol(path: Path) -> Protocol:
    """The protocol that a file holds; a setting that it leaves out is the project's default.

    Raises:
        FormatError: it cannot be read or says what no protocol can say; names line and remedy.
    """
    return protocol_of(_text_of(path), path.name)


def protocol_of(text: str, file: str) -> Protocol:
    """The protocol of a text in the form of `protocol_text`.

    Raises:
        FormatError: as `read_protocol`.
    """
    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise refusal(
            "protocol.syntax",
            f"is not valid TOML: {str(error)[:200]}",
            "check quotes, brackets and = signs",
            place=file,
        ) from error
    return _protocol(_record(tree, text, file))


def protocol_text(protocol: Protocol) -> str:
    """The protocol in the one form in which it is written and hashed."""
    lines = [
        f"name = {_quoted(protocol.name)}",
        f"unit_s = {_seconds(protocol.unit_us)}",
        f"tolerance_s = {_seconds(protocol.tolerance_us)}",
        f"alignment_s = {_seconds(protocol.alignment_us)}",
        f"onsets_s = [{', '.join(map(_seconds, protocol.onsets_us))}]",
        f"overlap = {protocol.overlap!r}",
        f"interval_s = {_seconds(protocol.interval_us)}",
        f'window = "{protocol.window.value}"',
        f"block_s = {_seconds(protocol.block_us)}",
        f"resamples = {protocol.resamples}",
        f"seed = {protocol.seed}",
    ]
    for lump in protocol.lumps:
        codes = ", ".join(map(_quoted, lump.codes))
        lines += ["", "[[lumps]]", f"name = {_quoted(lump.name)}", f"codes = [{codes}]"]
    return "\n".join(lines) + "\n"


def protocol_template() -> str:
    """The usual protocol with a word on each setting, to be changed."""
    meanings = dict(_MEANINGS)
    lines = ["# How agreement is worked out. All values are project defaults."]
    for line in protocol_text(USUAL_PROTOCOL).splitlines():
        lines += [f"# {meanings[line.partition(' ')[0]]}", line]
    return "\n".join(lines) + "\n" + _LUMPS


def protocol_sha256(protocol: Protocol) -> str:
    """Hash of the settings, hexadecimal; equal settings have equal hashes."""
    return hashlib.sha256(protocol_text(protocol).encode()).hexdigest()


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise refusal(
            "protocol.unreadable",
            f"cannot be read ({error.strerror or 'unreadable'})",
            "check the name; --protocol-template prints a file to begin with",
            place=str(path),
        ) from error
    if len(content) > MAXIMUM_BYTES:
        raise refusal(
            "protocol.too_large",
            f"is larger than {MAXIMUM_BYTES // 1_000} kB",
            "check that it is a protocol",
            place=path.name,
        )
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise refusal(
            "protocol.not_utf8", "is not UTF-8 text", "save it as UTF-8", place=path.name
        ) from error


def _record(tree: dict[str, Any], text: str, file: str) -> _Record:  # Any: TOML of any shape
    try:
        return msgspec.convert(tree, _Record)
    except msgspec.ValidationError as error:
        fact, _, at = str(error).partition(" - at ")
        key = _key(at)
        unknown = re.search(r"unknown field `([^`]*)`", fact)
        place = (*key, unknown.group(1)) if unknown else key
        known = ", ".join((*(name for name, _ in _MEANINGS), "lumps"))
        line = line_of(lines_by_key(text), place)
        raise refusal(
            "protocol.shape",
            f"{_shown(place)}{'is not a setting' if unknown else _in_words(fact)}",
            f"use {known}" if unknown else "see --protocol-template",
            place=place_in(file, line=line),
        ) from error


def _key(at: str) -> Key:
    steps = re.findall(r"\.([A-Za-z_]\w*)|\[(\d+)\]", at)
    return tuple(name or int(place) for name, place in steps)


def _shown(key: Key) -> str:
    words = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in key)
    return f"{words.lstrip('.')[:_SHOWN]} " if words else ""


def _in_words(fact: str) -> str:
    changed = fact.replace("Expected", "must be").replace("Invalid enum value", "cannot be")
    for name, words in _WORDS.items():
        changed = changed.replace(name, words)
    return changed


def _protocol(record: _Record) -> Protocol:
    return Protocol(
        name=record.name,
        unit_us=micros(repr(record.unit_s)),
        tolerance_us=micros(repr(record.tolerance_s)),
        alignment_us=micros(repr(record.alignment_s)),
        onsets_us=tuple(sorted({micros(repr(time)) for time in record.onsets_s})),
        overlap=record.overlap,
        interval_us=micros(repr(record.interval_s)),
        window=Window(record.window),
        lumps=tuple(Lump(name=lump.name, codes=tuple(lump.codes)) for lump in record.lumps),
        block_us=micros(repr(record.block_s)),
        resamples=record.resamples,
        seed=record.seed,
    )


def _seconds(time_us: int) -> str:
    whole, _, rest = seconds_text(time_us).partition(".")
    return f"{whole}.{rest.rstrip('0') or '0'}"


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    signs = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(signs.get(sign) or _plain(sign) for sign in text) + '"'


def _plain(sign: str) -> str:
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"
