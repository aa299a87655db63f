"""`ssp-coder clip`: stretches of a video as files of their own."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.cli.clip_wishes import Wish, captions, episode_wish, event_wishes
from ssp_coder.cli.command import Command, ExitCode, length, moment
from ssp_coder.cli.reading import read_coding
from ssp_coder.cli.selftest import count
from ssp_coder.cli.terminal import ProgressLine, say, say_json
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.time import Micros, Span, seconds_text
from ssp_coder.formats.exportable import Exportable
from ssp_coder.media.fingerprint import fingerprint

if TYPE_CHECKING:
    from ssp_coder.media.clips import Clip, ClipPlan
    from ssp_coder.media.index import FrameIndex
    from ssp_coder.media.indexing import Watch

BEFORE_US, AFTER_US = Micros(2_000_000), Micros(3_000_000)
"""Project default: so much is shown before and after an event."""


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("video", metavar="VIDEO", type=Path, help="the recording")
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


def _add_choices(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--copy",
        action="store_true",
        help="copy without encoding: quick, but begins at a key frame, and says at which time",
    )
    parser.add_argument("--timecode", action="store_true", help="burn the time into the picture")
    parser.add_argument(
        "--codes", action="store_true", help="burn episodes and codes into the picture"
    )
    parser.add_argument(
        "--any-video", action="store_true", help="take VIDEO even if it is not the coded one"
    )
    parser.add_argument("--force", action="store_true", help="replace clips that are there")
    parser.add_argument("--json", action="store_true", help="one object for each clip")


def _run(options: Namespace) -> ExitCode:
    coded = None if options.coding is None else read_coding(options.coding)
    if coded is not None and not options.any_video:
        _refuse_other_video(options.video, coded)
    wishes = _wishes(options, coded)
    places = _places(options, wishes)
    plans = _plans(options, coded, tuple(zip(wishes, places, strict=True)))
    for plan in plans:  # all or none: a place that is taken is told before the first clip is made
        _refuse(plan)
    written = []
    for number, plan in enumerate(plans, start=1):
        with ProgressLine(f"Writing {plan.place.name} ({number} of {len(plans)})") as line:
            written.append(_write(plan, line, copy=options.copy))
        if not options.json:
            say(clip_line(written[-1], plan))
    if options.json:
        say_json([{**asdict(clip), "file": str(clip.file)} for clip in written])
    return ExitCode.FINDINGS if any(clip.lost for clip in written) else ExitCode.OK


def _refuse(plan: ClipPlan) -> None:
    from ssp_coder.media.writing import refuse_place

    refuse_place(plan.place, overwrite=plan.overwrite)
    plan.frames()


def _write(plan: ClipPlan, line: ProgressLine, *, copy: bool) -> Clip:
    from ssp_coder.media.clip_copy import copy_clip
    from ssp_coder.media.clips import write_clip
    from ssp_coder.media.indexing import Watch

    watch: Watch = Watch(progress=line.show)
    return copy_clip(plan, watch) if copy else write_clip(plan, watch)


def _wishes(options: Namespace, coded: Exportable | None) -> tuple[Wish, ...]:
    timed = options.start is not None or options.end is not None
    events = bool(options.event or options.code)
    if timed + events + (options.episode is not None) != 1:
        raise _unclear("what to cut is not clear", "give --from and --to, --episode, or events")
    if timed:
        return (_timed_wish(options.start, options.end),)
    if coded is None:
        raise _unclear("episodes and events are in a coding", "name it with --coding")
    if options.episode is not None:
        return (episode_wish(coded, options.episode),)
    margins = Span(start_us=Micros(-options.before), end_us=options.after)
    return event_wishes(coded.coding, tuple(options.event), tuple(options.code), margins)


def _timed_wish(start: Micros | None, end: Micros | None) -> Wish:
    if start is None or end is None or end <= start:
        raise _unclear("a stretch needs a start and a later end", "give both --from and --to")
    return Wish(span=Span(start_us=start, end_us=end), name=f"{start // 1_000:09d}ms")


def _unclear(message: str, remedy: str) -> DomainError:
    return DomainError(Finding(code="clip.unclear", message=message, remedy=remedy))


def _places(options: Namespace, wishes: tuple[Wish, ...]) -> tuple[Path, ...]:
    if options.out is not None:
        if len(wishes) > 1:
            raise _unclear(f"{len(wishes)} clips do not fit in one file", "give --folder instead")
        return (options.out,)
    options.folder.mkdir(parents=True, exist_ok=True)
    ending = options.video.suffix if options.copy else ".mp4"
    return tuple(options.folder / f"{options.video.stem}-{wish.name}{ending}" for wish in wishes)


def _plans(
    options: Namespace, coded: Exportable | None, pairs: tuple[tuple[Wish, Path], ...]
) -> tuple[ClipPlan, ...]:
    from ssp_coder.media.clips import ClipPlan
    from ssp_coder.media.overlay import Overlay

    if options.codes and coded is None:
        raise _unclear("codes to burn in are in a coding", "name it with --coding")
    overlay = Overlay(
        timecode=options.timecode,
        captions=captions(coded) if options.codes and coded is not None else (),
    )
    index = _index(options.video)
    return tuple(
        ClipPlan(
            video=options.video,
            index=index,
            span=wish.span,
            place=place,
            overlay=overlay,
            overwrite=options.force,
        )
        for wish, place in pairs
    )


def _index(video: Path) -> FrameIndex:
    from ssp_coder.media.indexing import Watch, build_index

    with ProgressLine(f"Reading {video.name}") as line:
        return build_index(video, Watch(progress=line.show))


def _refuse_other_video(video: Path, coded: Exportable) -> None:
    """Times of a coding mean nothing on another recording."""
    if not video.is_file() or fingerprint(video) in {m.fingerprint for m in coded.coding.media}:
        return  # a file that is not there is refused in its own words later
    names = ", ".join(media.name for media in coded.coding.media) or "none"
    raise DomainError(
        Finding(
            code="clip.other_video",
            message=f"this is not the video that was coded ({names})",
            place=str(video),
            remedy="name that one, or say --any-video if its times are the same",
        )
    )


def clip_line(clip: Clip, plan: ClipPlan) -> str:
    """What was written, and for a copy by how much it is longer than asked for."""
    line = (
        f"{clip.file}: {seconds_text(clip.start_us)} to {seconds_text(clip.end_us)} s, "
        f"{clip.frame_count} frames from frame {clip.first_ordinal}"
    )
    if not clip.has_sound:
        line += ", no sound"
    if not clip.exact:
        early = plan.span.start_us - clip.start_us
        line += f"; a copy, it begins {seconds_text(early)} s before the time asked for"
    if clip.lost:
        line += f"; {clip.lost} damaged frames are left out"
    return line


COMMAND = Command(
    name="clip",
    summary="write stretches, episodes or events of a video as clips",
    example="ssp-coder clip S001.mp4 --from 6:10 --to 6:25.5 --timecode --out reunion.mp4",
    add_arguments=_add_arguments,
    run=_run,
)
