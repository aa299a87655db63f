"""The bundled files of the usual schemes, read one by one before anybody waits for them."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.catalog.loading import PLACES, available_schemes, read_on_path, table_files
from ssp_coder.catalog.reading import InstrumentFile
from ssp_coder.catalog.records import (
    EthogramFile,
    FileRecord,
    KeymapFile,
    ProcedureFile,
    ScaleFile,
    SchemeRecord,
)


def read_ahead() -> Iterator[str]:
    """Read the bundled files of the schemes that are taken where none is named.

    What was read once is remembered, so that a coding made with these files opens sooner. Between
    one file and the next the caller can do something else.

    Yields:
        The path of a file that has been read; of a rule table with its profiles, the table's.

    Raises:
        CatalogError: a file cannot be used.
    """
    for summary in available_schemes():
        if not summary.usual:
            continue
        top = _read(f"{PLACES[SchemeRecord]}/{summary.id}.toml")
        yield top.path
        names = top.record
        if not isinstance(names, SchemeRecord):
            continue
        yield table_files(names.rules, _read)[0].path
        wanted: tuple[tuple[type[FileRecord], str], ...] = (
            (ProcedureFile, names.procedure),
            (EthogramFile, names.ethogram),
            (KeymapFile, names.keymap),
            *((ScaleFile, name) for name in names.scales),
        )
        for kind, name in wanted:
            yield _read(f"{PLACES[kind]}/{name}.toml").path


def _read(path: str) -> InstrumentFile[FileRecord]:
    return read_on_path(path, ())
