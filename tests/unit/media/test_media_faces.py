from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.domain.time import Span
from ssp_coder.media.clips import ClipPlan
from ssp_coder.media.covering import Covering, Origin
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.faces import Flag, FlagKind, search_faces, unsearched
from ssp_coder.media.faces_review import GLANCE_US, Review, Shown
from ssp_coder.media.faces_tracking import (
    GROWTH,
    HELD_US,
    MARGIN,
    Look,
    Sighting,
    followed,
    widened,
)
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.motion import Region
from tests.fixtures.face_films import FPS, Disc, RedFinder, film, nobody, walk

HELD_FRAMES = HELD_US * FPS // 1_000_000


def two_then_one(number: int) -> tuple[Disc, ...]:
    """A second face that leaves after frame 29."""
    second = (Disc(x=250, y=60),) if number < 30 else ()
    return (Disc(x=60, y=100), *second)


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("faces")
    scripts = {"walk": (walk, 100), "nobody": (nobody, 50), "leaving": (two_then_one, 100)}
    return {
        name: film(folder / f"{name}.mp4", script, count)
        for name, (script, count) in scripts.items()
    }


def plan_of(video: Path, first: int = 0, last: int | None = None) -> ClipPlan:
    index = build_index(video)
    end = index.end_us if last is None else index.times_us[last]
    span = Span(start_us=index.times_us[first], end_us=end)
    return ClipPlan(video=video, index=index, span=span, place=video.with_name("out.mp4"))


def holds(region: Region, disc: Disc) -> bool:
    face = disc.region
    return (
        region.left <= face.left
        and region.top <= face.top
        and region.left + region.width >= face.left + face.width
        and region.top + region.height >= face.top + face.height
    )


def uncovered(covering: Covering, script) -> list[int]:
    """The frames in which a face is not wholly within a cover."""
    return [
        ordinal
        for ordinal in covering.frames
        if not all(
            any(holds(region, disc) for region in covering.regions_at(ordinal))
            for disc in script(ordinal)
        )
    ]


# ------------------------------------------------------------------------------ searching


@pytest.mark.parametrize("every", [1, 2, 3, 7])
def test_a_moving_face_is_covered_in_every_frame(films: dict[str, Path], every: int) -> None:
    finder = RedFinder()
    found = search_faces(plan_of(films["walk"], 20, 80), finder, every=every)
    assert found.covering.frames == range(20, 80)
    assert uncovered(found.covering, walk) == []
    assert len(found.covering.patches) == 1
    assert finder.looked == len({*range(20, 80, every), 79})
    assert (found.flags, found.finder) == ((), "red discs")


def test_a_face_that_is_not_seen_for_a_moment_stays_covered(films: dict[str, Path]) -> None:
    blind = RedFinder(blind=range(10, 20))
    found = search_faces(plan_of(films["walk"]), blind, every=2)
    assert uncovered(found.covering, walk) == []
    assert found.flags == ()


def test_a_cover_begins_before_a_face_is_first_seen(films: dict[str, Path]) -> None:
    finder = RedFinder(blind=range(25))
    (patch,) = search_faces(plan_of(films["leaving"], 0, 60), finder, every=1).covering.patches[:1]
    assert patch.stands[1].ordinal == 25
    assert patch.first == pytest.approx(25 - HELD_FRAMES, abs=1)
    assert patch.origin is Origin.FOUND


def test_a_cover_rests_where_a_face_was_last_seen(films: dict[str, Path]) -> None:
    found = search_faces(plan_of(films["leaving"]), RedFinder(), every=1)
    gone = next(patch for patch in found.covering.patches if patch.last < 99)
    assert gone.stands[-2].ordinal == 29
    assert gone.last == pytest.approx(29 + HELD_FRAMES, abs=1)


def test_a_cover_grows_while_its_face_is_not_seen(films: dict[str, Path]) -> None:
    found = search_faces(plan_of(films["leaving"]), RedFinder(blind=range(10)), every=1)
    gone = next(patch for patch in found.covering.patches if patch.last < 99)
    regions = [gone.region_at(at) for at in range(gone.first, gone.last + 1)]
    widths = [region.width for region in regions if region is not None]
    seen = gone.region_at(15)
    assert seen is not None
    assert widths[0] == pytest.approx(seen.width * (1 + 2 * GROWTH), rel=0.1)
    assert widths[-1] == pytest.approx(seen.width * (1 + 2 * GROWTH), rel=0.1)
    assert min(widths) == pytest.approx(seen.width, rel=0.05)


