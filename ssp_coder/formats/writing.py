"""Several files written together: all of them appear, or none."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from ssp_coder.formats.errors import refusal


def write_together(
    files: Mapping[Path, bytes], *, overwrite: bool, replaceable: Collection[Path] = ()
) -> None:
    """Write files so that a failure leaves what was there before.

    Files whose content is already there are left alone.

    Args:
        files: content by path, all in one existing folder.
        overwrite: whether files with other content may be replaced.
        replaceable: files that may be replaced in any case.

    Raises:
        FormatError: a file exists and may not be replaced, or the disk refuses.
    """
    changed = {path: content for path, content in files.items() if not _is_already(path, content)}
    existing = [path for path in changed if path not in replaceable and path.exists()]
    if existing and not overwrite:
        raise refusal(
            "export.exists",
            f"{existing[0].name} is already there with other content",
            "choose another folder, or say that it may be overwritten",
            place=str(existing[0]),
        )
    written: dict[Path, Path] = {}
    try:
        for path, content in changed.items():
            written[path] = _write_beside(path, content)
        _put_in_place(written)
    except OSError as error:
        raise refusal(
            "export.not_written",
            f"cannot be written ({error.strerror or error})",
            "check the folder, its permissions and the space on the disk; nothing was changed",
            place=str(next(iter(files)).parent),
        ) from error
    finally:
        for temporary in written.values():
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _is_already(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _write_beside(path: Path, content: bytes) -> Path:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _put_in_place(written: Mapping[Path, Path]) -> None:
    """Rename all; on failure give the earlier files back."""
    earlier: dict[Path, Path | None] = {}
    try:
        for path, temporary in written.items():
            earlier[path] = _copy_aside(path)
            temporary.replace(path)
    except OSError:
        for path, aside in earlier.items():
            _give_back(path, aside)
        raise
    for aside in earlier.values():
        if aside is not None:
            aside.unlink()


def _copy_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.earlier")
    shutil.copy2(path, aside)
    return aside


def _give_back(path: Path, aside: Path | None) -> None:
    if aside is None:
        path.unlink(missing_ok=True)
    else:
        aside.replace(path)
