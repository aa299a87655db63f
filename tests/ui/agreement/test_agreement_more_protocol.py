"""The form of the settings as people fill it: big numbers, commas, files, keys, other languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog

from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Lump, Protocol, Window
from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.formats.protocol_file import protocol_sha256, protocol_text, read_protocol
from ssp_coder.ui.agreement.protocol_form import DAY_S, ProtocolDialog
from ssp_coder.ui.agreement.words import protocol_words
from ssp_coder.ui.language.spoken import SPOKEN

HELD = Lump(name="held", codes=("contact.held_by_c", "contact.held_by_s"))
LUMPED = replace(USUAL_PROTOCOL, name="our lab", lumps=(HELD,))

lengths = some.integers(1, DAY_S * SECOND_US).map(Micros)
tolerances = some.integers(0, DAY_S * SECOND_US).map(Micros)
protocols = some.builds(
    Protocol,
    name=some.text("abc äß-12", min_size=1, max_size=40).filter(lambda name: name == name.strip()),
    unit_us=lengths,
    tolerance_us=tolerances,
    alignment_us=lengths,
    onsets_us=some.sets(tolerances, min_size=1, max_size=12).map(lambda all_: tuple(sorted(all_))),
    overlap=some.floats(0.01, 1.0),
    interval_us=lengths,
    window=some.sampled_from(Window),
    block_us=some.integers(SECOND_US, DAY_S * SECOND_US).map(Micros),
    resamples=some.integers(1, 1_000_000),
    seed=some.integers(0, 2**62),
)


@pytest.fixture
def dialog(theme, qtbot):
    made = ProtocolDialog(theme, USUAL_PROTOCOL)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def wrong_file(tmp_path):
    """Writes a file of settings with these words in it."""

    def write(content):
        path = tmp_path / "wrong.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def fill(dialog, **texts):
    for key, text in texts.items():
        dialog.fields[key].set_text(text)
    return dialog.read()


def faults(dialog):
    return {key for key, field in dialog.fields.items() if field.error()}


class TestNumbers:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
    @given(protocol=protocols)
    def test_what_is_shown_is_read_again_to_the_last_microsecond(self, dialog, protocol):
        dialog.show_protocol(protocol)
        assert dialog.read() == protocol
        assert faults(dialog) == set()

    @pytest.mark.parametrize("seed", [2**53 + 1, 2**62, 0])
    def test_a_seed_is_kept_to_its_last_digit(self, dialog, seed):
        assert fill(dialog, seed=str(seed)).seed == seed

    def test_a_seed_beyond_what_files_take_is_refused(self, dialog):
        assert fill(dialog, seed=str(2**62 + 1)) is None
        assert faults(dialog) == {"seed"}

    @pytest.mark.parametrize("text", ["1,000", "2.000", "1e3", "1 000", ""])
    def test_a_thousand_written_with_a_sign_is_not_taken_for_one(self, dialog, text):
        assert fill(dialog, resamples=text) is None
        assert dialog.fields["resamples"].error() == "1 to 1000000"

    def test_an_overlap_of_two_thirds_is_not_rounded_by_looking_at_it(self, dialog):
        thirds = replace(USUAL_PROTOCOL, name="thirds", overlap=2 / 3)
        dialog.show_protocol(thirds)
        dialog.accept()
        assert protocol_sha256(dialog.protocol) == protocol_sha256(thirds)

    @pytest.mark.parametrize(("text", "share"), [("51", 0.51), ("66,5", 0.665), ("100", 1.0)])
    def test_an_overlap_is_written_in_per_cent(self, dialog, text, share):
        assert fill(dialog, overlap=text).overlap == pytest.approx(share)

    def test_a_block_is_a_second_at_least_as_in_files(self, dialog):
        assert fill(dialog, block_us="0.999999") is None
        assert faults(dialog) == {"block_us"}
        assert fill(dialog, block_us="1").block_us == SECOND_US

    @pytest.mark.parametrize("key", ["unit_us", "tolerance_us", "alignment_us", "interval_us"])
    def test_a_day_is_the_most_and_a_microsecond_more_is_not(self, dialog, key):
        assert getattr(fill(dialog, **{key: str(DAY_S)}), key) == DAY_S * SECOND_US
        assert fill(dialog, **{key: f"{DAY_S}.000001"}) is None
        assert faults(dialog) == {key}

    def test_several_wrong_fields_are_all_told_at_once(self, dialog):
        assert fill(dialog, unit_us="x", seed="", name="", onsets_us=";") is None
        assert faults(dialog) == {"unit_us", "seed", "name", "onsets_us"}

    def test_a_mended_field_is_no_longer_wrong(self, dialog):
        fill(dialog, unit_us="x", seed="x")
        assert fill(dialog, unit_us="2") is None
        assert faults(dialog) == {"seed"}

    def test_a_name_is_no_longer_than_files_take(self, dialog, tmp_path):
        QTest.keyClicks(dialog.fields["name"].edit, "x" * 300)
        dialog.write_file(tmp_path / "long.toml")
        assert read_protocol(tmp_path / "long.toml").name.endswith("x")


class TestOnsets:
    @pytest.mark.parametrize("text", ["1; -1", "0.5; 90000", "1; one", "; ;", "1, 2"])
    def test_one_wrong_tolerance_spoils_all_rather_than_vanish(self, dialog, text):
        assert fill(dialog, onsets_us=text) is None
        assert faults(dialog) == {"onsets_us"}

    def test_they_are_put_in_order_and_told_once(self, dialog):
        assert fill(dialog, onsets_us="2;0,5;2;  1 ;").onsets_us == (500_000, 1_000_000, 2_000_000)

    def test_more_than_twelve_are_refused(self, dialog):
        assert fill(dialog, onsets_us=";".join(map(str, range(12)))) is not None
        assert fill(dialog, onsets_us=";".join(map(str, range(13)))) is None


class TestNames:
    def test_the_default_unchanged_keeps_its_name(self, dialog):
        dialog.accept()
        assert dialog.protocol == USUAL_PROTOCOL

    def test_changed_and_changed_back_it_is_the_default_again(self, dialog):
        fill(dialog, unit_us="2")
        fill(dialog, unit_us="1")
        dialog.accept()
        assert dialog.protocol == USUAL_PROTOCOL

    def test_a_file_that_calls_itself_the_default_is_not_believed(self, dialog, wrong_file):
        dialog.read_file(wrong_file("unit_s = 5.0\n"))
        dialog.accept()
        assert dialog.protocol.unit_us == 5 * SECOND_US
        assert dialog.protocol.name == "own settings"

    def test_the_line_of_a_window_does_not_believe_it_either(self, qapp):
        false = replace(USUAL_PROTOCOL, resamples=100)
        assert protocol_words(USUAL_PROTOCOL).startswith("project default:")
        assert protocol_words(false).startswith("own settings:")
        assert protocol_words(replace(false, name="lab")).startswith("lab:")

    def test_a_name_of_one_s_own_stays(self, dialog):
        fill(dialog, unit_us="2", name="Münster 2026")
        dialog.accept()
        assert dialog.protocol.name == "Münster 2026"


class TestLumps:
    def test_codes_that_count_as_one_are_told(self, theme, qtbot):
        dialog = ProtocolDialog(theme, LUMPED)
        qtbot.addWidget(dialog)
        assert "held = contact.held_by_c + contact.held_by_s" in dialog.lumps.text()
        assert not dialog.lumps.isHidden()

    def test_without_any_there_is_no_line(self, dialog):
        assert dialog.lumps.isHidden()

    def test_those_of_a_file_are_told_when_it_is_read(self, dialog, wrong_file):
        dialog.read_file(wrong_file(protocol_text(LUMPED)))
        assert "held" in dialog.lumps.text()
        assert not dialog.lumps.isHidden()

    def test_they_go_with_the_project_default(self, theme, qtbot):
        dialog = ProtocolDialog(theme, LUMPED)
        qtbot.addWidget(dialog)
        dialog.usual.click()
        assert dialog.lumps.isHidden()
        assert dialog.read().lumps == ()


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "told"),
        [
            ("unit_s = [\n", "TOML"),
            ("colour = 1\n", "colour"),
            ("seed = 1.5\n", "seed"),
            (b"\xff\xfe\x00", "UTF-8"),
            ("overlap = 0.0\n", "line 1"),
            ("#" * 100_001, "larger"),
        ],
        ids=["broken", "unknown", "fraction", "binary", "place", "huge"],
    )
    def test_a_wrong_file_is_told_and_changes_nothing(self, dialog, wrong_file, content, told):
        dialog.read_file(wrong_file(content))
        words = dialog.findChildren(type(dialog.lumps))
        assert any(told in label.text() and "wrong.toml" in label.text() for label in words)
        assert dialog.read() == USUAL_PROTOCOL

    def test_a_right_file_takes_the_trouble_of_a_wrong_one_away(self, dialog, wrong_file):
        dialog.read_file(wrong_file("colour = 1\n"))
        dialog.read_file(wrong_file(protocol_text(LUMPED)))
        labels = dialog.findChildren(type(dialog.lumps))
        assert not any("colour" in label.text() for label in labels)

    def test_a_wrong_form_asks_for_no_file(self, dialog, monkeypatch):
        asked = []
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: asked.append(1) or ("", ""))
        fill(dialog, unit_us="0")
        dialog.save.click()
        assert asked == []
        assert faults(dialog) == {"unit_us"}

    def test_the_buttons_save_and_read_the_file_that_was_chosen(
        self, dialog, tmp_path, monkeypatch
    ):
        chosen = str(tmp_path / "ours.toml"), ""
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: chosen)
        fill(dialog, unit_us="3", name="ours")
        dialog.save.click()
        dialog.usual.click()
        dialog.load.click()
        assert dialog.read().unit_us == 3 * SECOND_US

    def test_a_dialog_given_up_changes_nothing(self, dialog, tmp_path, monkeypatch):
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
        dialog.save.click()
        dialog.load.click()
        assert dialog.read() == USUAL_PROTOCOL
        assert list(tmp_path.glob("*.toml")) == []

    def test_a_folder_that_is_gone_is_told(self, dialog, tmp_path):
        dialog.write_file(tmp_path / "gone" / "ours.toml")
        labels = dialog.findChildren(type(dialog.lumps))
        assert any("cannot be written" in label.text() for label in labels)


class TestKeys:
    def test_escape_gives_up_and_keeps_the_settings(self, dialog, qtbot):
        dialog.show()
        fill(dialog, unit_us="9")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.result() == QDialog.DialogCode.Rejected
        assert dialog.protocol == USUAL_PROTOCOL

    def test_enter_on_the_button_uses_them(self, dialog):
        fill(dialog, unit_us="9", name="nine")
        QTest.keyClick(dialog.use, Qt.Key.Key_Return)
        assert dialog.protocol.unit_us == 9 * SECOND_US

    def test_every_field_has_a_name_for_the_ear(self, dialog):
        names = [field.edit.accessibleName() for field in dialog.fields.values()]
        assert all(names)
        assert len(set(names)) == len(names)
        assert dialog.window_box.accessibleName() == "Part compared"

    def test_in_german_its_faults_are_german(self, in_german, theme, qtbot):
        dialog = ProtocolDialog(theme, USUAL_PROTOCOL)
        qtbot.addWidget(dialog)
        fill(dialog, unit_us="0", seed="-1", name="")
        assert dialog.fields["unit_us"].error() == "über 0 s"
        assert dialog.fields["seed"].error().startswith("0 bis ")
        assert SPOKEN.language == "de"
        assert dialog.fields["name"].error() != "Give it a name."
