"""A lab's licensed wording, laid over the scales of a scheme for the screen only.

The text stays in the lab's folder: a coding keeps the files that its scheme was read from, and
these are not among them, so that a mailed or exported file never carries it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ssp_coder.catalog.building import provenance, scale
from ssp_coder.catalog.checking_files import file_findings
from ssp_coder.catalog.errors import CatalogError, errors_among
from ssp_coder.catalog.locating import Key
from ssp_coder.catalog.reading import InstrumentFile, read_bytes, read_instrument
from ssp_coder.catalog.record_wording import OwnWords, WordingFile
from ssp_coder.catalog.records import FileRecord, ScaleFile
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scale import Anchor, Scale
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.words import Text
from ssp_coder.resources import bundled

WORDINGS = "schemas/wordings"
"""Folder of these files, below a lab's folder; there are no bundled ones."""
SCALES = "scales"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOver:
    """A scheme as it is to be shown.

    Attributes:
        scheme: its files and hash are those of the scheme without the lab's wording.
        findings: why some wording is not shown.
    """

    scheme: Scheme
    findings: tuple[Finding, ...] = ()


def lay_over(scheme: Scheme, folders: tuple[Path, ...]) -> LaidOver:
    """The scheme with the wording from ``schemas/wordings`` of the folders.

    A file with a mistake in it is left out as a whole, and the findings say why. Where two files
    word the same, the earlier folder goes first, within a folder the earlier name.
    """
    found: list[Finding] = []
    usable: list[WordingFile] = []
    for path in _paths(folders):
        try:
            file = read_wording(path)
        except CatalogError as error:
            found.extend(error.findings)
            continue
        problems = tuple(wording_findings(file, {one.id: one for one in scheme.scales}))
        found.extend(problems)
        if not errors_among(problems):
            usable.append(file.record)
    shown = scheme
    for record in reversed(usable):
        shown = _worded(shown, record)
    return LaidOver(scheme=shown, findings=tuple(found))


def wording_findings(
    file: InstrumentFile[WordingFile], scales: Mapping[str, Scale]
) -> Iterator[Finding]:
    """What is wrong between a wording and scales: points that a scale does not have.

    A scale that is not among them is only a warning, for a scheme need not rate every scale.
    """
    record = file.record
    for at, anchor in enumerate(record.anchors):
        known = scales.get(anchor.scale)
        if known is None:
            yield _unknown_scale(file, ("anchors", at, "scale"), anchor.scale, scales)
        elif not known.minimum <= anchor.point <= known.maximum:
            yield file.finding(
                "wording.point",
                ("anchors", at, "point"),
                f"scale {known.id} has no point {anchor.point:g}",
                f"use {known.minimum:g} to {known.maximum:g}",
            )
    for name, entries in (("gists", record.gists), ("notes", record.notes)):
        for at, entry in enumerate(entries):
            if entry.scale not in scales:
                yield _unknown_scale(file, (name, at, "scale"), entry.scale, scales)


def scales_known_to(folder: Path) -> dict[str, Scale]:
    """The scales of a lab's folder and the bundled ones, as far as they can be read."""
    known: dict[str, Scale] = {}
    for place in (folder / "schemas" / SCALES, bundled("schemas") / SCALES):
        for path in sorted(place.glob("*.toml")):
            with suppress(CatalogError):
                file = read_instrument(path.name, read_bytes(path), str(path))
                if isinstance(file.record, ScaleFile):
                    known.setdefault(file.record.id, scale(file.record))
    return known


def _paths(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((folder / WORDINGS).glob("*.toml"))


def read_wording(path: Path) -> InstrumentFile[WordingFile]:
    """The wording in a file, sound by itself.

    Raises:
        CatalogError: it cannot be read, is of another kind, or has a mistake.
    """
    file = read_instrument(f"{WORDINGS}/{path.name}", read_bytes(path), str(path))
    if not isinstance(file.record, WordingFile):
        kind = type(file.record).__struct_config__.tag
        remedy = f'write kind = "wording", or put a {kind} into its own folder'
        raise CatalogError((file.finding("file.other_kind", ("kind",), f"is a {kind}", remedy),))
    errors = errors_among(tuple(file_findings(file)))
    if errors:
        raise CatalogError(errors)
    return InstrumentFile(
        path=file.path,
        shown=file.shown,
        content=file.content,
        record=file.record,
        text=file.text,
    )


def _unknown_scale(
    file: InstrumentFile[FileRecord], key: Key, name: str, scales: Mapping[str, Scale]
) -> Finding:
    return file.warning(
        "id.unknown", key, f"scale {name!r} is not known here", f"known are {', '.join(scales)}"
    )


def _worded(scheme: Scheme, record: WordingFile) -> Scheme:
    return replace(scheme, scales=tuple(_said_anew(one, record) for one in scheme.scales))


def _said_anew(before: Scale, record: WordingFile) -> Scale:
    source = provenance(record, record.sources)
    changed = before
    for anchor in record.anchors:
        if anchor.scale == before.id:
            new = Anchor(point=anchor.point, text=own_text(anchor.text), provenance=source)
            changed = replace(changed, anchors=_with_anchor(changed.anchors, new))
    for gist in record.gists:
        if gist.scale == before.id:
            changed = replace(changed, provenance=source, gist=own_text(gist.text))
    for note in record.notes:
        if note.scale == before.id:
            changed = replace(changed, provenance=source, note=own_text(note.text))
    return changed


def _with_anchor(anchors: tuple[Anchor, ...], new: Anchor) -> tuple[Anchor, ...]:
    others = (anchor for anchor in anchors if anchor.point != new.point)
    return tuple(sorted((*others, new), key=lambda anchor: anchor.point))


def own_text(words: OwnWords) -> Text:
    """A lab's wording; in a language that it lacks, its English is shown, else its first."""
    if isinstance(words, str):
        return Text((("en", words),))
    fallback = words.get("en", next(iter(words.values())))
    rest = sorted(pair for pair in words.items() if pair[0] != "en")
    return Text((("en", fallback), *rest))
