"""What keys do in the picture while a clip is looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.faces.frames import ClipFrames
    from ssp_coder.ui.faces.picture import CoverPicture


class MovingKeys:
    """Commands go through the clip; arrows with Alt move the chosen cover, with Shift resize it."""

    def __init__(self, frames: ClipFrames, picture: CoverPicture) -> None:
        self._frames = frames
        self._picture = picture

    def commands(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Commands that go through the clip as through a recording, with what they do."""
        return (
            ("back_frame", self.frame_back),
            ("forward_frame", self.frame_on),
            ("back_second", self.second_back),
            ("forward_second", self.second_on),
        )

    def cover_keys(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Keys of the chosen cover, with what they do."""
        return (
            ("Alt+Left", self.move_left),
            ("Alt+Right", self.move_right),
            ("Alt+Up", self.move_up),
            ("Alt+Down", self.move_down),
            ("Alt+Shift+Left", self.narrow),
            ("Alt+Shift+Right", self.widen),
            ("Alt+Shift+Up", self.flatten),
            ("Alt+Shift+Down", self.heighten),
        )

    def frame_back(self) -> None:
        """One frame back."""
        self._frames.step(-1)

    def frame_on(self) -> None:
        """One frame on."""
        self._frames.step(1)

    def second_back(self) -> None:
        """One second back."""
        self._frames.jump(-1)

    def second_on(self) -> None:
        """One second on."""
        self._frames.jump(1)

    def move_left(self) -> None:
        """The cover to the left."""
        self._picture.nudge(-1, 0)

    def move_right(self) -> None:
        """The cover to the right."""
        self._picture.nudge(1, 0)

    def move_up(self) -> None:
        """The cover upwards."""
        self._picture.nudge(0, -1)

    def move_down(self) -> None:
        """The cover downwards."""
        self._picture.nudge(0, 1)

    def narrow(self) -> None:
        """The cover narrower."""
        self._picture.grow(-1, 0)

    def widen(self) -> None:
        """The cover wider."""
        self._picture.grow(1, 0)

    def flatten(self) -> None:
        """The cover less high."""
        self._picture.grow(0, -1)

    def heighten(self) -> None:
        """The cover higher."""
        self._picture.grow(0, 1)
