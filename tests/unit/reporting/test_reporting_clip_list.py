from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.clip_batch import Outcome, Way
from ssp_coder.media.clips import Clip, ClipPlan
from ssp_coder.media.covering import Covering
from ssp_coder.media.errors import MediaError
from ssp_coder.reporting.clip_list import COLUMNS, list_text, write_list
from ssp_coder.reporting.clip_orders import Recording
from tests.unit.reporting.clip_desk import film_index

INDEX = film_index(10)
SECOND_CAMERA = Recording(
    video=Path("S1, room 2.mp4"), index=INDEX, camera=2, offset_us=Micros(5_000_000)
)


def outcome(name: str, *, written: bool = True, covered: bool = False, lost: int = 0) -> Outcome:
    place = Path("folder") / name
    plan = ClipPlan(
        video=SECOND_CAMERA.video,
        index=INDEX,
        span=Span(start_us=Micros(1_000_000), end_us=Micros(2_000_000)),
        place=place,
        covering=Covering(first=25, last=49) if covered else None,
    )
    clip = Clip(
        file=place,
        start_us=Micros(1_000_000),
        end_us=Micros(2_000_000),
        first_ordinal=25,
        frame_count=25 - lost,
        lost=lost,
        exact=True,
        has_sound=False,
    )
    return Outcome(plan=plan, clip=clip) if written else Outcome(plan=plan, trouble="no room")


def rows(*outcomes: Outcome, way: Way = Way.EXACT) -> list[dict[str, str]]:
    return list(csv.DictReader(list_text(outcomes, SECOND_CAMERA, way).splitlines()))


def test_every_clip_is_told_in_the_time_of_the_session() -> None:
    (row,) = rows(outcome("a.mp4"))
    assert (row["start_us"], row["end_us"]) == ("6000000", "7000000")
    assert (row["first_frame"], row["frame_count"], row["frames_left_out"]) == ("25", "25", "0")
    assert (row["camera"], row["video"]) == ("2", "S1, room 2.mp4")
    assert (row["sound"], row["faces_blurred"]) == ("no", "no")


def test_only_what_was_written_is_listed() -> None:
    told = rows(outcome("a.mp4"), outcome("b.mp4", written=False), outcome("c.mp4"))
    assert [row["name"] for row in told] == ["a.mp4", "c.mp4"]


def test_covered_faces_and_lost_frames_are_told() -> None:
    covered, spoilt = rows(outcome("a.mp4", covered=True), outcome("b.mp4", lost=3))
    assert (covered["faces_blurred"], covered["frames_left_out"]) == ("yes", "0")
    assert (spoilt["frame_count"], spoilt["frames_left_out"]) == ("22", "3")


@pytest.mark.parametrize("way", list(Way))
def test_the_way_is_told(way: Way) -> None:
    (row,) = rows(outcome("a.mp4"), way=way)
    assert row["made"] == way.value


def test_the_columns_stay_when_nothing_was_written() -> None:
    assert list_text((), SECOND_CAMERA, Way.EXACT) == ",".join(COLUMNS) + "\n"


def test_a_list_is_written_whole_and_never_over_another(tmp_path: Path) -> None:
    place = tmp_path / "clips.csv"
    write_list(place, "a,ä\n")
    assert place.read_bytes() == "a,ä\n".encode()
    with pytest.raises(MediaError, match="is there already"):
        write_list(place, "b\n")
    write_list(place, "b\n", overwrite=True)
    assert place.read_bytes() == b"b\n"
    assert [path.name for path in tmp_path.iterdir()] == ["clips.csv"]
