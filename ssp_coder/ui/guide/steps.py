"""What the guided first run asks for, one small thing after the other, and when it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.editing import edits
from ssp_coder.editing.completeness import Step

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True, kw_only=True)
class Seen:
    """What the person did since a step of the run began.

    Attributes:
        page: id of the page in front.
        frames: how many frames were shown while nothing played.
        done: types of the edits that were made.
    """

    page: str = ""
    playing: bool = False
    frames: int = 0
    undone: bool = False
    done: set[type] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideStep:
    """One thing to do.

    Attributes:
        command: id of the command whose key is shown, empty for none.
        code_keys: whether the keys of the first codes are shown instead.
        is_done: asked after everything that the person did.
    """

    words: str
    is_done: Callable[[Seen], bool]
    command: str = ""
    code_keys: bool = False


def tr(words: str) -> str:
    """Translate words of the guided run."""
    return QCoreApplication.translate("guide", words)


def guide_steps() -> tuple[GuideStep, ...]:
    """The run from its beginning: about five minutes."""
    return (*_on_the_video(), *_in_coding(), *_in_judging())


def _on_the_video() -> tuple[GuideStep, ...]:
    return (
        GuideStep(
            words=tr("Play the film. The time of everything you code is the frame you see."),
            command="toggle",
            is_done=lambda seen: seen.playing,
        ),
        GuideStep(
            words=tr("Pause it when somebody comes in or goes out."),
            command="toggle",
            is_done=lambda seen: not seen.playing,
        ),
        GuideStep(
            words=tr("Go frame by frame to the very moment. Back works too."),
            command="forward_frame",
            is_done=lambda seen: seen.frames >= 3,
        ),
        GuideStep(
            words=tr("Choose an episode in the list and press Enter: it starts at this frame."),
            is_done=lambda seen: edits.MarkEpisode in seen.done,
        ),
    )


def _in_coding() -> tuple[GuideStep, ...]:
    return (
        GuideStep(
            words=tr("Go on to coding."),
            command="step_2",
            is_done=lambda seen: seen.page == Step.CODE,
        ),
        GuideStep(
            words=tr("Press the key of a code; it is printed on its button."),
            code_keys=True,
            is_done=lambda seen: edits.AddEvent in seen.done,
        ),
        GuideStep(
            words=tr("Play a little and code again: the new state ends the one before."),
            code_keys=True,
            is_done=lambda seen: edits.AddEvent in seen.done,
        ),
        GuideStep(
            words=tr("Take it back. Everything can be undone, also after days."),
            command="undo",
            is_done=lambda seen: seen.undone,
        ),
    )


def _in_judging() -> tuple[GuideStep, ...]:
    return (
        GuideStep(
            words=tr("Go to the ratings of the reunions."),
            command="step_3",
            is_done=lambda seen: seen.page == Step.RATE,
        ),
        GuideStep(
            words=tr("Read the anchors and press a number. 0 says that it cannot be coded."),
            is_done=lambda seen: edits.Rate in seen.done,
        ),
        GuideStep(
            words=tr("Go to the class."),
            command="step_5",
            is_done=lambda seen: seen.page == Step.CLASSIFY,
        ),
        GuideStep(
            words=tr("Record your own class. Only then is the suggestion shown, with its reasons."),
            is_done=lambda seen: edits.Classify in seen.done,
        ),
        GuideStep(
            words=tr("See what is missing before you would lock. Each line goes there."),
            command="step_6",
            is_done=lambda seen: seen.page == Step.REVIEW,
        ),
    )
