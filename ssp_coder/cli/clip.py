"""`ssp-coder clip`: stretches of a video as files of their own."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.cli.clip_faces import add_face_arguments, covered, refuse_face_options
from ssp_coder.cli.command import Command, ExitCode, length, moment
from ssp_coder.cli.reading import read_coding
from ssp_coder.cli.selftest import count
from ssp_coder.cli.terminal import ProgressLine, say, say_json
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.time import Micros, Span, seconds_text
from ssp_coder.formats.exportable import Exportable
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.reporting.clip_names import refuse_pattern
from ssp_coder.reporting.clip_wishes import (
    AFTER_US,
    BEFORE_US,
    Wish,
    captions,
    episode_wish,
    event_wishes,
    stretch_wish,
)

if TYPE_CHECKING:
    from ssp_coder.media.clip_batch import Outcome, Way
    from ssp_coder.media.clips import Clip, ClipPlan
    from ssp_coder.reporting.clip_orders import Recording

NAMES = "{video}-{what}"


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("video", metavar="VIDEO", type=Path, help="the recording")
    parser.add_argument(
        "--camera",
        metavar="N",
        type=count,
        help="VIDEO is this camera of the coding; found from the file unless told",
    )
    parser.add_argument("--from", dest="start", metavar="TIME", type=moment, help="first moment")
    parser.add_argument("--to", dest="end", metavar="TIME", type=moment, help="end, not included")
    parser.add_argument(
        "--coding", metavar="FILE.sspc", type=Path, help="the coding of the episodes or events"
    )
    parser.add_argument("--episode", metavar="ID", help="an episode, by its id or number")
    parser.add_argument(
        "--event", metavar="NUMBER", type=count, nargs="+", default=[], help="events by their ids"
    )
    parser.add_argument(
        "--code", metavar="CODE", nargs="+", default=[], help="every event with these codes"
    )
    parser.add_argument(
        "--before",
        metavar="SECONDS",
        type=length,
        default=BEFORE_US,
        help="shown before each event; 2 unless told",
    )
    parser.add_argument(
        "--after",
        metavar="SECONDS",
        type=length,
        default=AFTER_US,
        help="shown after each event; 3 unless told",
    )
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("--out", metavar="FILE.mp4", type=Path, help="the clip, when it is one")
    target.add_argument("--folder", metavar="DIR", type=Path, help="where the clips go, if several")
    _add_choices(parser)
    add_face_arguments(parser)


def _add_choices(parser: ArgumentParser) -> None:
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--copy",
        action="store_true",
        help="copy without encoding: quick, but begins at a key frame, and says at which time",
    )
    way.add_argument(
        "--stills",
        action="store_true",
        help="write a picture of the start of each event, episode or stretch instead",
    )
    parser.add_argument("--no-sound", action="store_true", help="leave the sound out")
    parser.add_argument("--timecode", action="store_true", help="burn the time into the picture")
    parser.add_argument(
        "--codes", action="store_true", help="burn episodes and codes into the picture"
    )
    parser.add_argument(
        "--any-video", action="store_true", help="take VIDEO even if it is not the coded one"
    )
    parser.add_argument("--force", action="store_true", help="replace clips that are there")
    parser.add_argument(
        "--names",
        metavar="PATTERN",
        default=NAMES,
        help="how clips in a folder are called, such as {session}-{episode}-{code}-{time}",
    )
    parser.add_argument("--list", metavar="FILE.csv", type=Path, help="a table of what was written")
    parser.add_argument("--json", action="store_true", help="one object for each clip")


def _run(options: Namespace) -> ExitCode:
    refuse_pattern(options.names)
    refuse_face_options(options)
    coded = None if options.coding is None else read_coding(options.coding)
    camera, offset_us = _camera(options, coded)
    wishes = _wishes(options, coded)
    if options.codes and coded is None:
        raise _unclear("codes to burn in are in a coding", "name it with --coding")
    recording = _recording(options.video, camera, offset_us)
    plans = _plans(options, coded, recording, wishes)
    _refuse(options, plans)
    looked_through = covered(plans, options) if options.blur_faces else plans
    if looked_through is None:
        return ExitCode.FINDINGS
    outcomes = _write_all(looked_through, recording, options)
    if options.json:
        say_json([_told(outcome.clip, recording) for outcome in outcomes if outcome.clip])
    lost = any(outcome.clip and outcome.clip.lost for outcome in outcomes)
    return ExitCode.FINDINGS if lost else ExitCode.OK


def _refuse(options: Namespace, plans: tuple[ClipPlan, ...]) -> None:
    """All or none: a place that is taken is told before the first clip is made."""
    from ssp_coder.media.writing import refuse_place

    if options.list is not None:
        refuse_place(options.list, overwrite=options.force)
    for plan in plans:
        refuse_place(plan.place, overwrite=plan.overwrite)
        plan.frames()


def _write_all(
    plans: tuple[ClipPlan, ...], recording: Recording, options: Namespace
) -> list[Outcome]:
    """Write the clips; whatever stops it, the list names those that were written."""
    from ssp_coder.media.clip_batch import WRITERS, Outcome
    from ssp_coder.media.indexing import Watch
    from ssp_coder.reporting.clip_list import list_text, write_list

    way = _way(options)
    outcomes: list[Outcome] = []
    try:
        for number, plan in enumerate(plans, start=1):
            with ProgressLine(f"Writing {plan.place.name} ({number} of {len(plans)})") as line:
                clip = WRITERS[way](plan, Watch(progress=line.show))
            outcomes.append(Outcome(plan=plan, clip=clip))
            if not options.json:
                say(clip_line(clip, plan))
    finally:
        if options.list is not None and outcomes:
            text = list_text(outcomes, recording, way)
            write_list(options.list, text, overwrite=options.force)
    return outcomes


def _way(options: Namespace) -> Way:
    from ssp_coder.media.clip_batch import Way

    if options.stills:
        return Way.PICTURE
    return Way.COPY if options.copy else Way.EXACT


def _told(clip: Clip, recording: Recording) -> dict[str, object]:
    return {
        **asdict(clip),
        "file": str(clip.file),
        "camera": recording.camera,
        "session_start_us": clip.start_us + recording.offset_us,
        "session_end_us": clip.end_us + recording.offset_us,
    }


def _wishes(options: Namespace, coded: Exportable | None) -> tuple[Wish, ...]:
    timed = options.start is not None or options.end is not None
    events = bool(options.event or options.code)
    if timed + events + (options.episode is not None) != 1:
        raise _unclear("what to cut is not clear", "give --from and --to, --episode, or events")
    if timed:
        return (_timed_wish(options.start, options.end, coded),)
    if coded is None:
        raise _unclear("episodes and events are in a coding", "name it with --coding")
    if options.episode is not None:
        return (episode_wish(coded, options.episode),)
    margins = Span(start_us=Micros(-options.before), end_us=options.after)
    return event_wishes(coded, tuple(options.event), tuple(options.code), margins)


def _timed_wish(start: Micros | None, end: Micros | None, coded: Exportable | None) -> Wish:
    if start is None or end is None or end <= start:
        raise _unclear("a stretch needs a start and a later end", "give both --from and --to")
    return stretch_wish(Span(start_us=start, end_us=end), coded)


def _unclear(message: str, remedy: str) -> DomainError:
    return DomainError(Finding(code="clip.unclear", message=message, remedy=remedy))


def _places(
    options: Namespace, coded: Exportable | None, recording: Recording, wishes: tuple[Wish, ...]
) -> tuple[Path, ...]:
    from ssp_coder.media.clip_batch import ending_of
    from ssp_coder.reporting.clip_orders import stems_of

    if options.out is not None:
        if len(wishes) > 1:
            raise _unclear(f"{len(wishes)} clips do not fit in one file", "give --folder instead")
        return (options.out,)
    options.folder.mkdir(parents=True, exist_ok=True)
    ending = ending_of(_way(options), options.video.suffix)
    session = "" if coded is None else coded.coding.session
    stems = stems_of(options.names, wishes, recording, session)
    return tuple(options.folder / f"{stem}{ending}" for stem in stems)


def _plans(
    options: Namespace, coded: Exportable | None, recording: Recording, wishes: tuple[Wish, ...]
) -> tuple[ClipPlan, ...]:
    from ssp_coder.reporting.clip_orders import Manner, plan_clip

    manner = Manner(
        way=_way(options),
        timecode=options.timecode,
        captions=captions(coded) if options.codes and coded is not None else (),
        sound=not options.no_sound,
        overwrite=options.force,
    )
    places = _places(options, coded, recording, wishes)
    pairs = zip(wishes, places, strict=True)
    return tuple(plan_clip(recording, wish, place, manner) for wish, place in pairs)


def _recording(video: Path, camera: int, offset_us: Micros) -> Recording:
    from ssp_coder.media.indexing import Watch, build_index
    from ssp_coder.reporting.clip_orders import Recording

    with ProgressLine(f"Reading {video.name}") as line:
        index = build_index(video, Watch(progress=line.show))
    return Recording(video=video, index=index, camera=camera, offset_us=offset_us)


def _camera(options: Namespace, coded: Exportable | None) -> tuple[int, Micros]:
    """Which camera of the coding the video is, and the session time at which it begins."""
    if coded is None:
        if options.camera is not None:
            raise _unclear("cameras are in a coding", "name it with --coding")
        return 1, Micros(0)
    media = coded.coding.media
    wanted: int | None = options.camera
    if wanted is not None and wanted > len(media):
        raise _unclear(
            f"the coding has {len(media)} cameras and no camera {wanted}", "leave --camera out"
        )
    if options.video.is_file():
        same = _cameras_of(options.video, coded)
        if not options.any_video:
            _refuse_other(options, coded, same)
        if wanted is None and same:
            wanted = same[0]
    number = wanted or 1
    return number, media[number - 1].offset_us if media else Micros(0)


def _cameras_of(video: Path, coded: Exportable) -> tuple[int, ...]:
    """Numbers of the cameras with this content."""
    print_of = fingerprint(video)
    media = enumerate(coded.coding.media, 1)
    return tuple(place for place, known in media if known.fingerprint == print_of)


def _refuse_other(options: Namespace, coded: Exportable, same: tuple[int, ...]) -> None:
    """Times of a coding mean nothing on a video that was not coded, or on another camera's."""
    if same and options.camera in (None, *same):
        return
    if same:
        raise _unclear(
            f"{options.video.name} is camera {same[0]} of the coding, not {options.camera}",
            "leave --camera out, or say --any-video",
        )
    names = ", ".join(known.name for known in coded.coding.media) or "none"
    raise DomainError(
        Finding(
            code="clip.other_video",
            message=f"this is not the video that was coded ({names})",
            place=str(options.video),
            remedy="name that one, or say --any-video if its times are the same",
        )
    )


def clip_line(clip: Clip, plan: ClipPlan) -> str:
    """What was written, in session time, and for a copy by how much it is longer than asked for."""
    offset_us = plan.overlay.offset_us
    start, end = seconds_text(clip.start_us + offset_us), seconds_text(clip.end_us + offset_us)
    line = f"{clip.file}: {start} to {end} s, "
    line += f"{_frames(clip.frame_count)} from frame {clip.first_ordinal}"
    if not clip.has_sound:
        line += ", no sound"
    if not clip.exact:
        early = plan.span.start_us - clip.start_us
        line += "; a copy"
        line += f", it begins {seconds_text(early)} s before the time asked for" * (early > 0)
    if clip.lost:
        line += f"; {clip.lost} damaged frames are left out"
    return line


def _frames(number: int) -> str:
    return "1 frame" if number == 1 else f"{number} frames"


COMMAND = Command(
    name="clip",
    summary="write stretches, episodes or events of a video as clips",
    example="ssp-coder clip S001.mp4 --from 6:10 --to 6:25.5 --timecode --out reunion.mp4",
    add_arguments=_add_arguments,
    run=_run,
)
