from __future__ import annotations

import json
from dataclasses import fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import NewType, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.coding import Coding, EpisodeMark, Event, Media, OffsetSource
from ssp_coder.domain.scale import Missing, Points, Rating
from ssp_coder.domain.settlement import Agreed, Origin, SettledFor, Settlement
from ssp_coder.domain.time import Span
from ssp_coder.editing import edits
from ssp_coder.editing.change import Change, FieldChange, difference
from ssp_coder.editing.edits import EDIT_TYPES
from ssp_coder.storage import edit_json
from ssp_coder.storage.edit_json import (
    change_text,
    checked,
    edit_text,
    read_change,
    read_edit,
    read_value,
    value_text,
)
from ssp_coder.storage.errors import StorageError
from ssp_coder.storage.json_codec import MAXIMUM_TEXT, codec
from tests.builders import add, after, coding, rate
from tests.unit.storage.storage_files import comment, every_kind_of_edit

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
INTEGERS = st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)

RELEASED_KINDS = (
    "add_event",
    "add_events",
    "attach_media",
    "begin_consensus",
    "change_event",
    "change_events",
    "classify",
    "clear_classification",
    "clear_episode",
    "clear_intervals",
    "clear_rating",
    "clear_session_end",
    "clear_visit",
    "close_event",
    "delete_events",
    "end_session",
    "import_events",
    "lock_coding",
    "mark_episode",
    "mark_episode_missing",
    "mark_interval",
    "mark_intervals",
    "merge_events",
    "place_camera",
    "put_comment",
    "put_comments",
    "put_d_index",
    "rate",
    "record_visit",
    "remove_comment",
    "remove_d_index",
    "settle",
    "split_event",
    "unlock_coding",
)


def strategy(kind):
    """Any value of a type, found from its annotations as the codec finds its own way."""
    if isinstance(kind, NewType):
        return strategy(kind.__supertype__)
    if get_origin(kind) in (Union, UnionType):
        return st.one_of(*(strategy(member) for member in get_args(kind)))
    if get_origin(kind) is tuple:
        return tuples(*get_args(kind))
    if kind in SIMPLE:
        return SIMPLE[kind]
    return field_changes() if kind is FieldChange else whole_values(kind)


def tuples(first, *rest):
    if rest == (Ellipsis,):
        return st.lists(strategy(first), max_size=3).map(tuple)
    return st.tuples(strategy(first), *(strategy(member) for member in rest))


def whole_values(kind):
    if issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: strategy(hints[field.name]) for field in fields(kind)})


SPANS = st.tuples(INTEGERS, INTEGERS).map(lambda ends: Span(start_us=min(ends), end_us=max(ends)))
SIMPLE = {
    int: INTEGERS,
    str: TEXTS,
    bool: st.booleans(),
    float: NUMBERS,
    NoneType: st.none(),
    Span: SPANS,
}


@st.composite
def field_changes(draw):
    hints = get_type_hints(Coding)
    name = draw(st.sampled_from(sorted(hints.keys() - {"events"})))
    values = strategy(hints[name])
    return FieldChange(name=name, before=draw(values), after=draw(values))


@given(st.one_of(*(strategy(edit_type) for edit_type in EDIT_TYPES)))
def test_every_edit_comes_back_as_it_was(edit):
    again = read_edit(edit_text(edit))
    assert again == edit
    assert type(again) is type(edit)


@given(strategy(Change))
def test_every_change_comes_back_as_it_was(change):
    assert read_change(change_text(change)) == change


@given(strategy(Coding))
def test_every_coding_comes_back_as_it_was(value):
    assert read_value(Coding, value_text(Coding, value)) == value


@given(strategy(Coding))
def test_equal_values_have_equal_text(value):
    text = value_text(Coding, value)
    assert value_text(Coding, read_value(Coding, text)) == text
    assert (
        json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        == text
    )


def test_every_edit_type_has_a_name_that_was_released():
    kinds = tuple(sorted(json.loads(edit_text(edit))["kind"] for edit in one_of_each()))
    assert kinds == RELEASED_KINDS


