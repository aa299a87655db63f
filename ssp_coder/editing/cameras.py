"""Which videos a coding belongs to, and when each camera began."""

from __future__ import annotations

from dataclasses import replace

from ssp_coder.domain.coding import MOST_CAMERAS, Coding
from ssp_coder.domain.time import short_clock_text
from ssp_coder.editing.edits import AttachMedia, PlaceCamera
from ssp_coder.editing.refusal import refuse


def attach(coding: Coding, edit: AttachMedia) -> Coding:
    """The coding with other videos.

    Raises:
        EditRefusedError: there are too many, one is there twice, or the first is placed.
    """
    if len(edit.media) > len(coding.media):
        _check_added(edit)
    if edit.media and edit.media[0].offset_us:
        raise _first_sets_the_time()
    return replace(coding, media=edit.media)


def _check_added(edit: AttachMedia) -> None:
    # Only where videos are added: a log written before there were these rules is replayed as it is.
    if len(edit.media) > MOST_CAMERAS:
        raise refuse(
            "media.too_many",
            f"a session has {MOST_CAMERAS} videos at most, not {len(edit.media)}",
            "leave some out",
        )
    known: set[str] = set()
    for media in edit.media:
        if media.fingerprint and media.fingerprint in known:
            raise refuse(
                "media.twice", "the same video is attached twice", "leave one out", place=media.name
            )
        known.add(media.fingerprint)


def place(coding: Coding, edit: PlaceCamera) -> Coding:
    """The coding with one camera begun at another moment.

    Raises:
        EditRefusedError: there is no such camera, it is the first, or it would nowhere be on at
            the same time as the first.
    """
    if not 0 <= edit.camera < len(coding.media):
        raise refuse("media.unknown", f"there is no camera {edit.camera + 1}")
    if edit.camera == 0:
        raise _first_sets_the_time()
    camera = replace(coding.media[edit.camera], offset_us=edit.offset_us, offset_source=edit.source)
    length_us = coding.media[0].duration_us
    if camera.end_us <= 0 or (length_us and camera.offset_us >= length_us):
        raise refuse(
            "media.apart",
            f"camera {edit.camera + 1} would be on from {short_clock_text(camera.offset_us)} to "
            f"{short_clock_text(camera.end_us)} and never together with camera 1, which is on "
            f"from 0:00 to {short_clock_text(length_us)}",
            "check the sign and the unit of the offset",
            place=camera.name,
        )
    others = list(coding.media)
    others[edit.camera] = camera
    return replace(coding, media=tuple(others))


def _first_sets_the_time() -> Exception:
    return refuse(
        "media.first_camera",
        "camera 1 sets the session's time and begins at 0:00",
        "place the other cameras by it",
    )