def test_a_face_that_walks_on_unseen_stays_covered_while_its_cover_is_held(
    films: dict[str, Path],
) -> None:
    blind = RedFinder(blind=range(30, 100))
    found = search_faces(plan_of(films["walk"]), blind, every=1)
    (patch,) = found.covering.patches
    assert uncovered(found.covering, walk) == list(range(patch.last + 1, 100))
    assert found.flags == (Flag(kind=FlagKind.NO_FACE, first=30, last=99),)


def test_a_stretch_with_fewer_faces_is_flagged(films: dict[str, Path]) -> None:
    found = search_faces(plan_of(films["leaving"]), RedFinder(), every=1)
    assert found.flags == (Flag(kind=FlagKind.FEWER, first=30, last=99),)


def test_a_clip_without_any_face_is_flagged_whole(films: dict[str, Path]) -> None:
    found = search_faces(plan_of(films["nobody"], 5, 45), RedFinder())
    assert found.covering.patches == ()
    assert found.flags == (Flag(kind=FlagKind.NO_FACE, first=5, last=44),)


def test_what_may_be_a_face_is_covered_and_flagged(films: dict[str, Path]) -> None:
    found = search_faces(plan_of(films["walk"]), RedFinder(score=0.4))
    assert uncovered(found.covering, walk) == []
    assert found.flags == (Flag(kind=FlagKind.UNSURE, first=0, last=99),)


def test_without_a_finder_the_whole_clip_is_flagged(films: dict[str, Path]) -> None:
    found = unsearched(plan_of(films["walk"], 5, 45))
    assert found.covering == Covering(first=5, last=44)
    assert found.flags == (Flag(kind=FlagKind.NOT_SEARCHED, first=5, last=44),)
    assert found.finder == ""


def test_searching_tells_how_far_it_is_and_can_be_stopped(films: dict[str, Path]) -> None:
    shares: list[float] = []
    search_faces(plan_of(films["nobody"]), RedFinder(), Watch(progress=shares.append))
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with pytest.raises(Abandoned):
        search_faces(plan_of(films["nobody"]), RedFinder(), Watch(cancelled=lambda: True))


def test_frames_cannot_be_skipped_without_end(films: dict[str, Path]) -> None:
    with pytest.raises(ValueError, match="every 0 frames"):
        search_faces(plan_of(films["walk"]), RedFinder(), every=0)


def test_a_stretch_outside_the_recording_is_refused(films: dict[str, Path]) -> None:
    plan = plan_of(films["walk"])
    outside = Span(start_us=plan.index.end_us, end_us=plan.index.end_us)
    with pytest.raises(MediaError, match="has nothing from"):
        unsearched(ClipPlan(video=plan.video, index=plan.index, span=outside, place=plan.place))


# ------------------------------------------------------------------------------ following


def look(ordinal: int, *discs: Disc, score: float = 0.9) -> Look:
    sightings = tuple(Sighting(region=disc.region, score=score) for disc in discs)
    return Look(ordinal=ordinal, sightings=sightings)


def test_two_faces_that_pass_each_other_on_their_own_lines_stay_two(
    films: dict[str, Path],
) -> None:
    index = build_index(films["walk"])
    looks = tuple(
        look(at, Disc(x=40 + 4 * at, y=40), Disc(x=240 - 4 * at, y=140)) for at in range(50)
    )
    patches = followed(looks, index, range(50))
    assert len(patches) == 2
    assert all(len(patch.stands) == 50 for patch in patches)
    for patch in patches:
        tops = {round(stand.region.top, 3) for stand in patch.stands}
        assert len(tops) == 1


def test_a_face_seen_once_is_covered_around_that_moment(films: dict[str, Path]) -> None:
    index = build_index(films["walk"])
    looks = (look(49), look(50, Disc(x=100, y=90)), look(51))
    (patch,) = followed(looks, index, range(100))
    assert (patch.first, patch.last) == (50 - HELD_FRAMES, 50 + HELD_FRAMES)