def one_of_each():
    event = Event(id=1, code="a", subject="b", start_us=0, end_us=None)
    made = {type(edit): edit for edit in every_kind_of_edit()}
    for edit in (
        edits.ChangeEvent(event=event),
        edits.ChangeEvents(events=(event,)),
        edits.AddEvents(events=(event,)),
        edits.MergeEvents(events=(1, 2)),
        edits.RemoveComment(comment=1),
        edits.ClearIntervals(episode="a", measure="b", subject="c"),
        edits.ImportEvents(events=(event,), source="a.csv"),
        edits.ClearEpisode(episode="x"),
        edits.ClearSessionEnd(),
        edits.ClearClassification(),
        edits.AttachMedia(media=()),
        edits.PlaceCamera(camera=1, offset_us=-40_000, source=OffsetSource.SOUND),
        *settling(),
        edits.LockCoding(),
        edits.UnlockCoding(reason="why"),
    ):
        made[type(edit)] = edit
    assert set(made) == set(EDIT_TYPES)
    return made.values()


def settling():
    origin = Origin(coder="K1", file="K1.sspc", head="0" * 64)
    return (
        edits.BeginConsensus(
            first=origin, second=origin, tolerance_us=1, agreed=Agreed(), comment=comment("drawn")
        ),
        edits.Settle(
            settlement=Settlement(
                item="class:primary", taken=SettledFor.FIRST, reason="seen", who="K1"
            ),
            comment=comment("seen"),
        ),
    )


def test_a_released_edit_reads_as_it_was_written():
    text = (
        '{"at_us":5000000,"code":"seeking.reach","comment":"","end_frame":null,"end_us":null,'
        '"frame":125,"kind":"add_event","lag_us":0,"modifiers":[["toward","c"]],"subject":"infant"}'
    )
    edit = add("seeking.reach", 5, modifiers={"toward": "c"})
    assert edit_text(edit) == text
    assert read_edit(text) == edit


def test_whole_points_are_written_without_a_fraction():
    assert '"score":{"points":5}' in edit_text(rate("pcs_c_5", 5))
    assert '"score":{"points":4.5}' in edit_text(rate("pcs_c_5", 4.5))
    assert '"score":{"missing":"NA_view"}' in edit_text(rate("pcs_c_5", "NA_view"))
    again = read_edit(edit_text(rate("pcs_c_5", 5)))
    assert type(again.rating.score.value) is float


def test_what_an_edit_did_is_written_with_what_was_before():
    before = after(coding(), rate("pcs_c_5", 4))
    change = difference(before, after(before, rate("pcs_c_5", 5)))
    written = json.loads(change_text(change))
    (field,) = written["fields"]
    assert field["name"] == "ratings"
    assert field["before"][0]["score"] == {"points": 4}
    assert field["after"][0]["score"] == {"points": 5}
    assert written["added"] == written["removed"] == []


def test_a_field_that_came_later_and_has_a_default_may_be_missing():
    assert read_edit('{"kind":"lock_coding"}') == edits.LockCoding()
    short = '{"at_us":5,"code":"a","kind":"add_event","subject":"b"}'
    assert read_edit(short) == edits.AddEvent(code="a", subject="b", at_us=5)


