"""Opening a video file, or saying in one sentence why that is impossible."""

from __future__ import annotations

import codecs
import os
import stat
from typing import TYPE_CHECKING, NoReturn, TypeVar

import av
import av.error
from av.stream import Disposition

from ssp_coder.media.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

    _Kind = TypeVar("_Kind", VideoStream, AudioStream)

THREADS_AT_MOST = 4
"""Project default: more decoder threads delay the first frame after every seek."""

_HEAD_BYTES = 4_096
_CONTAINERS = (
    *("mov", "matroska", "avi", "mpeg", "mpegts", "asf", "flv", "ogg", "dv", "mxf", "wtv", "rm"),
    *("gxf", "nut", "ivf", "h264", "hevc", "m4v", "mpegvideo", "mjpeg", "y4m"),
    *("wav", "w64", "mp3", "aac", "flac", "aiff", "caf", "amr", "ac3"),
)
# Play lists name other files and addresses; without them no file can reach for the network.
_RECORDINGS_ONLY = {"format_whitelist": ",".join(_CONTAINERS), "protocol_whitelist": "file"}
_CONTROL_CODES_IN_TEXT = frozenset(b"\t\n\r\f\x1b")


def open_video(path: Path, *, threaded: bool = True) -> tuple[InputContainer, VideoStream]:
    """Open `path` and choose its picture stream; the caller closes the container.

    Container and stream belong to the thread that opened them.

    Raises:
        MediaError: the file is missing, empty, not a video, or holds no pictures.
    """
    _refuse_what_is_no_recording(path)
    try:
        # An absolute name is never mistaken for a protocol.
        container = av.open(
            str(path.absolute()), "r", options=dict(_RECORDINGS_ONLY), metadata_errors="replace"
        )
    except av.error.FFmpegError as error:
        _explain(path, error)
    stream = _picture_stream(container)
    if stream is None:
        container.close()
        raise MediaError(
            "media.no_video",
            path,
            "holds no video pictures",
            "choose the file with the picture, not the sound track alone",
        )
    stream.thread_type = "AUTO" if threaded else "NONE"
    stream.thread_count = min(THREADS_AT_MOST, os.cpu_count() or 1) if threaded else 1
    return container, stream


def packets_of(container: InputContainer, stream: _Kind) -> Iterator[Packet[_Kind]]:
    """Packets of `stream` from here to the end, without the empty one that asks for draining.

    In a damaged transport stream a packet may name a stream that the container never announced.
    PyAV answers with an IndexError; reading goes on behind that packet.

    Raises:
        FFmpegError: the file cannot be read any further.
    """
    while True:
        try:
            for packet in container.demux(stream):
                if packet.size:
                    yield packet
        except IndexError:
            continue
        return


def _picture_stream(container: InputContainer) -> VideoStream | None:
    """The first video stream that is not a cover picture and that this build can decode."""
    for stream in container.streams.video:
        if stream.disposition & Disposition.attached_pic:
            continue
        if stream.codec_context is not None:
            return stream
    return None


def _refuse_what_is_no_recording(path: Path) -> None:
    try:
        found = path.stat()
    except FileNotFoundError:
        raise MediaError(
            "media.missing", path, "does not exist", "check the folder or find the file again"
        ) from None
    except OSError as error:
        _explain(path, error)
    if stat.S_ISDIR(found.st_mode):
        raise MediaError("media.folder", path, "is a folder", "choose a video file inside it")
    if found.st_size == 0:
        raise MediaError("media.empty", path, "is empty", "copy the recording again")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        _explain(path, error)
    if _is_text(head):
        raise MediaError(
            "media.text", path, "is a text file, not a video", "choose the recording itself"
        )


def _is_text(head: bytes) -> bool:
    if any(byte < 32 and byte not in _CONTROL_CODES_IN_TEXT for byte in head):
        return False
    try:
        # An incremental decoder forgives a letter that is cut off at the end of the head.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _explain(path: Path, error: Exception) -> NoReturn:
    if isinstance(error, PermissionError):
        raise MediaError(
            "media.forbidden", path, "may not be read", "ask for permission to read it"
        ) from error
    if isinstance(error, av.error.InvalidDataError):
        raise MediaError(
            "media.unreadable",
            path,
            "cannot be read as a video, for its header is missing or damaged",
            "copy the recording again or repair it with the camera's software",
        ) from error
    if isinstance(error, av.error.ArgumentError):
        raise MediaError(
            "media.unsupported",
            path,
            "is not a recording in a format that is played here",
            "convert it to MP4",
        ) from error
    raise MediaError(
        "media.unopened", path, f"cannot be opened ({error})", "copy the recording again"
    ) from error
