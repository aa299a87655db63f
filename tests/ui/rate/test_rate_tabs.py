from dataclasses import replace

import pytest

from ssp_coder.domain.scale import RatingSlot, ScaleId, ScaleRole, SlotId
from ssp_coder.ui.rate.tabs import TabKind, next_open, rating_tabs, tab_of
from ssp_coder.ui.rate.words import tab_title
from tests import builders as b
from tests.ui.rate.judged import rated, scheme_with_slots, slot

TABS = rating_tabs(b.infant_scheme())


def names():
    return [tab_title(tab, b.infant_scheme()) for tab in TABS]


class TestGroups:
    def test_reunions_come_first_then_the_order_of_the_scheme(self):
        assert names() == ["Reunions", "Before separation", "Stranger", "Separations"]

    def test_each_place_but_the_one_of_disorganization_is_on_one_tab(self):
        shown = [slot.id for tab in TABS for slot in tab.slots]
        scheme = b.infant_scheme()
        left_out = scheme.slots_of_role(ScaleRole.DISORGANIZATION)
        assert len(shown) == len(set(shown))
        assert set(shown) == {s.id for s in scheme.slots} - {s.id for s in left_out}

    def test_reunions_toward_the_caregiver_stand_side_by_side(self):
        reunions = TABS[0]
        assert reunions.kind is TabKind.REUNIONS
        assert reunions.toward == "caregiver"
        assert reunions.episodes == ("EP5", "EP8")
        assert len(reunions.slots) == 10

    def test_only_the_reunions_are_required(self):
        assert [tab.is_required for tab in TABS] == [True, False, False, False]

    def test_the_stranger_has_a_tab_over_three_episodes(self):
        assert TABS[2].episodes == ("EP3", "EP4", "EP7")

    def test_search_is_rated_in_the_separations(self):
        assert {slot.scale for slot in TABS[3].slots} == {"srch"}

    def test_tab_ids_are_unique(self):
        assert len({tab.id for tab in TABS}) == len(TABS)

    def test_rows_follow_the_order_of_the_places(self):
        scales = TABS[0].scales(b.infant_scheme())
        assert [scale.id for scale in scales] == ["pcs", "cm", "res", "avo", "dist"]

    def test_a_row_and_a_column_meet_in_one_place(self):
        assert TABS[0].slot_at(ScaleId("cm"), slot("cm_c_8").episode).id == "cm_c_8"

    def test_where_a_scale_is_not_rated_there_is_no_place(self):
        assert TABS[1].slot_at(ScaleId("avo"), slot("cm_c_2").episode) is None

    def test_a_scheme_without_places_has_no_tabs(self):
        assert rating_tabs(scheme_with_slots()) == ()

    def test_a_place_for_the_whole_session_goes_to_the_others(self):
        whole = replace(slot("cm_c_8"), id=SlotId("whole"), episode=None, toward=None)
        (tab,) = rating_tabs(scheme_with_slots(whole))
        assert tab.kind is TabKind.OTHER
        assert tab.episodes == (None,)
        assert tab_title(tab, scheme_with_slots(whole)) == "Other"

    def test_scales_of_the_caregiver_have_their_own_tab(self):
        scheme = b.infant_scheme()
        scales = tuple(replace(s, role=ScaleRole.CAREGIVER) for s in scheme.scales)
        (tab,) = rating_tabs(replace(scheme, scales=scales))
        assert tab.kind is TabKind.CAREGIVER
        assert tab_title(tab, scheme) == "Caregiver"

    def test_a_person_who_is_not_met_again_has_a_tab_of_the_own_name(self):
        (tab,) = rating_tabs(scheme_with_slots(slot("cm_c_2")))
        assert (tab.kind, tab.toward) == (TabKind.TOWARD, "caregiver")
        assert tab_title(tab, b.infant_scheme()) == "Caregiver"

    def test_search_outside_a_separation_goes_to_the_others(self):
        odd = replace(slot("srch_4"), episode=slot("cm_c_5").episode)
        (tab,) = rating_tabs(scheme_with_slots(odd))
        assert tab.kind is TabKind.OTHER


class TestCounts:
    def test_nothing_is_rated_at_first(self):
        assert [tab.rated(b.coding()) for tab in TABS] == [0, 0, 0, 0]

    def test_a_number_and_a_reason_count_alike(self):
        coding = rated(cm_c_5=1, cm_c_8="NA_view", srch_4=2)
        assert [tab.rated(coding) for tab in TABS] == [2, 0, 0, 1]


class TestNextOpen:
    def test_the_first_required_place_is_where_it_begins(self):
        assert next_open(TABS, b.coding(), None).id == "pcs_c_5"

    def test_it_goes_on_after_the_current_place(self):
        assert next_open(TABS, b.coding(), SlotId("pcs_c_5")).id == "cm_c_5"

    def test_rated_places_are_passed_over(self):
        assert next_open(TABS, rated(cm_c_5=2, res_c_5=3), SlotId("pcs_c_5")).id == "avo_c_5"

    def test_places_that_may_stay_open_are_passed_over(self):
        assert next_open(TABS, b.coding(), SlotId("avo_c_5")).id == "pcs_c_8"

    def test_it_goes_round(self):
        assert next_open(TABS, b.coding(), SlotId("avo_c_8")).id == "pcs_c_5"

    def test_the_current_place_is_the_last_to_be_offered(self):
        everything = {s.id: 1 for s in TABS[0].slots if s.required and s.id != "cm_c_5"}
        assert next_open(TABS, rated(**everything), SlotId("cm_c_5")).id == "cm_c_5"

    def test_from_an_optional_place_it_goes_to_a_required_one(self):
        assert next_open(TABS, b.coding(), SlotId("srch_6")).id == "pcs_c_5"

    def test_with_everything_rated_there_is_none(self):
        everything = {s.id: 1 for s in TABS[0].slots if s.required}
        assert next_open(TABS, rated(**everything), None) is None


@pytest.mark.parametrize(("place", "tab"), [("cm_c_8", 0), ("cm_c_3", 1), ("avo_s_7", 2)])
def test_the_tab_of_a_place_is_found(place, tab):
    assert tab_of(TABS, place) is TABS[tab]


def test_the_place_of_disorganization_is_on_no_tab():
    assert tab_of(TABS, "dorg") is None


def test_places_keep_what_the_scheme_says_of_them():
    assert all(isinstance(place, RatingSlot) for tab in TABS for place in tab.slots)
    assert tuple(p for p in b.infant_scheme().slots if p in TABS[0].slots) == TABS[0].slots
