"""What an export would write, and the lines that read it back; needs no window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.codebook import CODEBOOK_TABLE, codebook_rows
from ssp_coder.formats.comments import COMMENTS_TABLE, comment_rows
from ssp_coder.formats.dialect import FOR_EXCEL, PLAIN
from ssp_coder.formats.episodes import EPISODES_TABLE, episode_rows
from ssp_coder.formats.export import FORMATS, export_codings, stem_of
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.frequencies import FREQUENCIES_TABLE, frequency_rows
from ssp_coder.formats.intervals import INTERVALS_TABLE, interval_rows
from ssp_coder.formats.scores import SCORES_TABLE
from ssp_coder.formats.timeline import EVENTS_TABLE, event_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """One table as it would be written.

    Attributes:
        table: id of the table.
        rows: lines below the heading.
    """

    table: str
    file: str
    title: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """What is to be written where.

    Attributes:
        for_excel: whether text is guarded, so that Excel opens the files rightly.
        overwrite: whether files with other content may be replaced.
    """

    coding: Coding
    scheme: Scheme
    folder: Path
    for_excel: bool = False
    overwrite: bool = False


def planned_files(coding: Coding, scheme: Scheme) -> tuple[PlannedFile, ...]:
    """Every table with the number of its rows, in the order of writing."""
    entry = Exportable(coding=coding, scheme=scheme)
    counts: dict[str, Callable[[], int]] = {
        EVENTS_TABLE: lambda: sum(1 for _ in event_rows(entry)),
        SCORES_TABLE: lambda: 1,
        EPISODES_TABLE: lambda: sum(1 for _ in episode_rows(entry)),
        INTERVALS_TABLE: lambda: sum(1 for _ in interval_rows(entry)),
        FREQUENCIES_TABLE: lambda: sum(1 for _ in frequency_rows(entry)),
        COMMENTS_TABLE: lambda: sum(1 for _ in comment_rows(entry)),
        CODEBOOK_TABLE: lambda: sum(1 for _ in codebook_rows((scheme,), PLAIN)),
    }
    stem = stem_of((entry,))
    return tuple(
        PlannedFile(
            table=form.id, file=form.file_name(stem), title=form.title, rows=counts[form.id]()
        )
        for form in FORMATS
    )


def files_in_the_way(order: ExportOrder) -> tuple[str, ...]:
    """Names of files that are there already with other content than would be written."""
    entry = Exportable(coding=order.coding, scheme=order.scheme)
    dialect = FOR_EXCEL if order.for_excel else PLAIN
    names = []
    for form in FORMATS:
        name = form.file_name(stem_of((entry,)))
        place = order.folder / name
        if place.exists() and not _holds(place, form.content((entry,), dialect)):
            names.append(name)
    return tuple(names)


def write_export(order: ExportOrder) -> tuple[Path, ...]:
    """Write the tables and the side file.

    Raises:
        FormatError: nothing was written, and why.
    """
    entry = Exportable(coding=order.coding, scheme=order.scheme)
    return export_codings(
        (entry,), order.folder, for_excel=order.for_excel, overwrite=order.overwrite
    )


def _holds(place: Path, content: bytes) -> bool:
    try:
        return place.read_bytes() == content
    except OSError:
        return False


def r_snippet(folder: Path, stem: str) -> str:
    """Lines of R that read the tables, with and without the sign that Excel wants."""
    return (
        f"folder <- {_quoted(folder)}\n"
        "read <- function(name) {\n"
        "  read.csv(file.path(folder, name),\n"
        '           fileEncoding = "UTF-8-BOM", na.strings = "")\n'
        "}\n"
        f"events <- read({_quoted(stem + '_events.csv')})\n"
        f"scores <- read({_quoted(stem + '_scores.csv')})\n"
        f"episodes <- read({_quoted(stem + '_episodes.csv')})\n"
        f"intervals <- read({_quoted(stem + '_intervals.csv')})\n"
        f"frequencies <- read({_quoted(stem + '_frequencies.csv')})\n"
        f"comments <- read({_quoted(stem + '_comments.csv')})\n"
    )


def pandas_snippet(folder: Path, stem: str) -> str:
    """Lines of Python that read the tables; only an empty cell is a missing value."""
    return (
        "from pathlib import Path\n"
        "import pandas as pd\n"
        "\n"
        f"folder = Path({_quoted(folder)})\n"
        "\n"
        "def read(name):\n"
        '    return pd.read_csv(folder / name, encoding="utf-8-sig",\n'
        '                       keep_default_na=False, na_values=[""])\n'
        "\n"
        f"events = read({_quoted(stem + '_events.csv')})\n"
        f"scores = read({_quoted(stem + '_scores.csv')})\n"
        f"episodes = read({_quoted(stem + '_episodes.csv')})\n"
        f"intervals = read({_quoted(stem + '_intervals.csv')})\n"
        f"frequencies = read({_quoted(stem + '_frequencies.csv')})\n"
        f"comments = read({_quoted(stem + '_comments.csv')})\n"
    )


def _quoted(words: Path | str) -> str:
    text = words.as_posix() if isinstance(words, Path) else words
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
