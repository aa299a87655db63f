"""`ssp-coder new`: a new coding file from one or more videos."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.media_words import warning_words
from ssp_coder.cli.schemes import add_scheme_arguments, chosen_scheme
from ssp_coder.cli.terminal import ProgressLine, complain, say
from ssp_coder.cli.visits import add_visit_arguments, visit_edits
from ssp_coder.domain.coding import Coding, CodingRole, Media
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.naming import LONGEST_ID, IdConcern, id_concern
from ssp_coder.domain.time import short_clock_text
from ssp_coder.storage.coding_file import create
from ssp_coder.storage.creation import already_there

if TYPE_CHECKING:
    from ssp_coder.media.index import FrameIndex

SUFFIX = ".sspc"
_SECOND_LOOKS = {IdConcern.NAME: "a name", IdConcern.DATE: "a date of birth"}


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "videos",
        metavar="VIDEO",
        nargs="+",
        type=Path,
        help="a recording of the session; the first one is coded on",
    )
    parser.add_argument(
        "--session",
        metavar="ID",
        required=True,
        help="pseudonym of the session, never a child's name",
    )
    parser.add_argument("--coder", metavar="ID", required=True, help="who codes")
    add_scheme_arguments(parser)
    parser.add_argument(
        "--role",
        choices=[role.value for role in CodingRole],
        default=CodingRole.INDEPENDENT.value,
        help="what the coding is for (default: %(default)s)",
    )
    add_visit_arguments(parser)
    parser.add_argument(
        "--out", metavar=f"FILE{SUFFIX}", required=True, type=Path, help="the file to make"
    )


def _run(options: Namespace) -> ExitCode:
    out: Path = options.out
    _check_place(out)
    for option in ("session", "coder"):
        _check_id(f"--{option}", getattr(options, option))
    scheme = chosen_scheme(options)
    role = CodingRole(options.role)
    coding = Coding(session=options.session, coder=options.coder, role=role)
    answers = visit_edits(tuple(options.visit), coding, scheme)
    media = tuple(_media_of(video, out) for video in options.videos)
    _refuse_twice(media)
    coding = replace(coding, media=media)
    with create(out, coding=coding, scheme=scheme, who=options.coder) as file:
        for edit in answers:
            file.document().submit(edit)
    say(f"{out}: session {coding.session}, coder {coding.coder}, scheme {scheme.id}")
    for video in media:
        length = short_clock_text(video.duration_us)
        say(f"  {video.name}: {video.frame_count} frames, {length} long")
    return ExitCode.OK


def _check_place(out: Path) -> None:
    """Say what is wrong with the new file's name before a long video is read."""
    if out.suffix != SUFFIX:
        raise _error(
            "new.suffix", f"does not end in {SUFFIX}", str(out), f"name it {out.stem}{SUFFIX}"
        )
    if out.exists():
        raise already_there(out)
    if not out.absolute().parent.is_dir():
        raise _error("new.folder", "lies in a folder that does not exist", str(out), "create it")


def _check_id(option: str, name: str) -> None:
    concern = id_concern(name)
    if concern.forbids:
        raise _error(
            "new.id",
            f"{name!r} cannot be an id",
            option,
            f"use up to {LONGEST_ID} letters a to z, digits, '.', '_' and '-', "
            "a letter or digit first",
        )
    if concern in _SECOND_LOOKS:
        complain(f"note: {option} {name} looks like {_SECOND_LOOKS[concern]}; use a pseudonym")


def _media_of(video: Path, out: Path) -> Media:
    from ssp_coder.media.indexing import Watch, build_index
    from ssp_coder.media.recording import media_of, placed_beside

    with ProgressLine(f"Reading {video.name}") as line:
        index = build_index(video, Watch(progress=line.show))
    _tell_warnings(video, index)
    media = placed_beside(media_of(video, index), video, out)
    if not media.relative_path:
        complain(
            f"note: {video} lies outside the folder of {out.name}; the window will ask for it once"
        )
    return media


def _tell_warnings(video: Path, index: FrameIndex) -> None:
    from ssp_coder.media.probe import probe

    for warning in probe(video, index).warnings:
        complain(f"note: {video.name}: {warning_words(warning)}")


def _refuse_twice(media: tuple[Media, ...]) -> None:
    prints = [video.fingerprint for video in media]
    for place, video in enumerate(media):
        if video.fingerprint in prints[:place]:
            raise _error(
                "new.twice", "is the same recording as another", video.name, "name it once"
            )


def _error(code: str, message: str, place: str, remedy: str) -> DomainError:
    return DomainError(Finding(code=code, message=message, place=place, remedy=remedy))


COMMAND = Command(
    name="new",
    summary="make a new coding file from one or more videos",
    example="ssp-coder new S001.mp4 --session S001 --coder c01 --out S001.c01.sspc",
    add_arguments=_add_arguments,
    run=_run,
)
