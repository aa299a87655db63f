"""Key names as they are printed on caps and in sentences, in the language of the program."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from ssp_coder.domain.chords import EXTRA_KEYS, KeyProblem
from ssp_coder.domain.keyset import CommandKeys, KeySet
from ssp_coder.ui.intervals.foot import SheetFoot
from ssp_coder.ui.keys.live import KeyTip, live_keys
from ssp_coder.ui.keys.words import caps, chord_words, key_name, problem_words, sign_words
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.language.spoken import SPOKEN

ENGLISH = ("Ctrl", "Shift", "Space", "Del", "PgUp", "PgDown", "Home", "Backspace")


@pytest.fixture
def german(qapp):
    SPOKEN.speak("de")
    yield
    SPOKEN.speak("en")


@pytest.mark.usefixtures("german")
class TestGerman:
    @pytest.mark.parametrize(
        ("chord", "printed"),
        [
            ("Ctrl+Shift+Del", ("Strg", "Umschalt", "Entf")),
            ("Alt+PgUp", ("Alt", "Bild auf")),
            ("Ctrl+Home", ("Strg", "Pos1")),
            ("Space", ("Leertaste",)),
            ("Ctrl+Backspace", ("Strg", "Rücktaste")),
            ("Shift+Return", ("Umschalt", "Enter")),
            ("F12", ("F12",)),
        ],
    )
    def test_caps_are_printed_as_on_a_german_keyboard(self, chord, printed) -> None:
        assert caps(chord, "linux") == printed
        assert chord_words(chord, "win32") == "+".join(printed)

    def test_qt_names_the_keys_of_menus_alike(self) -> None:
        for chord in ("Ctrl+Z", "Ctrl+Shift+S", "Ctrl+Del", "Alt+PgUp", "Ctrl+Home"):
            shown = QKeySequence(chord).toString(QKeySequence.SequenceFormat.NativeText)
            assert shown.split("+")[:-1] == list(caps(chord, "linux"))[:-1]

    def test_no_key_that_can_be_bound_keeps_an_english_name(self) -> None:
        for name in ENGLISH:
            assert key_name(name) != name
        for sign, name in EXTRA_KEYS.items():
            assert name.startswith("F") or sign_words(sign) not in (name, sign.upper())

    def test_a_tool_tip_names_the_key_in_german(self, qtbot) -> None:
        widget = QWidget()
        qtbot.addWidget(widget)
        tip = KeyTip(widget, "Lauter", "louder", "undo")
        assert widget.toolTip() == "Lauter (Strg+Umschalt+Auf, Strg+Z)"
        before = live_keys().key_set
        live_keys().take(KeySet(commands=(CommandKeys(command="undo", keys=("Alt+Space",)),)))
        assert widget.toolTip() == "Lauter (Strg+Umschalt+Auf, Alt+Leertaste)"
        live_keys().take(before)
        tip.show_words("Lauter")

    def test_a_refused_key_is_named_in_german(self) -> None:
        for problem in KeyProblem:
            words = problem_words(problem, chord_words("Del", "linux"))
            assert ("Entf" in words) is (problem is not KeyProblem.NONE)

    def test_buttons_with_keys_of_their_own_print_german_ones(self, theme, qtbot) -> None:
        foot = SheetFoot(theme)
        qtbot.addWidget(foot)
        told = {b.accessibleDescription() for b in foot.findChildren(PushButton)}
        assert {"Taste Leertaste", "Taste Entf", "Taste Umschalt+Enter"} <= told
        assert not any(name in words for name in ENGLISH for words in told)


@pytest.mark.parametrize(
    ("sign", "cap"), [("q", "Q"), ("shift+q", "⇧Q"), ("f13", "F13"), ("shift+f14", "⇧F14")]
)
def test_a_codes_key_is_one_cap(qapp, sign, cap) -> None:
    assert sign_words(sign) == cap


@pytest.mark.parametrize(
    ("chord", "mac"), [("Ctrl+Shift+Z", "⌘⇧Z"), ("Alt+Left", "⌥Left"), ("Meta+K", "⌃K")]
)
def test_a_mac_prints_signs_without_a_plus(qapp, chord, mac) -> None:
    assert chord_words(chord, "darwin") == mac


@pytest.mark.parametrize("text", ["", "nothing+such", "Ctrl+"])
def test_what_is_no_chord_is_printed_as_it_is(qapp, text) -> None:
    assert caps(text) == ((text,) if text else ())
