from __future__ import annotations

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.confusion import confusion
from ssp_coder.agreement.disagreement import (
    AFTER_US,
    BEFORE_US,
    DisagreementKind,
    disagreements,
    episode_starts,
    event_key,
    stretch_around,
)
from ssp_coder.domain.coding import Classification
from ssp_coder.editing.edits import Classify
from tests.builders import add, after, coding, infant_scheme, mark, rate, s

SCHEME = infant_scheme()


def coded(*edits, coder="c01"):
    return after(coding(coder=coder), *edits)


def found(own, reference, starts=None):
    return disagreements(compare(own, reference, SCHEME), SCHEME, starts)


def only(own, reference, starts=None):
    one = found(own, reference, starts)
    assert len(one) == 1
    return one[0]


def classed(**fields):
    return coded(Classify(classification=Classification(**fields)))


def test_equal_codings_agree_in_everything():
    value = coded(add("distress.cry", 10, end=20), rate("cm_c_8", 4))
    assert found(value, value) == ()


def test_every_kind_of_difference_of_events_has_its_name():
    own = coded(
        add("distress.fuss", 10, end=14), add("distress.cry", 30, end=40), add("seeking.reach", 50)
    )
    reference = coded(
        add("distress.cry", 10, end=14), add("distress.cry", 30, end=34), add("seeking.reach", 60)
    )
    assert [one.kind for one in found(own, reference)] == [
        DisagreementKind.OTHER_CODE,
        DisagreementKind.TIMING,
        DisagreementKind.EXTRA,
        DisagreementKind.MISSED,
    ]


def test_keys_name_the_events_of_both_and_are_all_different():
    own = coded(add("seeking.reach", 5), add("seeking.reach", 40), rate("cm_c_8", 2))
    reference = coded(add("seeking.reach", 20), rate("cm_c_8", 4))
    keys = [one.key for one in found(own, reference)]
    assert len(set(keys)) == len(keys)
    assert keys[0] == f"event::{own.events[0].id}"
    assert keys[1] == f"event:{reference.events[0].id}:"
    assert keys[-1] == "rating:cm_c_8"


def test_a_late_end_is_looked_at_where_the_first_of_the_two_ends():
    own, reference = coded(add("distress.cry", 10, end=24)), coded(add("distress.cry", 10, end=20))
    one = only(own, reference)
    assert one.at_us == s(20)
    assert one.weight == 4.0


def test_a_stretch_shows_what_comes_before_and_after():
    stretch = stretch_around(s(10))
    assert (stretch.start_us, stretch.end_us) == (s(10) - BEFORE_US, s(10) + AFTER_US)


def test_no_stretch_begins_before_the_session():
    assert stretch_around(s(1)).start_us == 0


def test_a_rating_weighs_as_many_points_as_lie_between():
    one = only(coded(rate("cm_c_8", 6)), coded(rate("cm_c_8", 3)))
    assert (one.kind, one.weight) == (DisagreementKind.RATING, 3.0)
    assert one.loop is None


def test_a_rating_is_looked_at_where_its_episode_begins():
    own = coded(mark("EP8", 900), rate("cm_c_8", 6))
    reference = coded(mark("EP8", 900), rate("cm_c_8", 3))
    one = only(own, reference, episode_starts(reference, SCHEME))
    assert one.at_us == s(900)
    assert one.loop == stretch_around(s(900))


def test_an_episode_that_is_not_marked_has_no_start():
    assert episode_starts(coding(), SCHEME) == {}


def test_a_place_that_only_one_rated_is_told():
    assert only(coded(rate("cm_c_8", 6)), coded()).kind is DisagreementKind.RATING


def test_another_group_is_told_without_its_subgroups():
    one = only(classed(primary="A", subgroup="A1"), classed(primary="B", subgroup="B3"))
    assert one.key == "class:primary"
    assert (one.at_level.own, one.at_level.reference) == ("A", "B")


def test_another_subgroup_of_one_group_is_told():
    one = only(classed(primary="B", subgroup="B4"), classed(primary="B", subgroup="B3"))
    assert one.key == "class:subgroup"
    assert one.at_us is None


def test_the_order_of_the_two_turns_misses_and_extras_round():
    first, second = coded(add("seeking.reach", 5)), coded(add("seeking.reach", 40))
    there = [one.kind for one in found(first, second)]
    back = [one.kind for one in found(second, first)]
    assert there == [DisagreementKind.EXTRA, DisagreementKind.MISSED]
    assert back == [DisagreementKind.MISSED, DisagreementKind.EXTRA]


def test_cells_count_every_row_once_and_differing_cells_every_difference():
    own = coded(add("distress.fuss", 10, end=14), add("seeking.reach", 50))
    reference = coded(add("distress.cry", 10, end=14), add("seeking.reach", 60))
    rows = compare(own, reference, SCHEME).rows
    cells = confusion(rows, SCHEME)
    assert sum(cell.count for cell in cells) == len(rows)
    told = {one.key for one in found(own, reference)}
    apart = {event_key(row) for cell in cells if cell.own != cell.reference for row in cell.rows}
    assert apart == told
