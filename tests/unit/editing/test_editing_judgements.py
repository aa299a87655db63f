from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Classification, DIndex, IndexId, IndexStrength
from ssp_coder.editing.edits import (
    Classify,
    ClearClassification,
    LockCoding,
    PutDIndex,
    RemoveDIndex,
    UnlockCoding,
)
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import CAREGIVER, add, after, coding, rate, s


def index(**fields):
    whole = {
        "id": IndexId(0),
        "theme": "D5",
        "strength": IndexStrength.WEAK,
        "start_us": s(20),
        "end_us": s(22),
        "present": (CAREGIVER,),
    }
    return DIndex(**(whole | fields))


def test_ratings_are_kept_in_order_and_replaced_in_place():
    value = after(
        coding(), rate("pcs_c_8", 5), rate("avo_c_5", 2), rate("pcs_c_8", 6), rate("cm_c_5", 1)
    )
    assert [(r.slot, r.score.value) for r in value.ratings] == [
        ("avo_c_5", 2.0),
        ("cm_c_5", 1.0),
        ("pcs_c_8", 6.0),
    ]


def test_a_rating_can_become_not_rated_again():
    assert after(coding(), rate("pcs_c_8", 5), rate("pcs_c_8", None)).ratings == ()


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (rate("pcs_c_5", 8), r"rating 8 outside 1..7 \(steps of 1\) in pcs_c_5"),
        (rate("pcs_c_5", 0), "outside"),
        (rate("pcs_c_5", 4.5), "outside"),
        (rate("pcs_c_4", 4), "rates no place pcs_c_4"),
        (rate("pcs_c_5", "NA_moon"), "cannot be missing for the reason 'NA_moon'"),
    ],
)
def test_an_impossible_rating_is_refused(edit, message):
    with pytest.raises(EditRefusedError, match=message):
        after(coding(), edit)


def test_the_disorganization_scale_reaches_nine():
    assert after(coding(), rate("dorg", 9)).ratings[0].score.value == 9


def test_an_index_gets_a_number_of_its_own_and_its_place_in_time():
    value = after(
        coding(), PutDIndex(index=index()), PutDIndex(index=index(start_us=s(5), end_us=s(6)))
    )
    assert [i.id for i in value.d_indices] == [2, 1]
    changed = after(value, PutDIndex(index=replace(value.d_indices[1], note="seen twice")))
    assert changed.d_indices[1].note == "seen twice"
    assert after(changed, RemoveDIndex(index=IndexId(2))).d_indices == changed.d_indices[1:]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (index(theme="D9"), "no theme D9"),
        (index(present=("uncle",)), "no person uncle"),
        (index(ruled_out=("moon",)), "no explanation moon"),
        (index(end_us=s(1)), "ends before it starts"),
        (index(id=IndexId(7)), "no index 7"),
    ],
)
def test_an_impossible_index_is_refused(wrong, message):
    with pytest.raises(EditRefusedError, match=message):
        after(coding(), PutDIndex(index=wrong))


def test_removing_an_unknown_index_is_refused():
    with pytest.raises(EditRefusedError, match="no index 3"):
        after(coding(), RemoveDIndex(index=IndexId(3)))


def test_a_class_is_recorded_and_taken_back():
    own = Classification(primary="B", subgroup="B3", confidence=4, rationale="settles")
    value = after(coding(), Classify(classification=own))
    assert value.classification == own
    assert after(value, ClearClassification()).classification is None


def test_an_unfinished_disorganized_class_may_be_kept_while_working():
    value = after(coding(), Classify(classification=Classification(primary="D")))
    assert value.classification.secondary == ""


@pytest.mark.parametrize(
    ("own", "message"),
    [
        (Classification(primary="E"), "no class 'E'"),
        (Classification(primary="A", subgroup="B3"), "B3 is no subgroup of A"),
        (Classification(primary="B", subgroup="B3", secondary="A1"), "no secondary class"),
        (Classification(primary="D", secondary="Z9"), "no subgroup Z9"),
        (Classification(primary="B", confidence=6), "outside 0..5"),
    ],
)
def test_an_impossible_class_is_refused(own, message):
    with pytest.raises(EditRefusedError, match=message):
        after(coding(), Classify(classification=own))


def test_a_locked_coding_refuses_every_change_until_it_is_unlocked_with_a_reason():
    locked = after(coding(), LockCoding())
    with pytest.raises(EditRefusedError, match="is locked"):
        after(locked, add("seeking.reach", 1))
    with pytest.raises(EditRefusedError, match="needs a reason"):
        after(locked, UnlockCoding(reason=" "))
    assert len(after(locked, UnlockCoding(reason="typo"), add("seeking.reach", 1)).events) == 1