EVENT = '{"code":"a","end_us":null,"id":1,"start_us":0,"subject":"b"}'


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("", "Expecting value"),
        ("nonsense", "Expecting value"),
        ("[]", "an object with named fields is missing"),
        ("{}", "there is no edit of kind None"),
        ('{"kind":"explode"}', "there is no edit of kind 'explode'"),
        ('{"kind":["rate"]}', "there is no edit of kind"),
        ('{"kind":"lock_coding","now":true}', "LockCoding has no field 'now'"),
        ('{"kind":"clear_rating"}', "ClearRating lacks the field 'slot'"),
        ('{"kind":"clear_rating","slot":5}', "slot: 5 is not a text"),
        ('{"kind":"clear_rating","slot":"\\ud800"}', "slot: .*surrogates not allowed"),
        ('{"kind":"close_event","event":1.0,"at_us":5}', "event: 1.0 is not a whole number"),
        ('{"kind":"close_event","event":true,"at_us":5}', "event: True is not a whole number"),
        ('{"kind":"close_event","event":1,"at_us":null}', "at_us: None is not a whole number"),
        ('{"kind":"close_event","event":1,"at_us":1e400}', "at_us: inf is not a whole number"),
        ('{"kind":"close_event","event":9223372036854775808,"at_us":5}', "more than 63 bits"),
        ('{"kind":"close_event","event":NaN,"at_us":5}', "NaN is no number of a coding"),
        ('{"kind":"delete_events","events":1}', "events: a list is missing"),
        ('{"kind":"delete_events","events":["1"]}', "events: '1' is not a whole number"),
        (f'{{"kind":"import_events","source":"","events":[{EVENT[:-1]},"x":1}}]}}', "Event has no"),
        ('{"kind":"rate","rating":{"slot":"a","score":{}}}', "rating: score: a score has either"),
        ('{"kind":"rate","rating":{"slot":"a","score":5}}', "rating: score: a score has either"),
        (
            '{"kind":"rate","rating":{"slot":"a","score":{"points":1,"missing":"x"}}}',
            "a score has either",
        ),
        ('{"kind":"rate","rating":{"slot":"a","score":{"points":"5"}}}', "not a finite number"),
        (
            '{"kind":"add_event","code":"a","subject":"b","at_us":0,"modifiers":[["x"]]}',
            "modifiers: zip",
        ),
        ("[" * 100_000, "recursion"),
        ("1" * 5_000, "integer string conversion"),
    ],
)
def test_an_edit_that_is_not_one_is_refused_with_the_fact(text, fact):
    with pytest.raises(StorageError, match=fact) as caught:
        read_edit(text, place="S001.sspc, row 7 of the log")
    assert caught.value.finding.place == "S001.sspc, row 7 of the log"
    assert caught.value.finding.code == "storage.unreadable_record"
    assert caught.value.finding.remedy


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ('{"added":[],"removed":[]}', None),
        ('{"fields":[{"name":"events","before":[],"after":[]}]}', "no changeable field 'events'"),
        ('{"fields":[{"name":"colour","before":[],"after":[]}]}', "no changeable field 'colour'"),
        ('{"fields":[{"name":["locked"],"before":false,"after":true}]}', "is not a text"),
        ('{"fields":[{"name":"locked","before":0,"after":true}]}', "locked: 0 is neither true"),
        ('{"fields":[{"name":"locked","after":true}]}', "lacks the field 'before'"),
        ('{"fields":[{"name":"role","before":"boss","after":"boss"}]}', "CodingRole"),
        ('{"fields":[{"name":"role","before":[],"after":"boss"}]}', "CodingRole"),
        ('{"added":{}}', "added: a list is missing"),
    ],
)
def test_a_change_is_read_as_strictly(text, fact):
    if fact is None:
        assert read_change(text) == Change()
    else:
        with pytest.raises(StorageError, match=fact):
            read_change(text)


def test_what_cannot_be_stored_is_refused_when_it_is_written():
    for edit in (
        add("seeking.reach", 1, comment="\ud800"),
        edits.ClearRating(slot=5),
        edits.DeleteEvents(events=(2**63,)),
        edits.DeleteEvents(events=(True,)),
        rate("pcs_c_5", float("nan")),
        rate("pcs_c_5", float("inf")),
        edits.Rate(rating=Rating(slot="a", score=Points("5"))),
        edits.Rate(rating=Rating(slot="a", score=Missing(5))),
    ):
        with pytest.raises(StorageError, match="it cannot be stored"):
            edit_text(edit)


def test_a_text_may_not_be_endless(monkeypatch):
    assert checked("a" * 1000) == "a" * 1000
    with pytest.raises(StorageError, match="more than"):
        checked("a" * (MAXIMUM_TEXT + 1))


def test_a_type_that_is_no_part_of_a_coding_has_no_codec():
    with pytest.raises(TypeError, match="has no place in a coding file"):
        codec(bytes)


def test_single_values_have_a_text_of_their_own():
    mark = EpisodeMark(episode="EP1", start_us=None, reason="ill")
    assert read_value(EpisodeMark, value_text(EpisodeMark, mark)) == mark
    media = Media(name="a", relative_path="b/a", size=1, fingerprint="f", duration_us=9)
    assert read_value(tuple[Media, ...], value_text(tuple[Media, ...], (media,))) == (media,)
    assert edit_json.value_text(tuple[int, ...], ()) == "[]"
