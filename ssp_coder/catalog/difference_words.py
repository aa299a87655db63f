"""Names of places and values in an instrument, as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_Value = Any  # Any: JSON-like values of unknown shape

_KINDS: Mapping[str, str] = {
    "procedure": "Procedure",
    "ethogram": "Codes",
    "scale": "Scale",
    "profile_table": "Bands",
    "decision_table": "Decision table",
    "discriminant_table": "Discriminant table",
    "keymap": "Key map",
    "scheme": "Scheme",
    "wording": "Wording",
}

_ONE: Mapping[str, str] = {
    "anchors": "point",
    "bands": "band",
    "bindings": "key",
    "codes": "code",
    "counts": "count",
    "episodes": "episode",
    "examples": "example",
    "flags": "flag",
    "functions": "function",
    "groups": "group",
    "hinges": "timing rule",
    "inputs": "input",
    "measures": "measure",
    "missing": "reason without a number",
    "modifiers": "modifier",
    "overlays": "rule on top",
    "persons": "person",
    "profiles": "subgroup",
    "rules": "rule",
    "slots": "place",
    "sources": "source",
    "themes": "theme",
    "explanations": "explanation",
    "values": "value",
    "weights": "weight",
    "worked_cases": "worked case",
}

_NAMES: Mapping[str, str] = {
    "all_of": "all of",
    "any_of": "any of",
    "bears_on": "bears on scale",
    "borderline_margin": "margin called borderline",
    "decision_point": "point of decision",
    "gist": "in short",
    "interval_s": "interval in seconds",
    "length_tolerance_s": "tolerance of lengths in seconds",
    "limit_s": "limit in seconds",
    "may_curtail": "may be cut short",
    "may_extend": "may be extended",
    "needs_secondary": "needs a secondary class",
    "planned_s": "planned length in seconds",
    "present": "present",
    "secure": "secure side",
    "by_decision": "set by decision",
    "short": "short title",
    "suggestion": "when the suggestion is shown",
    "unlock": "whether a locked coding may be opened again",
}

_SENTENCES = ("confusions",)
"""Lists whose items are named by their own wording, which is told as the value."""

_LONGEST = 160


def kind_words(tag: str, instrument: str) -> str:
    """A kind of instrument and its id: ``Scale pcs``."""
    return f"{_KINDS.get(tag, tag.replace('_', ' '))} {instrument}"


def place_words(key: Sequence[str | int]) -> str:
    """Where something stands: ``subgroup X, band y``; a name follows what it is the name of."""
    words: list[str] = []
    waiting = ""
    for step in key:
        name = str(step)
        if words and words[-1] in _SENTENCES and type(step) is not str:
            continue
        if waiting and type(step) is not str:
            words.append(f"{waiting} {name}")
            waiting = ""
            continue
        if waiting:
            words.append(_plural(waiting))
        waiting = name if name in _ONE else ""
        if waiting:
            waiting = _ONE[name]
        else:
            words.append(name if type(step) is not str else _NAMES.get(name, _spaced(name)))
    if waiting:
        words.append(_plural(waiting))
    return ", ".join(words)


def value_words(value: _Value) -> str:
    """A value in one line: a title for a table, ``1 to 3`` for a range."""
    if value is None or value in ("", [], {}):
        return ""
    return _shortened(_words(value))


def _words(value: _Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return _table_words(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        if len(value) == 2 and all(_is_number(item) for item in value):
            return f"{value[0]:g} to {value[1]:g}"
        return ", ".join(_words(item) for item in value)
    return " ".join(str(value).split())


def _table_words(value: Mapping[str, _Value]) -> str:
    for key in ("title", "text", "en"):
        if value.get(key):
            return _words(value[key])
    kept = {key: item for key, item in value.items() if item not in (None, "", [], {})}
    return ", ".join(f"{_spaced(str(key))} {_words(item)}" for key, item in kept.items())


def _is_number(value: _Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _plural(word: str) -> str:
    if word.startswith("reason "):
        return word.replace("reason", "reasons", 1)
    return f"{word}es" if word.endswith("s") else f"{word}s"
