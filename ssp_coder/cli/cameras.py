"""`ssp-coder cameras`: the cameras of a coding, and when each of them began."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import ProgressLine, say, say_json
from ssp_coder.domain.coding import Coding, Media, OffsetSource
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.time import Micros, parse_offset, short_clock_text
from ssp_coder.editing.edits import PlaceCamera
from ssp_coder.reporting.cameras import begins_words, drift_words, sound_lines
from ssp_coder.storage.coding_file import open_for_writing, open_read_only

if TYPE_CHECKING:
    from ssp_coder.media.index import FrameIndex
    from ssp_coder.media.syncing import SoundOffset


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("coding", metavar="FILE.sspc", type=Path, help="the coding")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--place", metavar="N", type=_camera, help="set when camera N began; needs --offset"
    )
    which.add_argument(
        "--from-sound",
        metavar="N",
        type=_camera,
        help="propose from the sound of camera 1 and camera N when N began",
    )
    parser.add_argument(
        "--offset",
        metavar="TIME",
        type=_offset,
        help="time of camera 1 at which the other begins, such as 3.2 or --offset=-0:00:03.2",
    )
    parser.add_argument("--apply", action="store_true", help="set what --from-sound proposes")
    parser.add_argument(
        "--in",
        dest="folder",
        metavar="FOLDER",
        type=Path,
        help="where the videos lie, when not beside the coding",
    )
    parser.add_argument(
        "--by", metavar="ID", help="who does it, for the log (default: the coding's coder)"
    )
    parser.add_argument("--json", action="store_true", help="the list for programs")


def _run(options: Namespace) -> ExitCode:
    _refuse_half_a_wish(options)
    with open_read_only(options.coding) as file:
        coding = file.coding
    if options.place is not None:
        _place(options, coding, options.place, (options.offset, OffsetSource.TYPED))
    elif options.from_sound is not None:
        return _from_sound(options, coding)
    elif options.json:
        say_json([_row(place, media) for place, media in enumerate(coding.media)])
    else:
        say("\n".join(camera_lines(coding)))
    return ExitCode.OK


def _refuse_half_a_wish(options: Namespace) -> None:
    if (options.place is None) != (options.offset is None):
        raise _error("arguments", "--place and --offset belong together", "give both")
    if options.apply and options.from_sound is None:
        raise _error("arguments", "--apply has nothing to apply", "give --from-sound N as well")


def camera_lines(coding: Coding) -> Iterator[str]:
    """The cameras of a coding, a line each."""
    yield f"session {coding.session}: {_count(len(coding.media))}"
    for place, media in enumerate(coding.media):
        length = short_clock_text(media.duration_us)
        yield f"  {place + 1}  {media.name}: {length} long, {begins_words(place, media)}"


def _row(place: int, media: Media) -> dict[str, object]:
    return {
        "camera": place + 1,
        "name": media.name,
        "duration_us": media.duration_us,
        "frame_count": media.frame_count,
        "offset_us": media.offset_us,
        "offset_source": media.offset_source.value,
    }


def _from_sound(options: Namespace, coding: Coding) -> ExitCode:
    from ssp_coder.media.drift import drift_heard, frame_length
    from ssp_coder.media.syncing import Certainty

    place = options.from_sound - 1
    found = _compared(options, coding, place)
    for line in sound_lines(found, place):
        say(line)
    if found.certainty is not Certainty.NONE:
        drift = drift_heard(found, frame_length(coding.media[place]))
        say(drift_words(drift, drift.offset_us, place))
    if found.certainty is not Certainty.SURE:
        if options.apply:
            say("Nothing was set.")
        return ExitCode.FINDINGS
    if options.apply:
        offset = Micros(-found.offset_us)
        _place(options, coding, options.from_sound, (offset, OffsetSource.SOUND))
    return ExitCode.OK


def _compared(options: Namespace, coding: Coding, place: int) -> SoundOffset:
    from ssp_coder.media.indexing import Watch
    from ssp_coder.media.syncing import propose_offset

    if not 0 < place < len(coding.media):
        raise _no_such(options, coding)
    first, second = (_indexed(options, media) for media in (coding.media[0], coding.media[place]))
    with ProgressLine("Comparing the sound") as line:
        return propose_offset(first, second, Watch(progress=line.show))


def _indexed(options: Namespace, media: Media) -> tuple[Path, FrameIndex]:
    from ssp_coder.media.indexing import Watch, build_index

    video = _found(options, media)
    with ProgressLine(f"Reading {video.name}") as line:
        return video, build_index(video, Watch(progress=line.show))


def _found(options: Namespace, media: Media) -> Path:
    from ssp_coder.media.whereabouts import Match, find_media

    named = "" if options.folder is None else str(options.folder / Path(media.name).name)
    found = find_media(media, options.coding, lambda _fingerprint: named)
    if found.match is Match.SAME and found.path is not None:
        return found.path
    if found.match is Match.DIFFERENT:
        raise _error(
            "another",
            f"{found.path} is not the recording that was attached, for size or content differ",
            "name the folder of the right one with --in",
        )
    raise _error(
        "not_found",
        f"{media.name} is not beside {options.coding.name}",
        "name the folder it lies in with --in",
    )


def _place(
    options: Namespace, coding: Coding, number: int, where: tuple[Micros, OffsetSource]
) -> None:
    offset_us, source = where
    if not 1 < number <= len(coding.media):
        raise _no_such(options, coding)
    with open_for_writing(options.coding, options.by or coding.coder) as file:
        document = file.document()
        document.submit(PlaceCamera(camera=number - 1, offset_us=offset_us, source=source))
        media = document.coding.media[number - 1]
    say(f"{options.coding}: camera {number}, {media.name}, {begins_words(number - 1, media)}")


def _no_such(options: Namespace, coding: Coding) -> DomainError:
    return _error(
        "camera",
        f"camera {options.place or options.from_sound} of {_count(len(coding.media))} "
        "cannot be placed",
        "camera 1 sets the time; place one of the others",
    )


def _count(cameras: int) -> str:
    return "1 camera" if cameras == 1 else f"{cameras} cameras"


def _camera(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 100:
        raise ArgumentTypeError(f"{text} is not the number of a camera; give 2 or more")
    return int(text)


def _offset(text: str) -> Micros:
    try:
        return parse_offset(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def _error(code: str, message: str, remedy: str) -> DomainError:
    return DomainError(Finding(code=f"cameras.{code}", message=message, remedy=remedy))


COMMAND = Command(
    name="cameras",
    summary="list the cameras of a coding, or set when one of them began",
    example="ssp-coder cameras S001.c01.sspc --place 2 --offset 3.2",
    add_arguments=_add_arguments,
    run=_run,
)
