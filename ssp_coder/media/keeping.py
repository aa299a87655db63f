"""What was worked out of a recording once, kept in a folder under the recording's fingerprint."""

from __future__ import annotations

import os
import tempfile
import zipfile
import zlib
from pathlib import Path

from ssp_coder.media.fingerprint import fingerprint

DAMAGE = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What reading a packed file raises whose bytes have changed; some look encrypted then."""


def kept_place(path: Path, folder: Path, ending: str) -> Path:
    """Where something worked out of `path` lies in `folder`.

    Args:
        path: the recording.
        folder: where such things are kept.
        ending: says what it is, with its dot.

    Raises:
        OSError: the recording cannot be read.
    """
    return folder / f"{fingerprint(path)}{ending}"


def keep(place: Path, packed: bytes) -> None:
    """Write beside and rename, so that a reader never sees half a file.

    A folder that cannot be written costs time only: the work is done again next time.
    """
    part: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(packed)
        part.replace(place)
    except OSError:
        if part is not None:
            part.unlink(missing_ok=True)
