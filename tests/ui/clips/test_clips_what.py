"""Choosing what becomes clips: episodes, events, a stretch."""

from dataclasses import replace

import pytest

from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import Micros, Span
from ssp_coder.formats.exportable import Exportable
from ssp_coder.ui.clips.what import EPISODES, EVENTS, STRETCH, WhatPanel
from tests.unit.reporting.clip_desk import demo_coded


@pytest.fixture
def panel(theme, qtbot, material):
    def make(**more):
        made = WhatPanel(theme, material(**more))
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def select(box, data):
    place = box.findData(data)
    assert place >= 0
    box.setCurrentIndex(place)


def with_running_event(count=1):
    """The reference with its last events not ended yet."""
    coded = demo_coded("reference")
    events = coded.coding.events
    running = tuple(replace(event, end_us=None) for event in events[-count:])
    coding = replace(coded.coding, events=(*events[:-count], *running))
    return Exportable(coding=coding, scheme=coded.scheme), running


class TestEpisodes:
    def test_the_episode_on_the_screen_is_chosen_at_first(self, panel):
        made = panel()
        assert made.kind.chosen() == EPISODES
        (wish,) = made.wishes()
        assert wish.span.start_us <= 60_000_000 < wish.span.end_us

    def test_all_none_and_this_one_are_one_press_each(self, panel):
        made = panel()
        coded = demo_coded("reference")
        spans = episode_spans(coded.coding, coded.scheme.procedure)
        made.episodes.every.click()
        assert [wish.span.start_us for wish in made.wishes()] == [s.start_us for s in spans]
        made.episodes.none.click()
        assert made.wishes() == ()
        made.episodes.this.click()
        assert len(made.wishes()) == 1

    def test_several_are_ticked_by_hand(self, panel):
        made = panel()
        boxes = list(made.episodes.boxes.values())
        boxes[0].click()
        boxes[7].click()
        assert len(made.wishes()) == 3

    def test_an_episode_that_is_not_marked_cannot_be_chosen(self, panel):
        made = panel(who="you")
        assert not any(box.isEnabled() for box in made.episodes.boxes.values())
        assert not made.episodes.every.isEnabled()
        assert not made.episodes.this.isEnabled()
        assert made.wishes() == ()

    def test_an_episode_without_an_end_says_so(self, panel):
        coded = demo_coded("reference")
        coding = replace(coded.coding, session_end=None)
        made = panel(coded=Exportable(coding=coding, scheme=coded.scheme))
        last = list(made.episodes.boxes.values())[-1]
        assert not last.isEnabled()
        assert last.accessibleDescription() == "end not marked"
        made.episodes.every.click()
        assert len(made.wishes()) == len(made.episodes.boxes) - 1

    def test_a_choice_is_told_once(self, panel, qtbot):
        made = panel()
        told = []
        made.changed.connect(lambda: told.append(True))
        made.episodes.every.click()
        assert told == [True]


