"""Puts the files of a copy into a folder: all of them or none, and over nothing unasked."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ssp_coder.catalog.copying import InstrumentCopy
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.domain.finding import Finding

_PREFIX = ".copying-"


def taken(copy: InstrumentCopy, folder: Path) -> tuple[str, ...]:
    """The files of a copy whose place in the folder is taken by a file of other content."""
    return tuple(
        file.path for file in copy.files if _differs(folder / file.path, file.content) is not False
    )


def write_copy(
    copy: InstrumentCopy, folder: Path, *, over: frozenset[str] = frozenset()
) -> tuple[Path, ...]:
    """Write a copy into a laboratory's folder, which is made when it is not there.

    The JSON Schemas beside the files are made by the program and are brought up to date.

    Args:
        copy: what to write.
        folder: gets ``episodes`` and ``schemas`` like the bundled ones.
        over: paths of files that may be replaced; what they held is lost.

    Raises:
        CatalogError: a file that may not be replaced is in the way, or the folder cannot be
            written; nothing was changed.
    """
    in_the_way = tuple(path for path in taken(copy, folder) if path not in over)
    if in_the_way:
        raise CatalogError(tuple(_taken(folder / path) for path in in_the_way))
    contents = dict(copy.formats) | {file.path: file.content for file in copy.files}
    write_all({folder / path: content for path, content in contents.items()}, folder)
    return tuple(folder / file.path for file in copy.files)


def write_all(contents: Mapping[Path, bytes], folder: Path) -> None:
    """Write several files below a folder, all or none; those that hold the same stay untouched.

    Raises:
        CatalogError: a file cannot be written; the folder is as it was.
    """
    changed = {path: content for path, content in contents.items() if _differs(path, content)}
    fresh = {path: content for path, content in contents.items() if not path.exists()}
    made: list[Path] = []
    try:
        _make_folders(folder, tuple({path.parent for path in fresh}), made)
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=folder) as name:
            _swap(changed | fresh, Path(name))
    except OSError as error:
        for place in reversed(made):
            with suppress(OSError):
                place.rmdir()
        raise CatalogError((_not_written(folder, error),)) from error


def _swap(contents: Mapping[Path, bytes], scratch: Path) -> None:
    """Give every finished file its name; what stood there comes back when one fails."""
    finished: list[tuple[Path, Path]] = []
    for number, (path, content) in enumerate(contents.items()):
        new = scratch / f"{number}.new"
        with new.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        finished.append((new, path))
    done: list[tuple[Path, Path | None]] = []
    try:
        for new, path in finished:
            kept = new.with_suffix(".old") if path.exists() else None
            if kept is not None:
                shutil.copy2(path, kept)
            done.append((path, kept))
            new.replace(path)
    except OSError:
        for path, kept in reversed(done):
            if kept is None:
                path.unlink(missing_ok=True)
            else:
                kept.replace(path)
        raise


def _make_folders(folder: Path, parents: tuple[Path, ...], made: list[Path]) -> None:
    for place in sorted({folder, *parents}):
        missing = [above for above in (place, *place.parents) if not above.exists()]
        for above in reversed(missing):
            above.mkdir()
            made.append(above)


def _differs(path: Path, content: bytes) -> bool | None:
    """Whether a file of that name holds something else; False when there is none, or the same."""
    if not path.exists():
        return False
    try:
        return path.read_bytes() != content
    except OSError:
        return None


def _taken(path: Path) -> Finding:
    return Finding(
        code="copy.taken",
        message="is there already and holds something else",
        place=str(path),
        remedy="choose another folder or id, or allow that it is replaced",
    )


def _not_written(folder: Path, error: OSError) -> Finding:
    return Finding(
        code="copy.not_written",
        message=f"the copy cannot be written ({error.strerror or error}); nothing was changed",
        place=str(folder),
        remedy="choose a folder that can be written",
    )
