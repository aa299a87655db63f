"""Laws of own keys: whatever is given, taken over, taken away or reset, no key has two meanings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog.keysets import read_key_set, write_key_set
from ssp_coder.domain.chords import chord_of_sign
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.keyset import CodeKeys, CommandKeys, KeySet, clashes, keys_in
from ssp_coder.ui.keys.plan import KeyPlan, Pressed
from ssp_coder.ui.main.commands import COMMANDS, usual_keys
from ssp_coder.ui.palette.matching import fit, fold
from tests.builders import infant_scheme

USUAL = usual_keys()
PLAN = KeyPlan(
    key_set=KeySet(),
    titles={command: (command, "menu") for command in USUAL},
    usual=USUAL,
    menus={"F": "File"},
    scheme=infant_scheme(),
)
ROWS = [row.id for row in PLAN.rows()]
SIGNS = ["q", "shift+q", "1", "/", "f13", "shift+f13", "f24", "media_play", "volume_up"]
CHORDS = ["Ctrl+Z", "Ctrl+Y", "Alt+3", "F13", "Shift+F13", "Media Play", "Ctrl+Alt+X", "Alt+F", "Q"]

pressed = st.one_of(
    st.sampled_from(CHORDS).map(lambda chord: Pressed(chord=chord)),
    st.sampled_from(SIGNS).map(
        lambda sign: Pressed(chord=str(chord_of_sign(sign) or sign.upper()), sign=sign)
    ),
)
steps = st.lists(
    st.tuples(
        st.sampled_from(["give", "beside", "clear", "reset"]), st.sampled_from(ROWS), pressed
    ),
    max_size=5,
)


def walked(plan: KeyPlan, moves: list[tuple[str, str, Pressed]]) -> KeyPlan:
    for move, row_id, key in moves:
        row = plan.row(row_id)
        if move == "clear":
            plan = plan.without_keys(row)
        elif move == "reset":
            plan = plan.reset(row)
        else:
            offered = plan.offered(row, key)
            if not offered.problem:
                plan = plan.with_key(row, offered, beside=move == "beside")
    return plan


def in_force(plan: KeyPlan) -> dict[str, tuple[str, ...]]:
    return {row.id: row.keys for row in plan.rows() if not row.is_code}


@given(steps)
def test_no_key_ever_has_two_meanings(moves: list[tuple[str, str, Pressed]]) -> None:
    plan = walked(PLAN, moves)
    scheme = infant_scheme()
    keymap = plan.key_set.laid_over(scheme.keymap, scheme.ethogram)
    assert clashes(in_force(plan), (keymap,)) == ()


@given(steps)
def test_what_is_kept_gives_the_same_keys_again(moves: list[tuple[str, str, Pressed]]) -> None:
    plan = walked(PLAN, moves)
    read = read_key_set(write_key_set(plan.key_set), "kept", USUAL)
    again = KeyPlan(key_set=read, titles=PLAN.titles, usual=USUAL, menus={}, scheme=infant_scheme())
    assert [(row.id, row.keys) for row in again.rows()] == [
        (row.id, row.keys) for row in plan.rows()
    ]


@given(steps)
def test_all_as_they_came_forgets_every_step(moves: list[tuple[str, str, Pressed]]) -> None:
    assert walked(PLAN, moves).reset_all().rows() == PLAN.rows()


@given(steps, st.sampled_from(ROWS))
def test_a_row_that_is_reset_has_its_usual_keys(
    moves: list[tuple[str, str, Pressed]], row_id: str
) -> None:
    plan = walked(PLAN, moves)
    row = plan.row(row_id)
    assert plan.reset(row).row(row_id).keys == row.usual


@given(steps, st.sampled_from(ROWS), pressed)
def test_a_key_that_is_given_is_had_by_that_row_alone(
    moves: list[tuple[str, str, Pressed]], row_id: str, key: Pressed
) -> None:
    plan = walked(PLAN, moves)
    offered = plan.offered(plan.row(row_id), key)
    if offered.problem:
        return
    after = plan.with_key(plan.row(row_id), offered, beside=False)
    given_to = after.row(row_id)
    assert given_to.keys == (offered.key,)
    alike = [row for row in after.rows() if row.is_code == given_to.is_code]
    assert [row.id for row in alike if offered.key in row.keys] == [row_id]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([one.code for one in infant_scheme().keymap.bindings]),
            st.lists(st.sampled_from(SIGNS), max_size=2, unique=True),
        ),
        max_size=4,
    )
)
def test_laid_over_keys_are_those_of_the_set_and_no_others(
    own: list[tuple[str, list[str]]],
) -> None:
    scheme = infant_scheme()
    key_set = KeySet()
    for code, keys in own:
        value = CodeKeys(keymap="infant", code=CodeId(code), keys=tuple(keys))
        key_set = key_set.with_code(value, scheme.keymap)
    laid = key_set.laid_over(scheme.keymap, scheme.ethogram)
    for kept in key_set.codes:
        assert keys_in(laid, kept.code) == kept.keys


@given(st.sampled_from([c.id for c in COMMANDS]), st.lists(st.sampled_from(CHORDS), max_size=3))
def test_giving_a_command_its_usual_keys_leaves_nothing(command: str, keys: list[str]) -> None:
    usual = USUAL[command]
    own = KeySet().with_command(CommandKeys(command=command, keys=tuple(keys)), usual)
    assert own.with_command(CommandKeys(command=command, keys=usual), usual) == KeySet()


@given(st.text(alphabet="abcXYZäöüßéñ 0129", max_size=30))
def test_a_text_fits_itself(text: str) -> None:
    found = fit(text, text)
    assert found is not None or not fold(text).split()


@given(st.text(alphabet="abc äöü", max_size=6), st.text(alphabet="abc äöü", max_size=20))
def test_the_places_meant_lie_in_the_text_in_order(typed: str, text: str) -> None:
    found = fit(typed, text)
    if found is not None:
        assert list(found.places) == sorted(set(found.places))
        assert all(0 <= place < len(text) for place in found.places)
        assert 0 <= found.score <= 101
