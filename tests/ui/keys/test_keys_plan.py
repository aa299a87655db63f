"""What a change of keys would mean: who has a key, what may have it, what is taken from whom."""

import pytest

from ssp_coder.domain.keyset import KeySet
from ssp_coder.ui.keys.dialog import plan_of
from ssp_coder.ui.keys.plan import Offered, Pressed
from ssp_coder.ui.main.commands import COMMANDS, EPISODE_COMMANDS
from tests.builders import infant_scheme

REACH, LEAN = "code:seeking.reach", "code:seeking.lean"


@pytest.fixture
def plan(qapp):
    return plan_of(KeySet(), infant_scheme())


def give(plan, row, chord="", sign="", *, beside=False):
    offered = plan.offered(plan.row(row), Pressed(chord=chord or sign, sign=sign))
    assert offered.problem == ""
    return plan.with_key(plan.row(row), offered, beside=beside)


def test_every_command_episode_and_code_has_a_row(plan):
    codes = [f"code:{code.id}" for code in infant_scheme().ethogram.codes()]
    assert [row.id for row in plan.rows()] == [c.id for c in COMMANDS] + [*EPISODE_COMMANDS] + codes


def test_without_a_coding_there_are_commands_only(qapp):
    assert not any(row.is_code for row in plan_of(KeySet(), None).rows())


def test_at_first_nothing_is_changed(plan):
    assert not any(row.changed for row in plan.rows())


def test_a_row_that_is_not_there_is_an_error(plan):
    with pytest.raises(KeyError):
        plan.row("fly")


class TestOffering:
    def test_a_free_key_is_free(self, plan):
        offered = plan.offered(plan.row("undo"), Pressed(chord="Ctrl+Alt+U"))
        assert offered == Offered(key="Ctrl+Alt+U")

    def test_the_key_of_another_command_names_it(self, plan):
        assert plan.offered(plan.row("undo"), Pressed(chord="Ctrl+Y")).holder == "redo"

    def test_the_row_s_own_key_is_free_for_it(self, plan):
        assert plan.offered(plan.row("undo"), Pressed(chord="Ctrl+Z")).holder == ""

    def test_the_key_of_an_episode_names_it(self, plan):
        assert plan.offered(plan.row("undo"), Pressed(chord="Alt+3")).holder == "episode_3"

    def test_the_key_of_another_code_names_it(self, plan):
        lean = plan.row(LEAN).keys[0]
        assert plan.offered(plan.row(REACH), Pressed(chord=lean, sign=lean)).holder == LEAN

    def test_a_pedal_that_a_code_has_is_not_free_for_a_command(self, plan):
        after = give(plan, REACH, "F13", "f13")
        assert after.offered(after.row("undo"), Pressed(chord="F13", sign="f13")).holder == REACH

    def test_a_pedal_that_a_command_has_is_not_free_for_a_code(self, plan):
        after = give(plan, "undo", "Shift+F13", "shift+f13")
        pressed = Pressed(chord="Shift+F13", sign="shift+f13")
        assert after.offered(after.row(REACH), pressed).holder == "undo"

    @pytest.mark.parametrize(
        ("chord", "why"),
        [
            ("Esc", "kept free: it confirms"),
            ("Return", "Enter is kept free"),
            ("Shift+Tab", "Shift+Tab is kept free"),
            ("Up", "lists and fields"),
            ("Q", "Hold Ctrl or Alt"),
            ("Shift+7", "Hold Ctrl or Alt"),
            ("Alt+F", "opens the menu File"),
            ("Alt+N", "opens the menu Instruments"),
            ("Launch Mail", "no key that the program knows"),
        ],
    )
    def test_a_key_that_no_command_can_have_says_why(self, plan, chord, why):
        assert why in plan.offered(plan.row("undo"), Pressed(chord=chord)).problem

    @pytest.mark.parametrize("chord", ["Ctrl+Q", "Space", "F5", "Esc", "Return", "Tab"])
    def test_a_key_that_no_code_can_have_says_why(self, plan, chord):
        problem = plan.offered(plan.row(REACH), Pressed(chord=chord)).problem
        assert "cannot record a code" in problem

    def test_a_letter_with_shift_can_record_a_code(self, plan):
        pressed = Pressed(chord="Shift+/", sign="shift+/")
        assert plan.offered(plan.row(REACH), pressed) == Offered(key="shift+/")


class TestGiving:
    def test_a_new_key_stands_in_place_of_the_old_ones(self, plan):
        after = give(plan, "redo", "F13")
        assert after.row("redo").keys == ("F13",)
        assert after.row("redo").changed

    def test_another_key_stands_beside_them(self, plan):
        after = give(plan, "redo", "F13", beside=True)
        assert after.row("redo").keys == ("Ctrl+Shift+Z", "Ctrl+Y", "F13")

    def test_a_key_it_has_already_is_not_had_twice(self, plan):
        after = give(plan, "redo", "Ctrl+Shift+Z", beside=True)
        assert sorted(after.row("redo").keys) == ["Ctrl+Shift+Z", "Ctrl+Y"] or after.row(
            "redo"
        ).keys == ("Ctrl+Y", "Ctrl+Shift+Z")

    def test_a_key_taken_over_leaves_the_other_what_else_it_has(self, plan):
        after = give(plan, "undo", "Ctrl+Y")
        assert after.row("undo").keys == ("Ctrl+Y",)
        assert after.row("redo").keys == ("Ctrl+Shift+Z",)

    def test_a_code_key_taken_over_leaves_the_other_code_without(self, plan):
        lean = plan.row(LEAN).keys[0]
        after = give(plan, REACH, sign=lean)
        assert after.row(REACH).keys == (lean,)
        assert after.row(LEAN).keys == ()

    def test_a_pedal_goes_from_a_code_to_a_command_and_back(self, plan):
        after = give(give(plan, REACH, "F13", "f13"), "undo", "F13", "f13")
        assert after.row(REACH).keys == ()
        assert after.row("undo").keys == ("F13",)
        back = give(after, REACH, "F13", "f13")
        assert back.row("undo").keys == ()
        assert back.row(REACH).keys == ("f13",)

    def test_the_plan_before_stays_as_it_was(self, plan):
        give(plan, "undo", "F13")
        assert plan.row("undo").keys == ("Ctrl+Z",)

    def test_no_key_is_a_choice(self, plan):
        after = plan.without_keys(plan.row("undo"))
        assert after.row("undo").keys == ()
        assert after.row("undo").changed


class TestGoingBack:
    def test_a_row_gets_its_keys_back_from_what_took_them(self, plan):
        after = give(plan, "undo", "Ctrl+Y")
        back = after.reset(after.row("redo"))
        assert back.row("redo").keys == ("Ctrl+Shift+Z", "Ctrl+Y")
        assert back.row("undo").keys == ()

    def test_a_code_gets_its_key_back(self, plan):
        lean = plan.row(LEAN).keys
        after = give(plan, REACH, sign=lean[0])
        back = after.reset(after.row(LEAN))
        assert back.row(LEAN).keys == lean
        assert back.row(REACH).keys == ()

    def test_everything_goes_back_at_once(self, plan):
        after = give(give(plan, "undo", "F13", "f13"), REACH, "F14", "f14")
        assert after.reset_all().key_set == KeySet()
        assert not any(row.changed for row in after.reset_all().rows())

    def test_a_key_given_and_given_back_leaves_nothing_kept(self, plan):
        after = give(plan, "undo", "F13")
        assert give(after, "undo", "Ctrl+Z").key_set == KeySet()
