"""Files that are there whole or not at all, and never in the place of another one unasked."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import av.error

from ssp_coder.media.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL_OR_FORBIDDEN = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EROFS}


@contextmanager
def written_whole(place: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """A name to write to, which becomes `place` when the block ends well.

    Whatever goes wrong inside the block, or stops it, leaves nothing behind.

    Raises:
        MediaError: `place` is taken, its folder is missing, or it cannot be written.
    """
    refuse_place(place, overwrite=overwrite)
    try:
        with TemporaryDirectory(prefix=".unfinished-", dir=place.parent) as beside:
            # An absolute name is never mistaken for a protocol.
            unfinished = Path(beside).absolute() / place.name
            yield unfinished
            refuse_place(place, overwrite=overwrite)
            unfinished.replace(place)
    except OSError as error:
        if isinstance(error, av.error.FFmpegError) and error.errno not in _FULL_OR_FORBIDDEN:
            raise  # the recording or the encoder, not the place
        raise MediaError(
            "media.unwritable",
            place,
            f"cannot be written ({error.strerror or error})",
            "check the space and the rights of its folder, or choose another one",
        ) from error


def refuse_place(place: Path, *, overwrite: bool) -> None:
    """Raise unless a file may be written to `place`.

    Raises:
        MediaError: it is taken, a folder, or its folder is missing.
    """
    if place.is_dir():
        raise MediaError("media.place_folder", place, "is a folder", "name a file inside it")
    if place.exists() and not overwrite:
        raise MediaError(
            "media.place_taken", place, "is there already", "choose another name or allow it"
        )
    if not place.parent.is_dir():
        raise MediaError(
            "media.place_missing", place, "lies in a folder that does not exist", "create it"
        )
