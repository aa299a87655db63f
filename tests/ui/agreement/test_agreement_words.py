"""Statistics in words: undefined with its reason, negative as it is, never a bare kappa."""

from __future__ import annotations

import pytest

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.kappa import kappa_of
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.ui.agreement import words
from ssp_coder.ui.language.spoken import SPOKEN
from tests.builders import infant_scheme

pytestmark = pytest.mark.usefixtures("qapp")

INTERVAL = Estimate(value=0.64, n=30, low=0.41, high=0.8)


@pytest.fixture
def in_german():
    SPOKEN.speak("de")
    yield
    SPOKEN.speak("en")


@pytest.mark.parametrize("why", Undefined)
def test_every_reason_has_words(why):
    assert words.why_words(missing(why, 3))
    assert words.said(missing(why, 3)).startswith("undefined (")


def test_an_undefined_value_is_never_a_number():
    assert words.short(missing(Undefined.ONE_CODE, 9)) == "–"
    assert words.short(None) == "–"


def test_a_value_stands_with_its_interval():
    assert words.with_interval(INTERVAL) == "0.64 [0.41 to 0.80]"
    assert words.with_interval(known(0.5, 3)) == "0.50"


def test_a_negative_value_keeps_its_sign():
    assert words.said(known(-0.349, 9)) == "−0.35"


def test_one_code_used_by_both_is_undefined_and_agrees_wholly():
    assert words.kappa_said(kappa_of([[9, 0], [0, 0]])) == (
        "undefined (one code used), agreement 100 %"
    )


def test_nothing_to_compare_is_said():
    assert words.kappa_said(kappa_of([[0, 0], [0, 0]])) == "undefined (nothing to compare)"


def test_a_share_stands_in_per_cent_with_its_interval():
    found = Estimate(value=0.46, n=13, low=0.28, high=0.65)
    assert words.share(found) == "46 % [28 to 65 %]"
    assert words.share(known(1.0, 4)) == "100 %"
    assert words.share(missing(Undefined.NOTHING, 0)) == "–"


def test_differences_have_signs_and_none_is_minus_nothing():
    assert [words.signed(value) for value in (0.239, -1.5, 0.0, -0.001, None)] == [
        "+0.24",
        "−1.50",
        "0.00",
        "0.00",
        "–",
    ]
    bias = Estimate(value=0.1, n=7, low=-0.2, high=0.4)
    assert words.signed_with_interval(bias) == "+0.10 [−0.20 to +0.40]"


def test_an_undefined_kappa_on_an_axis_says_why():
    row = words.kappa_row("Gaze", kappa_of([[9, 0], [0, 0]]))
    assert row.value is None
    assert "one code used" in row.words
    assert row.n == 9


@pytest.mark.parametrize("level", ClassLevel)
def test_every_level_of_class_has_words(level):
    assert words.level_words(level)


def test_a_scale_is_named_with_its_episode_and_person():
    scheme = infant_scheme()
    slot = next(one for one in scheme.slots if one.episode and one.toward)
    said = words.slot_words(slot.id, scheme)
    assert slot.episode in said
    assert said.startswith(str(scheme.scale(slot.scale).title))


def test_bands_name_who_proposed_them_and_that_they_are_none_of_ours():
    assert "Fleiss 1981" in words.kappa_bands()
    assert "convention" in words.kappa_bands()
    assert "Cicchetti 1994" in words.icc_bands()
    assert "Koo & Li 2016" in words.icc_bands()


def test_a_protocol_is_told_with_its_hash():
    said = words.protocol_words(USUAL_PROTOCOL)
    assert "project default" in said
    assert "unit 1 s" in said


def test_german_speaks_german(in_german):
    assert words.said(missing(Undefined.ONE_CODE, 9)) == "nicht definiert (nur ein Code verwendet)"
    assert "keine Schwelle" in words.kappa_bands()
