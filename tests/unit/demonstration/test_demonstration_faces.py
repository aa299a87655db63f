from __future__ import annotations

import numpy as np
import pytest
from demonstration_people import actor, box, close_to, inked, person, sheet
from numpy.typing import NDArray

from ssp_coder.demonstration.crying import BREATHS_S, VOICED
from ssp_coder.demonstration.faces import INK, TEAR, THROAT, Head, aim, draw_head
from ssp_coder.demonstration.pen import Pen
from ssp_coder.demonstration.staging import Presence

MIDDLE = (320.0, 180.0)
OPEN_EYES_US = 1_000_000


def head(turn: float = 0.0, pitch: float = 0.0) -> Head:
    return Head(middle=MIDDLE, radius=60.0, turn=turn, pitch=pitch)


def drawn(
    who: Presence, turn: float = 0.0, time_us: int = OPEN_EYES_US, pitch: float = 0.0
) -> NDArray[np.uint8]:
    image = sheet()
    draw_head(Pen(image, 1.0), head(turn, pitch), who, time_us)
    return image


def crying(level: int, since_us: int | None = None) -> Presence:
    breath = BREATHS_S[level] * VOICED[level] / 2
    return person(
        "baby", weep=level, weep_since_us=round(breath * 1e6) if since_us is None else since_us
    )


def ink_columns(image: NDArray[np.uint8]) -> NDArray[np.intp]:
    return np.nonzero(np.abs(image.astype(int) - INK).max(axis=2) < 12)[1]


@pytest.mark.parametrize(
    ("target", "turn", "pitch"),
    [
        ((500.0, 180.0), 1.0, 0.0),
        ((100.0, 180.0), -1.0, 0.0),
        ((320.0, 400.0), 0.0, -1.0),
        ((320.0, 90.0), 0.0, 1.0),
        ((355.0, 180.0), 0.5, 0.0),
    ],
)
def test_a_head_turns_to_what_it_looks_at(
    target: tuple[float, float], turn: float, pitch: float
) -> None:
    aimed = aim(MIDDLE, 20.0, target, 1.0)
    assert (aimed.turn, aimed.pitch) == pytest.approx((turn, pitch))


@pytest.mark.parametrize("facing", [-1.0, 1.0])
def test_with_nothing_to_look_at_the_head_points_ahead(facing: float) -> None:
    assert aim(MIDDLE, 20.0, None, facing).turn == pytest.approx(0.7 * facing)


def test_features_move_with_the_turn_of_the_head() -> None:
    left, ahead, right = (head(turn).feature(0.0, 0.0)[0] for turn in (-1.0, 0.0, 1.0))
    assert left < ahead < right
    assert ahead == MIDDLE[0]


def test_features_rise_when_the_head_looks_up() -> None:
    assert head(pitch=1.0).feature(0.0, 0.0)[1] < head(pitch=-1.0).feature(0.0, 0.0)[1]


def test_a_head_is_as_large_as_its_radius() -> None:
    left, top, right, bottom = box(inked(drawn(person())))
    assert 120 <= right - left <= 190
    assert 120 <= bottom - top <= 200


@pytest.mark.parametrize("style", ["bob", "bun", "short"])
def test_each_way_of_wearing_hair_shows_its_colour(style: str) -> None:
    who = person(actor=actor(hair_style=style, hair="#aa00aa"))
    assert close_to(drawn(who), (0xAA, 0x00, 0xAA)) > 500


def test_ways_of_wearing_hair_differ() -> None:
    pictures = {
        drawn(person(actor=actor(hair_style=style))).tobytes() for style in ("bob", "bun", "short")
    }
    assert len(pictures) == 3


def test_a_bun_sits_at_the_back_of_the_head() -> None:
    who = person(actor=actor(hair_style="bun", hair="#aa00aa"))
    looking_right = box(inked(drawn(who, turn=1.0)))
    looking_left = box(inked(drawn(who, turn=-1.0)))
    assert looking_right[0] < 640 - looking_left[2] + 5
    assert looking_right[0] < looking_left[0]


def test_eyes_look_to_the_side_the_head_is_turned_to() -> None:
    left = ink_columns(drawn(person(), turn=-0.9)).mean()
    right = ink_columns(drawn(person(), turn=0.9)).mean()
    assert left < MIDDLE[0] - 10
    assert right > MIDDLE[0] + 10


def test_seen_from_ahead_the_eyes_are_on_both_sides() -> None:
    columns = ink_columns(drawn(person()))
    assert (columns < MIDDLE[0]).sum() == pytest.approx((columns > MIDDLE[0]).sum(), rel=0.2)


def test_eyes_blink_now_and_then() -> None:
    ink = [close_to(drawn(person(), time_us=time), INK) for time in range(0, 3_400_000, 40_000)]
    assert min(ink) < max(ink) * 0.75
    assert sum(amount < max(ink) * 0.75 for amount in ink) <= 4


def test_a_calm_face_has_no_tears() -> None:
    assert close_to(drawn(person("baby")), TEAR) == 0


def test_fussing_brings_no_tears() -> None:
    assert close_to(drawn(crying(1)), TEAR) == 0


def test_crying_brings_tears_and_hard_crying_more() -> None:
    def tears(level: int) -> int:
        moments = range(0, 900_000, 100_000)
        return sum(close_to(drawn(crying(level, since)), TEAR) for since in moments)

    assert 0 < tears(2) < tears(3)


def test_the_mouth_opens_wider_the_harder_the_crying() -> None:
    openings = [close_to(drawn(crying(level)), THROAT) for level in (1, 2, 3)]
    assert openings == sorted(openings)
    assert openings[0] < openings[2] / 2


def test_the_mouth_closes_to_draw_breath() -> None:
    drawing_breath = round(BREATHS_S[3] * (VOICED[3] + 1) / 2 * 1e6)
    wide, narrow = crying(3), crying(3, drawing_breath)
    assert close_to(drawn(wide), THROAT) > 2 * close_to(drawn(narrow), THROAT)


def test_a_crying_face_is_flushed() -> None:
    def redness(who: Presence) -> float:
        image = drawn(who)
        nose = image[180:194, 314:326].reshape(-1, 3).astype(float)
        return float((nose[:, 2] - nose[:, 0]).mean())

    assert redness(crying(3)) > redness(person("baby"))


def test_talking_moves_the_mouth() -> None:
    who = person(talk=1.0)
    openings = {close_to(drawn(who, time_us=time), THROAT) for time in range(0, 560_000, 40_000)}
    assert len(openings) > 4


def test_a_silent_mouth_stays_still() -> None:
    assert np.array_equal(drawn(person(), time_us=800_000), drawn(person(), time_us=1_200_000))


def test_a_smile_curves_the_mouth() -> None:
    assert not np.array_equal(drawn(person()), drawn(person(smile=1.0)))


def test_looking_down_lowers_the_eyes() -> None:
    def eye_row(pitch: float) -> float:
        image = drawn(person(), pitch=pitch)
        return float(np.nonzero(np.abs(image.astype(int) - INK).max(axis=2) < 12)[0].mean())

    assert eye_row(-1.0) > eye_row(1.0) + 10
