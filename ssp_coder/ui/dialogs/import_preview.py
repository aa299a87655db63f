"""What an import would bring, or every reason why it must not; needs no window."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.edits import ImportEvents
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.timeline_import import import_edit, import_notes
from ssp_coder.formats.timeline_reading import read_timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """A timeline file beside the coding it may go into.

    Attributes:
        edit: what the import does, None when there is a fault.
        counts: events per code, in the ethogram's order.
        notes: what a person should know; they do not hinder.
        faults: what is wrong, with line and remedy; nothing is imported while there is any.
    """

    file: str
    edit: ImportEvents | None = None
    counts: tuple[tuple[CodeId, int], ...] = ()
    notes: tuple[Finding, ...] = ()
    faults: tuple[Finding, ...] = ()


def preview_import(coding: Coding, scheme: Scheme, path: Path) -> ImportPreview:
    """Read a timeline file and try it on the coding, which stays as it is."""
    try:
        timeline = read_timeline(path, scheme)
        edit = import_edit(coding, scheme, timeline)
    except FormatError as error:
        return ImportPreview(file=path.name, faults=error.findings)
    counted = Counter(event.code for event in edit.events)
    codes = (code.id for code in scheme.ethogram.codes())
    return ImportPreview(
        file=path.name,
        edit=edit,
        counts=tuple((code, counted[code]) for code in codes if counted[code]),
        notes=import_notes(coding, timeline),
    )