class TestEvents:
    def test_events_selected_in_the_table_come_first(self, panel):
        events = demo_coded("reference").coding.events
        chosen = (events[3].id, events[9].id)
        made = panel(selected=chosen)
        assert made.kind.chosen() == EVENTS
        assert made.events.selected.isChecked()
        assert not made.events.code.isEnabled()
        assert [wish.moment_us for wish in made.wishes()] == [
            events[3].start_us,
            events[9].start_us,
        ]

    def test_without_a_selection_the_box_says_why_it_is_off(self, panel):
        made = panel()
        assert not made.events.selected.isEnabled()
        assert "No event is selected" in made.events.selected.toolTip()

    def test_every_event_of_the_coding(self, panel):
        made = panel()
        made.choose(EVENTS)
        assert len(made.wishes()) == len(demo_coded("reference").coding.events)

    def test_all_events_of_a_code(self, panel):
        events = demo_coded("reference").coding.events
        code = events[5].code
        made = panel()
        made.choose(EVENTS)
        select(made.events.code, code)
        assert {wish.code for wish in made.wishes()} == {code}
        assert len(made.wishes()) == sum(event.code == code for event in events)
        assert made.events.code.currentText().endswith(f"({len(made.wishes())})")

    def test_codes_that_were_not_used_are_not_offered(self, panel):
        made = panel()
        used = {event.code for event in demo_coded("reference").coding.events}
        offered = {made.events.code.itemData(row) for row in range(made.events.code.count())}
        assert offered - {""} == used

    def test_only_those_of_a_person_within_an_episode(self, panel):
        coded = demo_coded("reference")
        person = coded.scheme.procedure.focal_subject
        span = episode_spans(coded.coding, coded.scheme.procedure)[4]
        made = panel()
        made.choose(EVENTS)
        select(made.events.person, person)
        select(made.events.episode, span.plan.id)
        expected = [
            event.start_us
            for event in coded.coding.events
            if event.subject == person and span.holds(event.start_us)
        ]
        assert expected
        assert [wish.moment_us for wish in made.wishes()] == expected

    def test_margins_are_shown_before_and_after(self, panel):
        events = demo_coded("reference").coding.events
        made = panel(selected=(events[30].id,))
        made.events.before.set_text("1,5")
        made.events.after.set_text("0")
        (wish,) = made.wishes()
        assert wish.span.start_us == events[30].start_us - 1_500_000
        assert wish.span.end_us == events[30].end_us

    @pytest.mark.parametrize("typed", ["", "x", "-1", "1:00"])
    def test_a_margin_that_is_none_is_said_and_nothing_is_cut(self, panel, typed):
        made = panel()
        made.choose(EVENTS)
        made.events.before.set_text(typed)
        assert made.wishes() == ()
        assert "0 or more" in made.note()
        assert made.events.before.error()
        made.events.before.set_text("2")
        assert made.wishes()
        assert made.note() == ""

    @pytest.mark.parametrize(("count", "words"), [(1, "1 event has"), (3, "3 events have")])
    def test_events_without_an_end_are_left_out_and_told(self, panel, count, words):
        coded, running = with_running_event(count)
        made = panel(coded=coded)
        made.choose(EVENTS)
        assert len(made.wishes()) == len(coded.coding.events) - count
        assert words in made.note()
        assert not {wish.name for wish in made.wishes()} & {str(event.id) for event in running}


class TestStretch:
    def test_a_loop_comes_first_to_the_microsecond(self, panel):
        loop = Span(start_us=Micros(61_234_567), end_us=Micros(3_600_000_001))
        made = panel(loop=loop)
        assert made.kind.chosen() == STRETCH
        assert made.wishes()[0].span == loop

    def test_without_a_loop_ten_seconds_from_the_picture_on(self, panel):
        made = panel()
        made.choose(STRETCH)
        (wish,) = made.wishes()
        assert (wish.span.start_us, wish.span.length_us) == (60_000_000, 10_000_000)
        assert not made.stretch.loop.isEnabled()

    def test_times_are_typed(self, panel):
        made = panel()
        made.choose(STRETCH)
        made.stretch.start.set_text("1:02.5")
        made.stretch.end.set_text("0:01:04")
        (wish,) = made.wishes()
        assert (wish.span.start_us, wish.span.end_us) == (62_500_000, 64_000_000)

    @pytest.mark.parametrize(
        ("start", "end", "wrong"),
        [("", "9", "start"), ("5", "soon", "end"), ("5", "5", "end"), ("-1", "5", "start")],
    )
    def test_a_wrong_time_is_said_at_its_field(self, panel, start, end, wrong):
        made = panel()
        made.choose(STRETCH)
        made.stretch.start.set_text(start)
        made.stretch.end.set_text(end)
        assert made.wishes() == ()
        fields = {"start": made.stretch.start, "end": made.stretch.end}
        assert fields.pop(wrong).error()
        assert not fields.popitem()[1].error()

    def test_the_loop_and_the_picture_are_one_press_each(self, panel):
        loop = Span(start_us=Micros(1_000_000), end_us=Micros(2_000_000))
        made = panel(loop=loop)
        made.stretch.here.click()
        assert made.wishes()[0].span.start_us == 60_000_000
        made.stretch.loop.click()
        assert made.wishes()[0].span == loop
