"""Deeds are written as text that stays readable, and come back as they were."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, replace
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.storage.edit_json import read_value
from ssp_coder.storage.errors import StorageError
from ssp_coder.training.deeds import (
    DEED_KINDS,
    CaseBegun,
    Deed,
    Enrolled,
    Entry,
    FeedbackOpened,
    ItemJudged,
    Judgement,
    ReleaseKind,
    SetFinished,
    deeds,
)
from ssp_coder.training.logbook_table import deed_text, first_hash, sealed_entry

WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40)
NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1)
BY_TYPE = {
    str: WORDS,
    int: NUMBERS,
    bool: st.booleans(),
    int | None: st.none() | NUMBERS,
    tuple[int, ...]: st.lists(NUMBERS, max_size=5).map(tuple),
    Judgement: st.sampled_from(Judgement),
    ReleaseKind: st.sampled_from(ReleaseKind),
}


def any_of(kind: type[Deed]) -> st.SearchStrategy[Deed]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: BY_TYPE[hints[field.name]] for field in fields(kind)})


DEEDS = st.one_of(*[any_of(kind) for kind in DEED_KINDS.values()])

# What a logbook of the first released form holds, letter by letter: it has to stay readable.
RELEASED = {
    "enrolled": '{"pack":"p","pack_sha256":"aa","version":"1"}',
    "case_begun": '{"attempt":1,"case":"c","file":"coding-0001.sspc","pack":"p"}',
    "submission_begun": '{"attempt":1,"case":"c","pack":"p"}',
    "submitted": (
        '{"attempt":1,"case":"c","head":"h","pack":"p","pack_version":"1","snapshot":"s",'
        '"snapshot_sha256":"bb"}'
    ),
    "feedback_opened": '{"attempt":0,"case":"c","pack":"p"}',
    "item_judged": (
        '{"attempt":1,"case":"c","comment":"","item":"i","judgement":"dispute","pack":"p"}'
    ),
    "set_finished": '{"attempts":[1,2],"form":"f","pack":"p"}',
    "form_released": (
        '{"form":"f","key":"","kind":"take","pack":"p","release":"r","trainer":"t",'
        '"version":"1.0.0"}'
    ),
    "certified": '{"figures":"{}","pack":"p","provisional":false,"rule":"r","version":"1"}',
    "exercise_answered": (
        '{"answer":"a","exercise":"e","kind":"onset","lag_us":-5,"pack":"p","right":true,'
        '"took_us":7}'
    ),
    "recheck_scheduled": '{"case":"c","due_on":"2026-09-01","pack":"p"}',
    "recheck_served": '{"case":"c","pack":"p"}',
}


@given(DEEDS)
def test_every_deed_comes_back_as_it_was(deed: Deed):
    kind, text = deed_text(deed)
    assert read_value(DEED_KINDS[kind], text) == deed


@given(DEEDS)
def test_equal_deeds_have_equal_text(deed: Deed):
    assert deed_text(deed) == deed_text(replace(deed))


@given(DEEDS, DEEDS)
def test_rows_of_different_deeds_have_different_hashes(one: Deed, other: Deed):
    hashes = {sealed_entry(1, "now", deed, "before").hash for deed in (one, other)}
    assert len(hashes) == (1 if one == other else 2)


@pytest.mark.parametrize(("kind", "text"), RELEASED.items(), ids=RELEASED)
def test_a_released_text_is_still_read_and_written_the_same(kind, text):
    deed = read_value(DEED_KINDS[kind], text)
    assert deed_text(deed) == (kind, text)


def test_a_release_written_down_without_a_version_is_still_read():
    text = '{"form":"f","key":"","kind":"take","pack":"p","release":"r","trainer":"t"}'
    assert read_value(DEED_KINDS["form_released"], text).version == ""


def test_a_released_text_of_every_kind_is_kept():
    assert set(RELEASED) == set(DEED_KINDS)


@pytest.mark.parametrize("kind", DEED_KINDS)
def test_a_text_with_a_field_too_many_is_refused(kind):
    text = json.dumps(json.loads(RELEASED[kind]) | {"more": 1})
    with pytest.raises(StorageError, match="no field 'more'"):
        read_value(DEED_KINDS[kind], text)


@pytest.mark.parametrize("kind", DEED_KINDS)
def test_a_text_without_a_needed_field_is_refused(kind):
    needed = next(f.name for f in fields(DEED_KINDS[kind]) if f.default is MISSING)
    given_ = json.loads(RELEASED[kind])
    del given_[needed]
    with pytest.raises(StorageError, match="lacks the field"):
        read_value(DEED_KINDS[kind], json.dumps(given_))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("case_begun", '{"attempt":"1","case":"c","file":"f","pack":"p"}'),
        ("case_begun", '{"attempt":true,"case":"c","file":"f","pack":"p"}'),
        ("set_finished", '{"attempts":3,"form":"f","pack":"p"}'),
        ("item_judged", RELEASED["item_judged"].replace("dispute", "perhaps")),
        ("form_released", RELEASED["form_released"].replace("take", "give")),
        ("enrolled", "[]"),
        ("enrolled", "nothing"),
        ("enrolled", "[" * 100_000),
    ],
)
def test_a_text_of_another_shape_is_refused(kind, text):
    with pytest.raises(StorageError):
        read_value(DEED_KINDS[kind], text)


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 2},
        {"at_utc": "later"},
        {"prev_hash": "other"},
        {"deed": FeedbackOpened(pack="p", case="d")},
    ],
)
def test_the_hash_of_a_row_covers_all_of_it(change):
    given_ = {
        "seq": 1,
        "at_utc": "now",
        "deed": FeedbackOpened(pack="p", case="c"),
        "prev_hash": "before",
    }
    assert sealed_entry(**given_).hash != sealed_entry(**(given_ | change)).hash


def test_the_chain_of_a_logbook_begins_with_whose_it_is_and_when_it_was_made():
    assert len({first_hash("a", "1"), first_hash("b", "1"), first_hash("a", "2")}) == 3
    assert first_hash("a", "b1") != first_hash("ab", "1")


def test_the_deeds_of_a_pack_are_told_in_order():
    mine = (
        Enrolled(pack="p", version="1", pack_sha256=""),
        CaseBegun(pack="p", case="c", attempt=1, file="f"),
        SetFinished(pack="p", form="f", attempts=()),
    )
    every = (mine[0], Enrolled(pack="q", version="1", pack_sha256=""), *mine[1:])
    entries = tuple(Entry(seq=n, at_utc="", deed=deed) for n, deed in enumerate(every, 1))
    assert deeds(entries, "p") == mine
    assert deeds(entries, "r") == ()


def test_the_words_that_are_stored_never_change():
    assert [one.value for one in Judgement] == ["agree", "dispute", "unclear"]
    assert [one.value for one in ReleaseKind] == ["feedback", "take"]
    assert ItemJudged(pack="p", case="c", attempt=1, item="i", judgement=Judgement.AGREE)
