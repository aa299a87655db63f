"""What can be wrong with a video file, said in one plain sentence each."""

from __future__ import annotations

from pathlib import Path


class MediaError(Exception):
    """A video file, or a part of it, cannot be used.

    Attributes:
        code: stable code for programs and translations, such as ``media.empty``.
        file: path as it was handed in.
        what: the fact.
        remedy: what the person can do.
    """

    def __init__(self, code: str, file: Path, what: str, remedy: str) -> None:
        super().__init__(code, file, what, remedy)
        self.code = code
        self.file = file
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.file.name} {self.what}; {self.remedy}."


class FrameMissing(MediaError):  # noqa: N818 - the agreed name reads as the fact it states
    """One frame is listed in the file and cannot be decoded; the others can still be read."""

    def __init__(self, file: Path, ordinal: int) -> None:
        super().__init__(
            "media.frame_missing",
            file,
            f"has damage at frame {ordinal}, which cannot be shown",
            "step to a neighbouring frame or copy the recording again",
        )
        self.ordinal = ordinal


class Abandoned(Exception):  # noqa: N818 - it is an answer to the caller's own wish, not an error
    """The caller asked to stop before the work was done; nothing was left half made."""
