"""Every state, bar and measure has words of its own."""

from __future__ import annotations

import pytest

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.training.deeds import ItemJudged, Judgement
from ssp_coder.training.measures import Measure, Statistic
from ssp_coder.training.packs import Stage
from ssp_coder.training.pass_rules import Outcome
from ssp_coder.training.programme import Bar, CaseState
from ssp_coder.training.sealing import WHAT_SEALING_DOES
from ssp_coder.ui.training import words
from ssp_coder.ui.training.measure_words import measure_words, short_measure_words
from tests.builders import infant_scheme

TELLING = [
    (Stage, words.stage_title),
    (Stage, words.stage_rule),
    (CaseState, words.state_words),
    (Bar, words.bar_words),
    (Outcome, words.outcome_words),
    (Judgement, words.judgement_words),
]


@pytest.mark.parametrize(("kind", "tell"), TELLING)
def test_each_value_is_told_and_none_like_another(kind, tell):
    told = [tell(one) for one in kind]
    assert all(told)
    assert len(set(told)) == len(told)


def test_each_state_has_a_sign_of_its_own_shape_or_words():
    told = {(words.STATE_ICONS[state][0], words.state_words(state)) for state in CaseState}
    assert len(told) == len(CaseState)


def test_what_sealing_does_is_what_the_core_says():
    assert words.sealing_words() == WHAT_SEALING_DOES


@pytest.mark.parametrize("judgement", Judgement)
def test_a_mark_tells_the_judgement_and_the_comment(judgement):
    said = ItemJudged(
        pack="p", case="c", attempt=1, item="i", judgement=judgement, comment="look at 0:12"
    )
    mark = words.mark_of(said)
    assert words.judgement_words(judgement) in mark.words
    assert "look at 0:12" in mark.words


def test_marks_of_different_judgements_have_different_icons():
    icons = {
        words.mark_of(ItemJudged(pack="p", case="c", attempt=1, item="i", judgement=one)).icon
        for one in Judgement
    }
    assert len(icons) == len(Judgement)


def test_a_measure_of_a_class_names_its_level():
    share = Measure(statistic=Statistic.CLASS_SHARE, level=ClassLevel.THREE_WAY)
    kappa = Measure(statistic=Statistic.CLASS_KAPPA, level=ClassLevel.THREE_WAY)
    assert measure_words(share) != measure_words(kappa)
    assert short_measure_words(share) in measure_words(share)


def test_a_measure_of_a_place_names_it_as_the_scheme_does():
    scheme = infant_scheme()
    slot = scheme.slots[0]
    measure = Measure(statistic=Statistic.ICC, slot=slot.id)
    sign = scheme.scale_of(slot.id).abbreviation
    assert sign in measure_words(measure, scheme)
    assert sign in short_measure_words(measure, scheme)
    assert slot.id in measure_words(measure)


def test_a_measure_of_a_code_names_it_and_its_tolerance():
    scheme = infant_scheme()
    code = scheme.ethogram.groups[0].codes[0]
    measure = Measure(statistic=Statistic.CODE_RECALL, code=code.id)
    assert str(code.title) in measure_words(measure, scheme)
    assert "1 s" in measure_words(measure, scheme)
    assert code.id in measure_words(measure)


@pytest.mark.parametrize("statistic", Statistic)
def test_no_two_statistics_read_alike(statistic):
    told = measure_words(Measure(statistic=statistic))
    others = [measure_words(Measure(statistic=one)) for one in Statistic if one is not statistic]
    assert told not in others
