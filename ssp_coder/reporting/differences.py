"""Two versions of an instrument in words: what differs, and what becomes of codings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ssp_coder.catalog.differences import Concern, Difference
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.loading import PLACES
from ssp_coder.catalog.records import SchemeRecord
from ssp_coder.catalog.tree_differences import DifferenceKind
from ssp_coder.catalog.versions import (
    Version,
    version_in_file,
    version_of_scheme,
    version_on_path,
)
from ssp_coder.domain.finding import Finding
from ssp_coder.reporting.effects import SUFFIX, Effects
from ssp_coder.reporting.words import counted
from ssp_coder.storage.coding_file import open_read_only

CONCERN_WORDS = {
    Concern.SUGGESTION: "may change suggestions",
    Concern.RECORDING: "changes what is recorded",
    Concern.WORDING: "wording, looks or sources only",
}
_SIGNS = {DifferenceKind.ADDED: "+", DifferenceKind.REMOVED: "-", DifferenceKind.CHANGED: "*"}


def read_version(name: str, *, folders: tuple[Path, ...] = ()) -> Version:
    """The version that a person means: a data file, a coding file, or an id.

    An id is looked for among schemes first, then among the other kinds of instruments.

    Raises:
        CatalogError: there is none, or it cannot be read.
        StorageError: the coding file cannot be read.
    """
    path = Path(name)
    if path.suffix == SUFFIX:
        with open_read_only(path) as file:
            return version_of_scheme(file.scheme)
    if path.suffix == ".toml":
        return version_in_file(path, folders=folders)
    places = dict.fromkeys((PLACES[SchemeRecord], *PLACES.values()))
    for below in (f"{place}/{name}.toml" for place in places):
        try:
            return version_on_path(below, folders=folders)
        except CatalogError as error:
            if (error.finding.code, error.finding.place) != ("file.missing", below):
                raise
    raise CatalogError(
        (
            Finding(
                code="id.unknown",
                message="is no scheme or instrument",
                place=name,
                remedy="give an id, a data file (.toml) or a coding file (.sspc)",
            ),
        )
    )


def difference_lines(differences: Sequence[Difference]) -> tuple[str, ...]:
    """What differs, instrument by instrument, those with an effect marked as such."""
    if not differences:
        return ("No difference.",)
    counts = Counter(difference.concerns for difference in differences)
    lines = [
        f"{counted(len(differences), 'difference')}: "
        + ", ".join(f"{counts[c]} {CONCERN_WORDS[c]}" for c in Concern if counts[c])
    ]
    instrument = ""
    for difference in differences:
        if difference.instrument != instrument:
            instrument = difference.instrument
            lines += ["", instrument]
        lines.append(_line(difference))
    return tuple(lines)


def effect_lines(effects: Effects) -> tuple[str, ...]:
    """What becomes of codings, those with another suggestion one by one."""
    lines = [
        f"{counted(len(effects.told), 'coding')} under {effects.old} and {effects.new}: "
        f"{len(effects.changed)} would get another suggestion."
    ]
    lines += [f"  {e.session}, {e.coder}: {e.then} -> {e.now}" for e in effects.changed]
    if effects.hidden:
        lines.append(
            f"{counted(effects.hidden, 'coding')} not told: "
            "the coder's own class comes before any suggestion."
        )
    lines += [f"Left out: {finding.sentence()}" for finding in effects.left_out]
    return tuple(lines)


def differences_json(
    differences: Sequence[Difference], effects: Effects | None = None
) -> dict[str, Any]:  # Any: JSON
    """The same as plain values for a JSON document."""
    document: dict[str, Any] = {
        "differences": [
            {
                "instrument": d.instrument,
                "path": d.path,
                "place": d.place,
                "key": list(d.key),
                "kind": d.kind.value,
                "old": d.old,
                "new": d.new,
                "concerns": d.concerns.value,
            }
            for d in differences
        ]
    }
    if effects is not None:
        document["codings"] = {
            "old": effects.old,
            "new": effects.new,
            "told": [
                {
                    "file": e.file,
                    "session": e.session,
                    "coder": e.coder,
                    "then": e.then,
                    "now": e.now,
                    "changed": e.changed,
                }
                for e in effects.told
            ],
            "hidden": effects.hidden,
            "left_out": [finding.sentence() for finding in effects.left_out],
        }
    return document


def _line(difference: Difference) -> str:
    where = difference.place or "the whole instrument"
    what = " -> ".join(part for part in (difference.old, difference.new) if part)
    effect = "" if difference.concerns is Concern.WORDING else f" [{difference.concerns.value}]"
    return f"  {_SIGNS[difference.kind]} {where}: {what}{effect}"
