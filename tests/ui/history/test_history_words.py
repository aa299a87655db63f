"""What each step is called in the history."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import (
    Classification,
    CodingRole,
    Comment,
    CommentKind,
    IntervalMark,
    OffsetSource,
)
from ssp_coder.domain.settlement import Agreed, Origin, SettledFor, Settlement
from ssp_coder.domain.time import Micros, Span
from ssp_coder.editing import edits
from ssp_coder.editing.apply import apply
from ssp_coder.editing.change import difference
from ssp_coder.ui.history.words import step_words
from tests.builders import (
    CAREGIVER,
    INFANT,
    STRANGER,
    add,
    after,
    answer,
    coding,
    event_of,
    infant_scheme,
    mark,
    rate,
    s,
    video,
)
from tests.unit.storage.storage_files import d_index

CRY = add("distress.cry", 35)


def remark(words, **fields):
    return Comment(**({"id": 0, "kind": CommentKind.QUESTION, "words": words} | fields))


def said(before, edit):
    scheme = infant_scheme()
    now = apply(before, edit, scheme)
    return step_words(edit, difference(before, now), scheme)


def changed(start, event, **fields):
    return said(start, edits.ChangeEvent(event=replace(event, **fields)))


@pytest.mark.parametrize("edit_type", edits.EDIT_TYPES)
def test_every_kind_of_edit_has_words(edit_type):
    from ssp_coder.ui.history.words import _SAYS

    assert edit_type in _SAYS


def test_an_event_is_named_by_code_person_and_time():
    assert said(coding(), CRY) == "Cry, infant, 0:35.00 added"


def test_the_event_that_a_new_one_ends_is_not_named():
    start = after(coding(), CRY)
    assert said(start, add("distress.none", 40)) == "No distress, infant, 0:40.00 added"


def test_an_ended_state_says_when():
    start = after(coding(), add("gaze.to_c", 33))
    words = said(start, edits.CloseEvent(event=event_of(start, "gaze.to_c").id, at_us=s(34)))
    assert words == "To caregiver, infant, 0:33.00: ended at 0:34.00"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start_us": s(34.5)}, "start moved to 0:34.50"),
        ({"end_us": s(42)}, "end moved from 0:40.00 to 0:42.00"),
        ({"end_us": None}, "open again"),
        ({"start_us": s(36), "end_us": s(41)}, "moved to 0:36.00"),
        ({"code": "distress.fuss"}, "now fuss"),
        ({"comment": "again"}, "words changed"),
        ({"code": "distress.fuss", "end_us": s(42)},
         "end moved from 0:40.00 to 0:42.00, now fuss"),
    ],
)  # fmt: skip
def test_a_changed_event_says_what_became_of_it(fields, words):
    start = after(coding(), add("distress.cry", 35, end=40))
    assert changed(start, start.events[0], **fields) == f"Cry, infant, 0:35.00: {words}"


def test_a_modifier_says_its_value_and_that_it_went():
    start = after(coding(), add("seeking.reach", 36, modifiers={"toward": "c"}))
    event = event_of(start, "seeking.reach")
    door = edits.ChangeEvent(event=replace(event, modifiers=(("toward", "door"),)))
    none = edits.ChangeEvent(event=replace(event, modifiers=()))
    assert said(start, door).endswith(": toward door")
    assert said(start, none).endswith(": without toward")


def test_one_deleted_event_is_named_and_several_are_counted():
    start = after(coding(), CRY, add("seeking.reach", 36))
    cry, reach = (event.id for event in start.events)
    assert said(start, edits.DeleteEvents(events=(cry,))) == "Cry, infant, 0:35.00 deleted"
    assert said(start, edits.DeleteEvents(events=(cry, reach))) == "2 events deleted"


def test_an_import_names_its_file():
    events = after(coding(), CRY).events
    words = said(coding(), edits.ImportEvents(events=events, source="S001_events.csv"))
    assert words == "1 events imported from S001_events.csv"


def test_episodes_say_where_they_start_move_miss_and_go():
    start = after(coding(), mark("EP2", 30))
    assert said(coding(), mark("EP2", 30)) == "EP2 starts at 0:30.00"
    assert said(start, mark("EP2", 31)) == "Start of EP2 moved from 0:30.00 to 0:31.00"
    assert said(start, mark("EP2", 30, reason="late")) == "Reason or note of EP2"
    assert said(start, edits.ClearEpisode(episode="EP2")) == "Mark of EP2 taken back"
    missing = edits.MarkEpisodeMissing(episode="EP3", reason="stranger ill")
    assert said(start, missing) == "EP3 did not take place: stranger ill"


def test_the_end_of_the_session_says_when_it_moves_and_goes():
    end = edits.EndSession(at_us=s(1290))
    start = after(coding(), end)
    assert said(coding(), end) == "Session ends at 21:30.00"
    later = edits.EndSession(at_us=s(1291))
    assert said(start, later) == "Session end moved from 21:30.00 to 21:31.00"
    assert said(start, edits.ClearSessionEnd()) == "Session end taken back"


def test_a_rating_says_both_numbers():
    start = after(coding(), rate("avo_c_8", 4))
    assert said(coding(), rate("avo_c_8", 4)) == "Rating AVO EP8: 4"
    assert said(start, rate("avo_c_8", 5)) == "Rating AVO EP8: 4 → 5"
    assert said(start, rate("avo_c_8", "NA_view")) == "Rating AVO EP8: 4 → view lost"
    assert said(start, rate("avo_c_8", 4, "turns away")) == "Note on rating AVO EP8"
    assert said(start, rate("avo_c_8", None)) == "Rating AVO EP8 taken back, it was 4"


def test_evidence_for_a_rating_is_told_apart_from_its_number():
    start = after(coding(), CRY, rate("avo_c_8", 4))
    edit = rate("avo_c_8", 4)
    edit = edits.Rate(rating=replace(edit.rating, evidence=(int(start.events[0].id),)))
    assert said(start, edit) == "Evidence for rating AVO EP8"


def test_an_index_says_its_theme_and_time():
    start = after(coding(), edits.PutDIndex(index=d_index(40)))
    index = start.d_indices[0]
    theme = index.theme
    assert (
        said(coding(), edits.PutDIndex(index=d_index(40))) == f"D index {theme}, 0:40.00 recorded"
    )
    other = edits.PutDIndex(index=replace(index, note="freezes"))
    assert said(start, other) == f"D index {theme}, 0:40.00 changed"
    assert said(start, edits.RemoveDIndex(index=index.id)) == f"D index {theme}, 0:40.00 removed"


def test_the_class_says_what_it_was():
    first = edits.Classify(classification=Classification(primary="D", secondary="B3"))
    start = after(coding(), first)
    second = edits.Classify(classification=Classification(primary="B", subgroup="B3"))
    surer = edits.Classify(classification=replace(first.classification, confidence=4))
    reasons = edits.Classify(classification=replace(first.classification, rationale="freezes"))
    assert said(coding(), first) == "Class: D/B3"
    assert said(start, second) == "Class: D/B3 → B3"
    assert said(start, surer) == "Class D/B3: how certain"
    assert said(start, reasons) == "Class D/B3: words"
    assert said(start, edits.ClearClassification()) == "Class D/B3 taken back"


def test_answers_about_the_visit_name_the_question():
    start = after(coding(), answer("prior_visits", 1))
    assert said(coding(), answer("prior_visits", 1)) == "Earlier visits: 1"
    cleared = said(start, edits.ClearVisit(field="prior_visits"))
    assert cleared == "Earlier visits: left open again"
    assert "EP6: 25" in said(coding(), answer("cry_before_end", 25, "EP6"))


def test_videos_and_cameras_are_named():
    two = (video(), replace(video(), name="side.mp4", fingerprint="a" * 64))
    start = coding(media=two)
    place = edits.PlaceCamera(camera=1, offset_us=Micros(1_500_000), source=OffsetSource.TYPED)
    assert said(coding(), edits.AttachMedia(media=two)) == "Video: S001.mp4, side.mp4"
    assert said(coding(), edits.AttachMedia(media=())) == "No video"
    assert said(start, place) == "Camera 2 begins at +0:00:01.500"


def test_a_lock_and_the_reason_for_unlocking_are_told():
    assert said(coding(), edits.LockCoding()) == "Locked"
    unlock = edits.UnlockCoding(reason="stranger coded twice")
    assert said(coding(locked=True), unlock) == "Unlocked: stranger coded twice"


def test_a_change_of_person_is_told():
    start = after(coding(), add("presence.in_room", 3, STRANGER))
    assert changed(start, start.events[0], subject=CAREGIVER).endswith(": now of caregiver")


def test_events_changed_together_are_counted_and_moved_ones_say_how_far():
    start = after(coding(), CRY, add("seeking.reach", 36))
    moved = [replace(e, start_us=e.start_us + 500_000) for e in start.events]
    moved[1] = replace(moved[1], end_us=moved[1].start_us)
    later = edits.ChangeEvents(events=tuple(moved))
    noted = edits.ChangeEvents(events=tuple(replace(e, comment="x") for e in start.events))
    one = edits.ChangeEvents(events=(replace(start.events[0], comment="x"),))
    assert said(start, later) == "2 events moved by +0:00:00.500"
    assert said(start, noted) == "2 events changed"
    assert said(start, one) == "Cry, infant, 0:35.00: words changed"


def test_copies_splits_and_merges_are_told():
    start = after(coding(), add("distress.cry", 35, end=40))
    event = start.events[0]
    copy = edits.AddEvents(events=(replace(event, start_us=s(50), end_us=s(55)),))
    split = edits.SplitEvent(event=event.id, at_us=s(37))
    two = after(start, split)
    merge = edits.MergeEvents(events=tuple(event.id for event in two.events))
    assert said(start, copy) == "Cry, infant, 0:50.00 added"
    assert said(start, split) == "Cry, infant, 0:35.00: split at 0:37.00"
    assert said(two, merge) == "Cry, infant, 0:35.00: merged from 2"


def test_a_comment_says_its_kind_its_words_and_what_became_of_it():
    first = remark("Is this a cry?")
    start = after(coding(), edits.PutComment(comment=first))
    there = start.comments[0]

    def put(**fields):
        return said(start, edits.PutComment(comment=replace(there, **fields)))

    assert said(coding(), edits.PutComment(comment=first)) == "Question: Is this a cry?"
    assert put(settled=True) == "Question: Is this a cry?, settled"
    assert put(answer="Yes") == "Question: Is this a cry?, answered"
    assert put(words="Is it?") == "Question: Is it?, changed"
    gone = edits.RemoveComment(comment=there.id)
    assert said(start, gone) == "Question: Is this a cry?, removed"


def test_a_settled_or_answered_comment_that_is_so_no_longer_says_so():
    start = after(coding(), edits.PutComment(comment=remark("?", settled=True, answer="Yes")))
    there = start.comments[0]
    opened = edits.PutComment(comment=replace(there, settled=False))
    blank = edits.PutComment(comment=replace(there, answer=""))
    assert said(start, opened).endswith(", open again")
    assert said(start, blank).endswith(", answer removed")


def test_several_comments_at_once_are_counted():
    asked = (remark("Is this a cry?"), remark("Near or far?", answer="near"))
    start = after(coding(), *(edits.PutComment(comment=one) for one in asked))

    def put(**fields):
        return said(
            start, edits.PutComments(comments=tuple(replace(c, **fields) for c in start.comments))
        )

    assert put(answer="yes") == "2 comments answered"
    assert put(settled=True) == "2 comments changed"
    assert put(answer="") == "2 comments changed"
    alone = edits.PutComments(comments=(replace(start.comments[0], answer="yes"),))
    assert said(start, alone) == "Question: Is this a cry?, answered"


def test_long_comments_are_cut_and_flags_need_no_words():
    long = said(coding(), edits.PutComment(comment=remark("word " * 40)))
    flag = said(coding(), edits.PutComment(comment=remark("", kind=CommentKind.FLAG)))
    assert long.endswith("…")
    assert len(long) < 60
    assert flag == "Flag"


def test_intervals_are_counted_from_one():
    mark_ = IntervalMark(episode="EP5", measure="crying", subject=INFANT, interval=2, seen=True)
    start = after(coding(), edits.MarkInterval(mark=mark_))
    one = edits.ClearIntervals(episode="EP5", measure="crying", subject=INFANT, interval=2)
    assert said(coding(), edits.MarkInterval(mark=mark_)) == "Crying EP5, interval 3: seen"
    not_seen = edits.MarkInterval(mark=replace(mark_, seen=False))
    assert said(start, not_seen) == "Crying EP5, interval 3: not seen"
    assert said(start, one) == "Crying EP5, interval 3 cleared"
    every = edits.ClearIntervals(episode="EP5", measure="crying", subject=INFANT)
    assert said(start, every) == "Crying EP5: all intervals cleared"


def test_intervals_marked_together_say_of_what_they_are():
    def marked(*measures: str, at: int = 2) -> edits.MarkIntervals:
        return edits.MarkIntervals(
            marks=tuple(
                IntervalMark(episode="EP5", measure=m, subject=INFANT, interval=at, seen=False)
                for m in measures
            )
        )

    two, four = ("crying", "oral_behaviour"), ("crying", "oral_behaviour", "looking_c", "looking_s")
    spread = edits.MarkIntervals(marks=(*marked("crying").marks, *marked("crying", at=3).marks))
    assert said(coding(), marked(*two)) == "Crying, Oral behaviour EP5, interval 3: not seen"
    assert said(coding(), marked(*four)) == "4 measures EP5, interval 3: not seen"
    assert said(coding(), spread) == "2 intervals coded directly"


def test_a_consensus_says_from_whom_it_is_drawn_and_how_each_item_was_settled():
    origin = Origin(coder="K1", file="a.sspc", head="0")
    begin = edits.BeginConsensus(
        first=origin,
        second=replace(origin, coder="K2"),
        tolerance_us=Micros(1_000_000),
        agreed=Agreed(events=after(coding(), CRY).events),
        comment=remark("drawn", kind=CommentKind.NOTE),
    )
    start = coding(role=CodingRole.CONSENSUS)
    assert said(start, begin) == "Consensus of K1 and K2 begun: 1 events, 0 ratings alike"
    settlement = Settlement(item="x", taken=SettledFor.FIRST, reason="seen", who="K1, K2")
    at = remark("K1: seen again", kind=CommentKind.NOTE, span=Span(start_us=s(35), end_us=s(35)))
    settle = edits.Settle(settlement=settlement, comment=at)
    assert said(start, settle) == "Settled at 0:35.00: K1: seen again (K1, K2)"
    rated = edits.Settle(
        settlement=settlement, comment=replace(at, span=None, slot="avo_c_8", words="K1: 4")
    )
    assert said(start, rated) == "Settled, AVO EP8: K1: 4 (K1, K2)"
    classed = edits.Settle(settlement=settlement, comment=replace(at, span=None))
    assert said(start, classed) == "Settled, class: K1: seen again (K1, K2)"
