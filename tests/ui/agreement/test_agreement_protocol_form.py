"""The settings of a comparison: shown, refused where wrong, saved and read again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Lump, Window
from ssp_coder.domain.time import Micros
from ssp_coder.formats.protocol_file import protocol_text, read_protocol
from ssp_coder.ui.agreement.protocol_form import ProtocolDialog

OWN = replace(
    USUAL_PROTOCOL,
    name="our lab",
    unit_us=Micros(500_000),
    tolerance_us=Micros(0),
    onsets_us=(Micros(250_000), Micros(1_000_000)),
    overlap=0.51,
    window=Window.CODED,
    resamples=100,
    lumps=(Lump(name="held", codes=("contact.held_by_c", "contact.held_by_s")),),
)


@pytest.fixture
def dialog(theme, qtbot):
    made = ProtocolDialog(theme, USUAL_PROTOCOL)
    qtbot.addWidget(made)
    return made


def test_unchanged_fields_are_the_protocol_that_was_shown(dialog):
    assert dialog.read() == USUAL_PROTOCOL


def test_every_setting_comes_back_as_it_was_shown(theme, qtbot):
    dialog = ProtocolDialog(theme, OWN)
    qtbot.addWidget(dialog)
    assert dialog.read() == OWN


def test_a_comma_is_a_decimal_sign_too(dialog):
    dialog.fields["unit_us"].set_text("0,5")
    assert dialog.read().unit_us == 500_000


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("unit_us", "0"),
        ("unit_us", "one"),
        ("tolerance_us", "-1"),
        ("alignment_us", ""),
        ("interval_us", "1e12"),
        ("block_us", "nan"),
        ("onsets_us", ""),
        ("onsets_us", "1; x"),
        ("overlap", "0"),
        ("overlap", "101"),
        ("resamples", "1.5"),
        ("resamples", "0"),
        ("seed", "-1"),
        ("seed", "inf"),
        ("resamples", "nan"),
        ("overlap", "inf"),
        ("name", "  "),
    ],
)
def test_a_wrong_value_is_refused_under_its_field_and_stays(dialog, key, text):
    dialog.fields[key].set_text(text)
    assert dialog.read() is None
    assert dialog.fields[key].error()
    assert dialog.fields[key].text() == text
    wrong = [name for name, field in dialog.fields.items() if field.error()]
    assert wrong == [key]


def test_a_wrong_form_does_not_close(dialog, qtbot):
    dialog.fields["unit_us"].set_text("0")
    with qtbot.assertNotEmitted(dialog.accepted):
        dialog.accept()


def test_changed_settings_do_not_go_by_the_default_s_name(dialog):
    dialog.fields["unit_us"].set_text("2")
    dialog.accept()
    assert dialog.protocol.unit_us == 2_000_000
    assert dialog.protocol.name == "own settings"


def test_the_project_default_is_one_click_away(theme, qtbot):
    dialog = ProtocolDialog(theme, replace(OWN, lumps=()))
    qtbot.addWidget(dialog)
    dialog.usual.click()
    assert dialog.read() == USUAL_PROTOCOL


def test_a_saved_file_says_the_same_again(dialog, tmp_path):
    dialog.show_protocol(OWN)
    dialog.write_file(tmp_path / "ours.toml")
    assert read_protocol(tmp_path / "ours.toml") == OWN


def test_a_file_fills_the_fields_with_its_lumps_kept(dialog, tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(protocol_text(OWN))
    dialog.read_file(path)
    assert dialog.read() == OWN


def test_a_file_that_is_no_protocol_says_where_it_is_wrong(dialog, tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text('unit_s = "long"\n')
    dialog.read_file(path)
    assert "wrong.toml" in dialog._trouble.text()
    assert dialog.read() == USUAL_PROTOCOL
