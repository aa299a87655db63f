"""What can be looked up in a scheme, and what a search finds."""

import pytest

from ssp_coder.ui.instruments.contents import Entry, Part, entries_of, matching
from tests.builders import infant_scheme

SCHEME = infant_scheme()
ENTRIES = entries_of(SCHEME)


def found(query):
    return [(entry.part, entry.item) for entry in matching(ENTRIES, query)]


def items(part):
    return [entry.item for entry in ENTRIES if entry.part is part]


def test_every_episode_is_listed_in_order():
    assert items(Part.PROCEDURE) == [str(plan.id) for plan in SCHEME.procedure.episodes]


def test_every_code_is_listed():
    assert items(Part.CODES) == [str(code.id) for code in SCHEME.ethogram.codes()]


def test_every_scale_is_listed():
    assert items(Part.SCALES) == [str(scale.id) for scale in SCHEME.scales]


def test_every_rule_and_every_profile_is_listed():
    table = SCHEME.rules
    wanted = [rule.id for rule in (*table.main, *table.overlays)]
    assert items(Part.RULES) == wanted + [profile.id for profile in table.profiles]


@pytest.mark.parametrize("query", ["", "   "])
def test_an_empty_search_finds_nothing(query):
    assert found(query) == []


def test_a_word_of_an_anchor_finds_its_scale():
    assert (Part.SCALES, "pcs") in found("clambering")


def test_a_cue_finds_its_episode():
    assert (Part.PROCEDURE, "EP2") in found("put down, whether")


def test_a_scale_finds_the_codes_that_bear_on_it():
    assert (Part.CODES, "resistance.push") in found("push")
    assert (Part.CODES, "contact.clinging_c") in found("contact maintaining")


def test_a_tag_finds_its_codes():
    codes = [item for part, item in found("hyperactivating") if part is Part.CODES]
    tagged = [str(c.id) for c in SCHEME.ethogram.codes() if "hyperactivating" in c.tags]
    assert set(tagged) <= set(codes)
    assert tagged


def test_capitals_do_not_matter():
    assert found("PUSH") == found("push") != []


def test_every_word_has_to_occur():
    assert (Part.RULES, "B4") not in found("b4 nonsenseword")
    assert found("nonsenseword") == []


def test_words_may_stand_in_any_order():
    assert found("reunion high") == found("high reunion")


def test_a_search_looks_at_the_words_alone():
    entry = Entry(part=Part.RULES, item="x", title="Shown", words="hidden words")
    assert matching((entry,), "hidden") == (entry,)
    assert matching((entry,), "shown") == ()
