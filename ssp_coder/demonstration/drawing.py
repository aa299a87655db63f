"""The picture of a scene: room, door, people in order of depth, timecode, frame number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ssp_coder.demonstration.barcode import draw_number
from ssp_coder.demonstration.figures import draw_adult, draw_baby
from ssp_coder.demonstration.pen import Pen, colour
from ssp_coder.demonstration.posture import BABY_FIGURE
from ssp_coder.demonstration.room import DOOR, HEIGHT, draw_door_leaf, draw_prop, empty_room
from ssp_coder.demonstration.staging import WALL_Y, Stage
from ssp_coder.domain.time import Micros

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from ssp_coder.demonstration.staging import Presence, Scene
    from ssp_coder.demonstration.story import Story

PLATE, DIGITS = colour("#2c2926"), colour("#efece4")


class Painter:
    """Paints the frames of one story; the same frame always comes out the same."""

    def __init__(self, story: Story, *, zoom: float = 1.0) -> None:
        self._story = story
        self._stage = Stage(story)
        self._zoom = zoom
        self._room = empty_room(zoom, story.room)
        self._image = self._room.copy()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a frame in pixels."""
        return self._room.shape[1], self._room.shape[0]

    def frame(self, number: int) -> NDArray[np.uint8]:
        """Frame `number`, height x width x 3 in the order blue, green, red.

        The array is used again by the next call; copy it to keep it.
        """
        scene = self._stage.scene(Micros(number * self._story.frame_us))
        self._image[:] = self._room
        pen = Pen(self._image, self._zoom)
        self._through_the_door(scene)
        draw_door_leaf(pen, scene.door)
        for _, draw in sorted(self._standing(pen, scene), key=lambda thing: thing[0]):
            draw()
        if self._story.mirrored:
            self._image[:] = self._image[:, ::-1].copy()
        self._timecode(pen, number)
        draw_number(self._image, number)
        return self._image

    def _through_the_door(self, scene: Scene) -> None:
        """People outside show only in the doorway: they are drawn on that part of the picture."""
        left, top, right, bottom = (round(edge * self._zoom) for edge in DOOR)
        opening = self._image[top:bottom, left:right]
        pen = Pen(opening, self._zoom, (left / self._zoom, top / self._zoom))
        for person in scene.people:
            if person.y < WALL_Y and not person.carrier:
                self._person(pen, scene, person)

    def _standing(self, pen: Pen, scene: Scene) -> list[tuple[float, Callable[[], None]]]:
        """What stands in the room: depth and how to draw it."""
        taken = {person.grasp for person in scene.people}
        props: list[tuple[float, Callable[[], None]]] = [
            (prop.y, partial(draw_prop, pen, prop))
            for prop in self._story.props
            if prop.name not in taken
        ]
        people: list[tuple[float, Callable[[], None]]] = [
            (person.y, partial(self._person, pen, scene, person))
            for person in scene.people
            if person.y >= WALL_Y and not person.carrier
        ]
        return props + people

    def _person(self, pen: Pen, scene: Scene, person: Presence) -> None:
        if person.actor.figure == BABY_FIGURE:
            draw_baby(pen, person, scene.time_us)
            return
        carried = next(
            (other for other in scene.people if other.carrier == person.actor.name), None
        )
        draw_adult(pen, person, carried, scene.time_us)

    def _timecode(self, pen: Pen, number: int) -> None:
        import cv2

        seconds, frame = divmod(number, self._story.fps)
        text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{frame:02d}"
        pen.patch(((8, HEIGHT - 25), (112, HEIGHT - 25), (112, HEIGHT - 7), (8, HEIGHT - 7)), PLATE)
        at = round(14 * self._zoom), round((HEIGHT - 11.5) * self._zoom)
        cv2.putText(
            self._image,
            text,
            at,
            cv2.FONT_HERSHEY_SIMPLEX,
            0.46 * self._zoom,
            DIGITS,
            1,
            cv2.LINE_AA,
        )