def test_a_face_that_comes_back_after_a_while_is_a_new_patch(films: dict[str, Path]) -> None:
    index = build_index(films["walk"])
    face = Disc(x=100, y=90)
    looks = (look(0, face), look(60, face))
    assert [patch.number for patch in followed(looks, index, range(100))] == [1, 2]


def test_the_surest_sighting_counts(films: dict[str, Path]) -> None:
    index = build_index(films["walk"])
    face = Disc(x=100, y=90)
    looks = (look(0, face, score=0.4), look(1, face, score=0.8), look(2, face, score=0.5))
    (patch,) = followed(looks, index, range(100))
    assert patch.score == 0.8


def test_a_face_is_covered_with_a_margin_within_the_picture() -> None:
    inside = widened(Region(left=0.4, top=0.4, width=0.1, height=0.2))
    assert inside.left == pytest.approx(0.4 - 0.1 * MARGIN)
    assert inside.height == pytest.approx(0.2 * (1 + 2 * MARGIN))
    corner = widened(Region(left=0.0, top=0.9, width=0.1, height=0.1))
    assert corner.left == 0
    assert corner.top + corner.height == pytest.approx(1.0)


# ------------------------------------------------------------------------------ reviewing


@pytest.fixture
def begun(films: dict[str, Path]) -> Review:
    return Review.of(search_faces(plan_of(films["leaving"]), RedFinder(), every=2))


def test_a_review_is_open_until_every_flag_was_looked_at(begun: Review) -> None:
    (flag,) = begun.flags
    assert begun.open == (flag,)
    done = begun.look_at(flag)
    assert done.open == ()
    assert done.look_again(flag).open == (flag,)
    with pytest.raises(ValueError, match="no flag"):
        begun.look_at(Flag(kind=FlagKind.UNSURE, first=0, last=1))


def test_a_found_cover_taken_away_must_be_looked_at(begun: Review) -> None:
    patch = begun.covering.patches[0]
    bare = begun.edited(begun.covering.without(patch.number))
    fresh = Flag(kind=FlagKind.TAKEN_AWAY, first=patch.first, last=patch.last)
    assert fresh in bare.open


def test_a_found_cover_made_shorter_must_be_looked_at_where_it_was(begun: Review) -> None:
    patch = begun.covering.patches[0]
    short = begun.edited(begun.covering.changed(patch.lasting(patch.first + 5, patch.last - 3)))
    taken = [flag for flag in short.open if flag.kind is FlagKind.TAKEN_AWAY]
    assert [(flag.first, flag.last) for flag in taken] == [
        (patch.first, patch.first + 4),
        (patch.last - 2, patch.last),
    ]


def test_a_cover_drawn_and_taken_away_again_raises_no_flag(begun: Review) -> None:
    covering, number = begun.covering.drawn(Disc(x=9, y=9, radius=5).region, 0, 9)
    after = begun.edited(covering).edited(covering.without(number))
    assert after.flags == begun.flags
    assert after.covering == begun.covering


def test_moving_a_cover_leaves_what_was_looked_at(begun: Review) -> None:
    done = begun.look_at(begun.flags[0])
    patch = done.covering.patches[0]
    moved = done.edited(done.covering.changed(patch.put(3, Disc(x=99, y=99).region)))
    assert moved.open == ()


def test_a_stretch_counts_as_seen_when_no_long_gap_is_left(films: dict[str, Path]) -> None:
    index = build_index(films["walk"])
    flag = Flag(kind=FlagKind.NO_FACE, first=10, last=89)
    shown = Shown(index)
    whole = index.end_of(89) - index.times_us[10]
    assert shown.missing_us(flag) == whole
    for ordinal in range(0, 50, 4):
        shown.add(ordinal)
    assert shown.missing_us(flag) == index.end_of(89) - index.end_of(48)
    for ordinal in range(50, 90, 10):
        shown.add(ordinal)
    assert shown.missing_us(flag) == 0


def test_of_a_short_stretch_one_frame_must_be_seen(films: dict[str, Path]) -> None:
    index = build_index(films["walk"])
    flag = Flag(kind=FlagKind.NO_FACE, first=10, last=12)
    shown = Shown(index)
    shown.add(9)
    assert 0 < shown.missing_us(flag) < GLANCE_US
    shown.add(11)
    assert shown.missing_us(flag) == 0
