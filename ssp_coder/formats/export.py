"""Codings written as tables, one file a kind, with a codebook and a side file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import ssp_coder
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.codebook import CODEBOOK_TABLE, codebook_rows, codebook_table
from ssp_coder.formats.columns import table_bytes
from ssp_coder.formats.comments import COMMENTS_TABLE, comment_rows, comments_table
from ssp_coder.formats.dialect import FOR_EXCEL, PLAIN, Dialect
from ssp_coder.formats.episodes import EPISODES_TABLE, episode_rows, episodes_table
from ssp_coder.formats.errors import refusal
from ssp_coder.formats.exportable import Exportable, schemes_of
from ssp_coder.formats.frequencies import (
    FREQUENCIES_TABLE,
    frequencies_table,
    frequency_rows,
)
from ssp_coder.formats.guard import CODEBOOK_FILE
from ssp_coder.formats.intervals import INTERVALS_TABLE, interval_rows, intervals_table
from ssp_coder.formats.score_row import score_row
from ssp_coder.formats.scores import SCORES_TABLE, scores_table
from ssp_coder.formats.timeline import EVENTS_TABLE, SCHEMA_VERSION, event_rows, timeline_table
from ssp_coder.formats.writing import write_together

SEVERAL = "codings"
"""How the files of more than one coding begin."""
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST_STEM = 100

Codings = Sequence[Exportable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file that codings can be written as.

    Attributes:
        id: the table's name, as in the codebook.
        title: what it holds, for people.
        reads: whether the program reads it back.
        content: the bytes of the whole file.
    """

    id: str
    title: str
    reads: bool
    content: Callable[[Codings, Dialect], bytes]

    def file_name(self, stem: str) -> str:
        """Name of the file; one codebook describes all that lies in a folder."""
        return CODEBOOK_FILE if self.id == CODEBOOK_TABLE else f"{stem}_{self.id}.csv"


def _events(codings: Codings, dialect: Dialect) -> bytes:
    rows = (row for entry in codings for row in event_rows(entry))
    return table_bytes(timeline_table(schemes_of(codings)), rows, dialect)


def _scores(codings: Codings, dialect: Dialect) -> bytes:
    rows = (score_row(entry) for entry in codings)
    return table_bytes(scores_table(schemes_of(codings)), rows, dialect)


def _episodes(codings: Codings, dialect: Dialect) -> bytes:
    rows = (row for entry in codings for row in episode_rows(entry))
    return table_bytes(episodes_table(schemes_of(codings)), rows, dialect)


def _intervals(codings: Codings, dialect: Dialect) -> bytes:
    rows = (row for entry in codings for row in interval_rows(entry))
    return table_bytes(intervals_table(schemes_of(codings)), rows, dialect)


def _frequencies(codings: Codings, dialect: Dialect) -> bytes:
    rows = (row for entry in codings for row in frequency_rows(entry))
    return table_bytes(frequencies_table(schemes_of(codings)), rows, dialect)


def _comments(codings: Codings, dialect: Dialect) -> bytes:
    rows = (row for entry in codings for row in comment_rows(entry))
    return table_bytes(comments_table(schemes_of(codings)), rows, dialect)


def _codebook(codings: Codings, dialect: Dialect) -> bytes:
    return table_bytes(codebook_table(), codebook_rows(schemes_of(codings), dialect), dialect)


FORMATS: tuple[Format, ...] = (
    Format(id=EVENTS_TABLE, title="Timeline, one row an event", reads=True, content=_events),
    Format(id=SCORES_TABLE, title="Scores, one row a coding", reads=True, content=_scores),
    Format(id=EPISODES_TABLE, title="Episodes", reads=False, content=_episodes),
    Format(
        id=INTERVALS_TABLE,
        title="Intervals, one row an interval of an episode",
        reads=False,
        content=_intervals,
    ),
    Format(
        id=FREQUENCIES_TABLE,
        title="Frequencies, one row a measure and episode",
        reads=False,
        content=_frequencies,
    ),
    Format(
        id=COMMENTS_TABLE,
        title="Comments, flags and questions",
        reads=True,
        content=_comments,
    ),
    Format(id=CODEBOOK_TABLE, title="Codebook of all columns", reads=False, content=_codebook),
)


def export_codings(
    codings: Codings, folder: Path, *, for_excel: bool = False, overwrite: bool = False
) -> tuple[Path, ...]:
    """Write every format of these codings into a folder, which is made when it is not there.

    Args:
        codings: one or more; several are stacked in one file a table.
        folder: where to write.
        for_excel: write the dialect that Excel opens rightly, with text guarded.
        overwrite: whether files that are there with other content may be replaced.

    Returns:
        The files, the side file with versions and date last.

    Raises:
        FormatError: there is nothing to export, a file is there already, or the disk refuses; then
            nothing was written.
    """
    _check_codings(codings)
    dialect = FOR_EXCEL if for_excel else PLAIN
    stem = stem_of(codings)
    files = {folder / form.file_name(stem): form.content(codings, dialect) for form in FORMATS}
    side_file = folder / f"{stem}_export.json"
    files[side_file] = _side_file(codings, dialect, tuple(path.name for path in files))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(
            "export.no_folder",
            f"is no folder and cannot be made one ({error.strerror or error})",
            "choose another folder",
            place=str(folder),
        ) from error
    # The side file says when; it alone must not keep the same tables from being written again.
    write_together(files, overwrite=overwrite, replaceable=(side_file,))
    return tuple(files)


def stem_of(codings: Codings) -> str:
    """How the files begin: session and coder of a single coding."""
    if len(codings) > 1:
        return SEVERAL
    coding = codings[0].coding
    return _UNSAFE.sub("_", f"{coding.session}.{coding.coder}").lstrip(".")[:_LONGEST_STEM]


def _check_codings(codings: Codings) -> None:
    if not codings:
        raise refusal(
            "export.nothing", "there is no coding to export", "name at least one", place="export"
        )
    keys = [(c.coding.session, c.coding.coder, c.coding.role) for c in codings]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise refusal(
            "export.twice",
            f"session {twice[0]} by coder {twice[1]} as {twice[2].value} is there twice",
            "export one of the two, rows of both could not be told apart",
            place="export",
        )


def _side_file(codings: Codings, dialect: Dialect, files: tuple[str, ...]) -> bytes:
    content = {
        "program": "ssp_coder",
        "program_version": ssp_coder.__version__,
        "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "dialect": dialect.id,
        "events_schema_version": SCHEMA_VERSION,
        "files": list(files),
        "codings": [
            {
                "session_id": entry.coding.session,
                "coder_id": entry.coding.coder,
                "coding_role": entry.coding.role.value,
                "scheme": _scheme_words(entry.scheme),
            }
            for entry in codings
        ],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def _scheme_words(scheme: Scheme) -> dict[str, str]:
    return {"id": scheme.id, "version": scheme.version, "sha256": scheme.sha256}
