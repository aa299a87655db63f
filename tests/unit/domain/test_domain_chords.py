"""Chords: how keys of commands are written, and which a command may have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.chords import (
    EXTRA_KEYS,
    Chord,
    KeyProblem,
    chord,
    chord_of_sign,
    chord_problem,
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ctrl+Z", "Ctrl+Z"),
        ("shift+ctrl+z", "Ctrl+Shift+Z"),
        ("Alt+,", "Alt+,"),
        ("Ctrl+-", "Ctrl+-"),
        ("Ctrl++", "Ctrl++"),
        ("Ctrl+Shift++", "Ctrl+Shift++"),
        ("+", "+"),
        ("space", "Space"),
        ("Control+PageUp", "Ctrl+PgUp"),
        ("escape", "Esc"),
        ("meta+F13", "Meta+F13"),
        ("media play", "Media Play"),
        ("Ctrl+Toggle Media Play/Pause", "Ctrl+Toggle Media Play/Pause"),
    ],
)
def test_a_chord_is_read_in_any_order_and_case(text: str, written: str) -> None:
    assert str(chord(text)) == written


@pytest.mark.parametrize("text", ["", "Ctrl+", "Ctrl", "Ctrl+Foo", "Hyper+K", "Ctrl++K", " ", "kk"])
def test_what_names_no_key_is_no_chord(text: str) -> None:
    assert chord(text) is None
    assert chord_problem(text) is KeyProblem.NOT_A_KEY


@pytest.mark.parametrize(
    "text", ["Ctrl+K", "Alt+1", "Meta+Left", "Space", "Shift+Space", "Left", "F1", "F13",
             "Media Play", "Ctrl+Return", "Ctrl+Backspace", "Ctrl+Alt+Tab"],
)  # fmt: skip
def test_these_can_carry_out_a_command(text: str) -> None:
    assert chord_problem(text) is KeyProblem.NONE


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Esc", KeyProblem.WAY_OUT),
        ("Return", KeyProblem.WAY_OUT),
        ("Shift+Enter", KeyProblem.WAY_OUT),
        ("Tab", KeyProblem.WAY_OUT),
        ("Shift+Backtab", KeyProblem.WAY_OUT),
        ("Up", KeyProblem.IN_LISTS),
        ("Shift+Home", KeyProblem.IN_LISTS),
        ("Delete", KeyProblem.IN_LISTS),
        ("Q", KeyProblem.PLAIN),
        ("Shift+Q", KeyProblem.PLAIN),
        ("7", KeyProblem.PLAIN),
        (",", KeyProblem.PLAIN),
    ],
)
def test_these_cannot_and_it_is_said_why(text: str, problem: KeyProblem) -> None:
    assert chord_problem(text) is problem
    assert problem.sentence


def test_only_what_is_no_problem_has_no_sentence() -> None:
    assert [problem for problem in KeyProblem if not problem.sentence] == [KeyProblem.NONE]


@pytest.mark.parametrize("sign", list(EXTRA_KEYS))
def test_a_key_of_a_jog_wheel_is_the_same_for_codes_and_commands(sign: str) -> None:
    for written in (sign, f"shift+{sign}"):
        same = chord_of_sign(written)
        assert same is not None
        assert same.sign == written
        assert same.problem is KeyProblem.NONE
        assert chord(str(same)) == same


@pytest.mark.parametrize("sign", ["q", "shift+q", "1", "f12", ""])
def test_a_letter_of_a_key_map_is_no_chord(sign: str) -> None:
    assert chord_of_sign(sign) is None


@pytest.mark.parametrize("text", ["Ctrl+F13", "Alt+Shift+F13", "F12", "Q"])
def test_no_code_can_have_the_key_of_these_chords(text: str) -> None:
    found = chord(text)
    assert found is not None
    assert found.sign == ""


@given(
    st.sets(st.sampled_from(["Ctrl", "Alt", "Shift", "Meta"])),
    st.sampled_from(["A", "7", ",", "+", "-", "Left", "F24", "Volume Up", "PgDown"]),
)
def test_what_is_written_is_read_again(held: set[str], key: str) -> None:
    order = ("Ctrl", "Alt", "Shift", "Meta")
    made = Chord(key=key, held=tuple(name for name in order if name in held))
    assert chord(str(made)) == made
