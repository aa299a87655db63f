"""Laws of covering: what was found is covered, and what is bare must be looked at."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ssp_coder.media.covering import Covering, Origin, Patch, Stand, between, clipped, cover
from ssp_coder.media.faces import Flag, FlagKind, Searched, flags_of
from ssp_coder.media.faces_review import Review, Shown
from ssp_coder.media.faces_tracking import Look, Sighting, followed, overlap, widened
from ssp_coder.media.index import FrameIndex, KeyFrame
from ssp_coder.media.motion import Region

COUNT = 120
FRAMES = range(10, 110)


def index_of(ticks: tuple[int, ...]) -> FrameIndex:
    return FrameIndex(
        stamps=ticks,
        time_base=Fraction(1, 100),
        last_ticks=4,
        keys=(KeyFrame(ordinal=0, pts=0, dts=0),),
    )


STEADY = index_of(tuple(range(0, 4 * COUNT, 4)))
"""25 frames a second."""


@st.composite
def regions(draw: st.DrawFn) -> Region:
    left, top = draw(st.integers(0, 90)), draw(st.integers(0, 90))
    width, height = draw(st.integers(1, 100 - left)), draw(st.integers(1, 100 - top))
    return Region(left=left / 100, top=top / 100, width=width / 100, height=height / 100)


@st.composite
def patches(draw: st.DrawFn, number: int = 1, origin: Origin = Origin.FOUND) -> Patch:
    first = draw(st.integers(FRAMES[0], FRAMES[-1]))
    last = draw(st.integers(first, FRAMES[-1]))
    at = draw(st.sets(st.integers(first, last), min_size=1, max_size=4))
    return Patch(
        number=number,
        first=first,
        last=last,
        stands=tuple(Stand(ordinal=one, region=draw(regions())) for one in sorted(at)),
        origin=origin,
        score=draw(st.sampled_from((0.4, 0.9))),
    )


@st.composite
def coverings(draw: st.DrawFn) -> Covering:
    count = draw(st.integers(0, 4))
    found = tuple(draw(patches(number)) for number in range(1, count + 1))
    return Covering(first=FRAMES[0], last=FRAMES[-1], patches=found)


@st.composite
def looks(draw: st.DrawFn) -> tuple[Look, ...]:
    ordinals = draw(st.sets(st.sampled_from(FRAMES), max_size=25))
    return tuple(
        Look(
            ordinal=at,
            sightings=tuple(
                Sighting(region=region, score=0.9)
                for region in draw(st.lists(regions(), max_size=3))
            ),
        )
        for at in sorted(ordinals)
    )


def within(inner: Region, outer: Region) -> bool:
    slack = 1e-9
    return (
        outer.left <= inner.left + slack
        and outer.top <= inner.top + slack
        and outer.left + outer.width + slack >= inner.left + inner.width
        and outer.top + outer.height + slack >= inner.top + inner.height
    )


# ------------------------------------------------------------------------------ following


@given(looks())
def test_whatever_was_seen_is_covered_where_and_when_it_was_seen(seen: tuple[Look, ...]) -> None:
    found = followed(seen, STEADY, FRAMES)
    covering = Covering(first=FRAMES[0], last=FRAMES[-1], patches=found)
    for look in seen:
        covered = covering.regions_at(look.ordinal)
        for sighting in look.sightings:
            assert any(within(sighting.region, region) for region in covered)


@given(looks())
def test_each_sighting_belongs_to_one_patch(seen: tuple[Look, ...]) -> None:
    found = followed(seen, STEADY, FRAMES)
    stands = sum(len(patch.stands) for patch in found)
    assert stands == sum(len(look.sightings) for look in seen)
    assert [patch.number for patch in found] == list(range(1, len(found) + 1))


@given(looks())
def test_no_patch_leaves_the_clip(seen: tuple[Look, ...]) -> None:
    for patch in followed(seen, STEADY, FRAMES):
        assert FRAMES[0] <= patch.first <= patch.stands[0].ordinal
        assert patch.stands[-1].ordinal <= patch.last <= FRAMES[-1]


@given(regions(), regions())
def test_overlap_is_mutual_and_whole_only_with_itself(one: Region, other: Region) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert 0 <= overlap(one, other) <= 1 + 1e-9
    assert overlap(one, one) > 1 - 1e-9


@given(regions())
def test_a_margin_holds_the_face(region: Region) -> None:
    assert within(region, widened(region))


# ------------------------------------------------------------------------------ where


@given(regions(), regions(), st.floats(0, 1))
def test_the_way_between_two_places_stays_in_the_picture(
    one: Region, other: Region, share: float
) -> None:
    middle = between(one, other, share)
    whole = Region(left=0, top=0, width=1, height=1)
    assert within(middle, whole)


@given(st.floats(-2, 3), st.floats(-2, 3), st.floats(-2, 3), st.floats(-2, 3))
def test_clipping_gives_a_part_of_the_picture_or_nothing(
    left: float, top: float, right: float, bottom: float
) -> None:
    part = clipped(left, top, right, bottom)
    if part is not None:
        assert within(part, Region(left=0, top=0, width=1, height=1))
        assert part.left >= left
        assert part.left + part.width <= max(right, part.left) + 1e-9


@given(patches())
def test_a_patch_covers_in_every_frame_of_its_run_and_in_no_other(patch: Patch) -> None:
    covers = [at for at in range(COUNT) if patch.region_at(at) is not None]
    assert covers == list(range(patch.first, patch.last + 1))
    for stand in patch.stands:
        assert patch.region_at(stand.ordinal) == stand.region


@given(patches(), st.sampled_from(FRAMES), regions())
def test_a_patch_put_somewhere_is_there(patch: Patch, ordinal: int, region: Region) -> None:
    moved = patch.lasting(FRAMES[0], FRAMES[-1]).put(ordinal, region)
    assert moved.region_at(ordinal) == region
    assert moved.put(ordinal, region) == moved


@given(regions(), st.integers(8, 60), st.integers(8, 60), st.integers(0, 2**32 - 1))
@settings(max_examples=50)
def test_covering_touches_the_region_alone_and_adds_no_extremes(
    region: Region, height: int, width: int, seed: int
) -> None:
    rgb = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    before = rgb.copy()
    cover(rgb, (region,))
    touched = np.argwhere((rgb != before).any(axis=2))
    for row, column in touched:
        assert region.top * height - 1 < row < (region.top + region.height) * height + 1
        assert region.left * width - 1 < column < (region.left + region.width) * width + 1
    assert rgb.min() >= before.min()
    assert rgb.max() <= before.max()


@given(coverings())
def test_joined_patches_keep_their_places_under_new_numbers(covering: Covering) -> None:
    twice = covering.joined(covering.patches)
    assert len({patch.number for patch in twice.patches}) == 2 * len(covering.patches)
    for ordinal in FRAMES[::9]:
        assert twice.regions_at(ordinal) == covering.regions_at(ordinal) * 2


# ------------------------------------------------------------------------------ looking


@given(coverings())
def test_every_bare_frame_is_flagged(covering: Covering) -> None:
    flags = flags_of(covering, STEADY)
    for ordinal in covering.frames:
        if not covering.regions_at(ordinal):
            kinds = {flag.kind for flag in flags if flag.first <= ordinal <= flag.last}
            assert FlagKind.NO_FACE in kinds


@given(coverings())
def test_every_unsure_patch_is_flagged(covering: Covering) -> None:
    unsure = [flag for flag in flags_of(covering, STEADY) if flag.kind is FlagKind.UNSURE]
    for patch in covering.patches:
        if patch.score < 0.7:
            assert any(flag.first <= patch.first and patch.last <= flag.last for flag in unsure)


@given(coverings())
def test_flags_stand_in_order_and_those_of_a_kind_apart(covering: Covering) -> None:
    flags = flags_of(covering, STEADY)
    assert [flag.first for flag in flags] == sorted(flag.first for flag in flags)
    for kind in FlagKind:
        same = [flag for flag in flags if flag.kind is kind]
        for earlier, later in pairwise(same):
            assert earlier.last < later.first


@given(coverings(), st.data())
def test_where_a_found_cover_goes_away_a_person_must_look(
    covering: Covering, data: st.DataObject
) -> None:
    review = Review.of(Searched(covering=covering, flags=flags_of(covering, STEADY)))
    if not covering.patches:
        return
    for flag in review.flags:
        review = review.look_at(flag)
    gone = data.draw(st.sampled_from(covering.patches))
    after = review.edited(covering.without(gone.number))
    bare = {flag for flag in after.open if flag.kind is FlagKind.TAKEN_AWAY}
    assert Flag(kind=FlagKind.TAKEN_AWAY, first=gone.first, last=gone.last) in bare
    assert set(review.flags) <= set(after.flags)


@given(coverings(), patches(origin=Origin.DRAWN))
def test_covers_drawn_by_hand_survive_another_search(covering: Covering, drawn: Patch) -> None:
    earlier = Covering(first=FRAMES[0], last=FRAMES[-1]).joined((drawn,))
    review = Review.of(Searched(covering=covering, flags=()), earlier)
    kept = [patch for patch in review.covering.patches if patch.origin is Origin.DRAWN]
    assert [patch.stands for patch in kept] == [drawn.stands]


@given(
    st.lists(st.integers(1, 90), min_size=COUNT - 1, max_size=COUNT - 1),
    st.sets(st.integers(0, COUNT - 1), max_size=60),
    st.integers(0, COUNT - 1),
    st.integers(0, COUNT - 1),
)
def test_more_frames_on_the_screen_never_leave_more_to_see(
    gaps: list[int], ordinals: set[int], one: int, other: int
) -> None:
    ticks = tuple(int(at) for at in np.cumsum([0, *gaps]))
    index = index_of(ticks)
    flag = Flag(kind=FlagKind.NO_FACE, first=min(one, other), last=max(one, other))
    shown = Shown(index)
    left = shown.missing_us(flag)
    assert left == index.end_of(flag.last) - index.times_us[flag.first]
    for ordinal in sorted(ordinals):
        shown.add(ordinal)
        now = shown.missing_us(flag)
        assert now <= left
        left = now
    for ordinal in range(flag.first, flag.last + 1):
        shown.add(ordinal)
    assert shown.missing_us(flag) == 0
