"""The handbook that goes with a scheme: a lab's own, or the bundled one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ssp_coder.catalog.building import provenance, text
from ssp_coder.catalog.checking_files import file_findings
from ssp_coder.catalog.errors import CatalogError, errors_among
from ssp_coder.catalog.reading import read_bytes, read_instrument
from ssp_coder.catalog.record_base import Sources
from ssp_coder.catalog.record_handbook import ChapterRecord, HandbookFile
from ssp_coder.domain.handbook import About, Chapter, Handbook, Passage
from ssp_coder.resources import bundled

_BELOW = "schemas/handbooks"


def handbook_for(system: str, folders: tuple[Path, ...] = ()) -> Handbook | None:
    """The first handbook on the search path that is for a classification system, or None.

    Args:
        system: id of the system, as schemes name it.
        folders: searched before the bundled files, in this order.

    Raises:
        CatalogError: a handbook on the way is wrong; the findings name file, line and remedy.
    """
    for path in _paths(folders):
        found = _read(path)
        if found.system == system:
            return found
    return None


def _paths(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((folder / _BELOW).glob("*.toml"))
    yield from sorted((bundled("schemas") / "handbooks").glob("*.toml"))


def _read(path: Path) -> Handbook:
    file = read_instrument(f"{_BELOW}/{path.name}", read_bytes(path), str(path))
    findings = tuple(file_findings(file))
    errors = errors_among(findings)
    if errors:
        raise CatalogError(errors)
    record = file.record
    if not isinstance(record, HandbookFile):
        wrong = file.finding(
            "file.wrong_kind",
            ("kind",),
            f"is a {record.__struct_config__.tag}, not a handbook",
            "move it to the folder of its kind",
        )
        raise CatalogError((wrong,))
    return Handbook(
        id=record.id,
        version=record.version,
        title=text(record.title),
        system=record.system,
        chapters=tuple(_chapter(chapter, record.sources) for chapter in record.chapters),
    )


def _chapter(record: ChapterRecord, sources: Sources) -> Chapter:
    passages = tuple(
        Passage(
            heading=text(passage.heading),
            text=text(passage.text),
            provenance=provenance(passage, sources),
        )
        for passage in record.passages
    )
    return Chapter(
        id=record.id,
        title=text(record.title),
        step=record.step,
        about=About(record.about),
        passages=passages,
    )
