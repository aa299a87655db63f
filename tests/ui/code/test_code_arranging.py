"""What is done on the timeline to the selected events becomes one edit, or a reason why not."""

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.coding import Comment, CommentId, CommentKind, EventId
from ssp_coder.domain.time import Span
from ssp_coder.editing.edits import (
    AddEvents,
    ChangeEvents,
    DeleteEvents,
    LockCoding,
    PutComment,
)
from ssp_coder.media.index import FrameIndex, KeyFrame
from ssp_coder.ui.code.arranging import Arranging
from ssp_coder.ui.code.copy_menu import CopyMenu, CopyTarget
from ssp_coder.ui.code.feed import targets_in
from ssp_coder.ui.code.table_filter import EventFilter
from tests.builders import CAREGIVER, INFANT, STRANGER, add, infant_scheme, s


class FilmDouble:
    """A film of 25 frames a second, given in hundredths of a second."""

    def __init__(self, hundredths):
        keys = (KeyFrame(ordinal=0, pts=0, dts=0),)
        self.index = FrameIndex(
            stamps=tuple(range(0, hundredths, 4)),
            time_base=Fraction(1, 100),
            last_ticks=4,
            keys=keys,
        )


HELD, FREE = "contact.held_by_c", "contact.not_held"
SMILE, LAUGH, KNOCK = "affect.smile", "affect.laugh", "adult_acts.signal"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def work(desk):
    """Three states that touch each other, two points of the infant, one of the caregiver."""
    edits = [add(code, at, end=at + 20) for code, at in ((FREE, 600), (HELD, 620), (FREE, 640))]
    edits += [add(SMILE, 605), add(LAUGH, 650), add(KNOCK, 630, CAREGIVER)]
    for edit in edits:
        assert desk.session.submit(edit)
    desk.at(630)
    desk.said = []
    desk.session.refused.connect(desk.said.append)
    return desk


@pytest.fixture
def choose(work):
    """Select events by their codes, as the timeline does; a number takes the second of them."""

    def do(*codes, nth=0):
        events = [[e for e in work.events if e.code == code][nth] for code in codes]
        work.page.timeline.set_selected(str(event.id) for event in events)
        work.page.timeline.tell_selected()
        return tuple(event.id for event in events)

    return do


@pytest.fixture
def arranging(work) -> Arranging:
    return work.page.line.arranging


def span(work, code, nth=0):
    event = [event for event in work.events if event.code == code][nth]
    return event.start_us / 1e6, None if event.end_us is None else event.end_us / 1e6


class TestSelection:
    def test_several_on_the_timeline_are_several_in_the_table(self, work, choose):
        ids = choose(SMILE, HELD)
        assert set(work.page.table.selected_events()) == set(ids)

    def test_several_in_the_table_are_several_on_the_timeline(self, work):
        work.select(0, 2, 3)
        chosen = {str(work.events[place].id) for place in (0, 2, 3)}
        assert work.page.timeline.selected() == chosen
        assert work.page.line.selected_events() == tuple(sorted(map(int, chosen)))

    def test_none_on_the_timeline_are_none_in_the_table(self, work, choose):
        choose(SMILE, HELD)
        work.page.timeline.set_selected(())
        work.page.timeline.tell_selected()
        assert work.page.table.selected_events() == ()

    def test_commands_walk_and_extend_through_the_lane(self, work, choose):
        choose(FREE)
        line = work.page.line
        line.select(1)
        assert line.selected_events() == (choose(HELD))
        line.select(1, extend=True)
        assert len(work.page.table.selected_events()) == 2
        line.select_more()
        assert len(line.selected_events()) == 3
        line.select_more()
        assert len(line.selected_events()) == len(work.events)


class TestHiddenFromTheList:
    @pytest.fixture
    def hidden(self, work, choose):
        """The state is selected on the timeline while the list shows points only."""
        work.page.events.show_only(EventFilter(codes=frozenset({SMILE})))
        (event,) = choose(HELD)
        assert work.page.table.selected_events() == ()
        return event

    def test_it_stays_selected_however_often_it_is_moved(self, work, hidden, arranging):
        for _ in range(3):
            arranging.move_frames(1)
        assert span(work, HELD)[0] == pytest.approx(620.12)
        assert work.page.line.selected_events() == (hidden,)

    def test_it_is_deleted_with_the_key_for_selected_events(self, work, hidden):
        work.page.delete_selected()
        assert hidden not in {event.id for event in work.events}
        assert work.page.line.selected_events() == ()


class TestMoving:
    def test_a_frame_later_takes_the_neighbours_edges_along(self, work, choose, arranging):
        choose(HELD)
        arranging.move_frames(1)
        assert span(work, FREE) == (600, 620.04)
        assert span(work, HELD) == (620.04, 640.04)
        assert span(work, FREE, 1) == (640.04, 660)

    def test_it_is_one_step_that_one_undo_takes_back(self, work, choose, arranging):
        before = work.events
        choose(HELD, SMILE, KNOCK)
        arranging.move_seconds(1)
        assert isinstance(work.session.document.history.step_to_undo().edit, ChangeEvents)
        assert (span(work, SMILE), span(work, KNOCK)) == ((606, 606), (631, 631))
        work.session.undo()
        assert work.events == before

    @pytest.mark.parametrize("step", ["move_frames", "move_seconds"])
    def test_at_the_beginning_nothing_moves_rather_than_become_shorter(
        self, work, choose, arranging, step
    ):
        work.session.submit(add(SMILE, 0))
        work.session.submit(add("distress.cry", 0.02, end=3))
        before = work.events
        choose(SMILE, HELD, "distress.cry")
        getattr(arranging, step)(-1)
        assert work.events == before
        assert work.said == ["The recording ends there; nothing was moved"]
        getattr(arranging, step)(1)
        assert span(work, HELD)[0] > 620

    def test_where_there_is_no_whole_second_left_nothing_moves(self, work, choose, arranging):
        work.session.submit(add("distress.cry", 0.6, end=3))
        choose("distress.cry")
        arranging.move_seconds(-1)
        assert span(work, "distress.cry") == (0.6, 3)
        assert work.said == ["The recording ends there; nothing was moved"]

    def test_a_state_at_the_end_of_the_video_does_not_become_shorter(
        self, work, choose, arranging, monkeypatch
    ):
        film = FilmDouble(hundredths=66_000)
        monkeypatch.setattr(work.stage.player.cameras[0], "_video", film)
        assert film.index.end_us == s(660)
        choose(FREE, nth=1)
        before = work.events
        arranging.move_frames(1)
        arranging.move_seconds(1)
        arranging.move_end(1)
        assert work.events == before
        assert len(work.said) == 3
        arranging.move_seconds(-1)
        assert span(work, FREE, 1) == (639, 659)

    def test_points_and_open_states_have_no_end_that_could_hold_them(self, work, choose, arranging):
        choose(SMILE, HELD)
        arranging.move_end(1)
        assert span(work, HELD) == (620, 640.04)
        assert work.said == []

    def test_edges_move_by_a_frame_on_their_own(self, work, choose, arranging):
        choose(HELD)
        arranging.move_start(-1)
        arranging.move_end(1)
        assert span(work, HELD) == (619.96, 640.04)

    def test_edges_come_to_the_frame_on_the_screen(self, work, choose, arranging):
        choose(HELD)
        arranging.start_here()
        assert span(work, HELD) == (630, 640)
        work.at(635)
        arranging.end_here()
        assert span(work, HELD) == (630, 635)
        event = next(event for event in work.events if event.code == HELD)
        assert (event.start_frame, event.end_frame) == (15_750, 15_875)

    def test_what_cannot_be_is_refused_in_words_and_nothing_moves(self, work, choose, arranging):
        before = work.events
        choose(HELD)
        work.at(600)
        arranging.end_here()
        assert work.events == before
        assert "ends before it starts" in work.said[-1]

    @pytest.mark.parametrize("act", ["move_frames", "move_seconds", "move_start", "move_end"])
    def test_without_a_selection_it_says_what_to_do(self, work, arranging, act):
        getattr(arranging, act)(1)
        assert work.said == ["Select the events to move first"]

    def test_a_locked_coding_moves_nothing(self, work, choose, arranging):
        choose(HELD)
        work.session.submit(LockCoding())
        before = work.events
        arranging.move_frames(1)
        assert work.events == before
        assert "locked" in work.said[-1]
        assert not work.page.timeline.may_edit(work.page.timeline.marks.get(str(before[0].id)))

    def test_a_drag_with_snapping_ends_on_frames(self, work, choose):
        (event,) = choose(SMILE)
        work.page.timeline.marks_moved.emit((str(event),), 1_234_567)
        assert span(work, SMILE)[0] * 1e6 == pytest.approx(s(605) + 1_234_567)


class TestSplitAndMerge:
    def test_the_state_is_split_at_the_frame_on_the_screen(self, work, choose, arranging):
        choose(HELD)
        arranging.split()
        assert (span(work, HELD), span(work, HELD, 1)) == ((620, 630), (630, 640))
        assert work.page.table.selected_events()

    def test_of_several_selected_the_one_that_runs_is_split(self, work, choose, arranging):
        choose(FREE, HELD, SMILE)
        arranging.split()
        assert span(work, HELD, 1) == (630, 640)

    def test_where_none_runs_it_says_so(self, work, choose, arranging):
        choose(FREE)
        arranging.split()
        assert work.said == ["Select a state that runs at this frame to split it"]

    def test_where_two_run_it_asks_which(self, work, choose, arranging):
        work.session.submit(add("distress.cry", 620, end=640))
        choose(HELD, "distress.cry")
        arranging.split()
        assert work.said == ["Several selected states run here; select the one to split"]

    def test_what_was_split_is_merged_again(self, work, choose, arranging):
        choose(HELD)
        arranging.split()
        halves = [event.id for event in work.events if event.code == HELD]
        work.page.timeline.set_selected(map(str, halves))
        arranging.merge()
        assert span(work, HELD) == (620, 640)

    def test_states_of_two_codes_are_not_merged(self, work, choose, arranging):
        choose(FREE, HELD)
        arranging.merge()
        assert "same code" in work.said[-1]

    def test_one_alone_is_not_merged(self, work, choose, arranging):
        choose(HELD)
        arranging.merge()
        assert work.said == ["Select two states or more of one code to merge them"]


class TestCopies:
    def trigger(self, menu, target):
        action = next(a for a, held in menu._targets.items() if held == target)
        action.trigger()

    def test_the_choice_offers_persons_and_codes_and_copies(self, work, choose, arranging):
        choose(KNOCK)
        arranging.ask_where_to_copy(QPoint(0, 0))
        arranging.menu.close()
        self.trigger(arranging.menu, CopyTarget(subject=STRANGER))
        copies = [event for event in work.events if event.code == KNOCK]
        assert [event.subject for event in copies] == [CAREGIVER, STRANGER]
        assert copies[0].start_us == copies[1].start_us
        assert isinstance(work.session.document.history.step_to_undo().edit, AddEvents)

    def test_the_copies_are_selected_then(self, work, choose, arranging):
        ids = choose(SMILE)
        arranging.copy(ids, CopyTarget(code="affect.vocalise"), arranging.frames.place)
        new = next(event for event in work.events if event.code == "affect.vocalise")
        assert work.page.line.selected_events() == (new.id,)
        assert work.page.table.selected_events() == (new.id,)

    def test_a_second_choice_takes_the_place_of_the_first(self, work, choose, arranging):
        choose(SMILE)
        for _ in range(2):
            arranging.ask_where_to_copy(QPoint(0, 0))
            arranging.menu.close()
        assert arranging.menu.targets()

    def test_without_a_selection_or_a_target_it_says_so(self, work, choose, arranging):
        arranging.ask_where_to_copy(QPoint(0, 0))
        choose(SMILE, HELD, KNOCK)
        arranging.ask_where_to_copy(QPoint(0, 0))
        assert work.said == [
            "Select the events to copy first",
            "The scheme offers no other person or code for these events",
        ]

    def test_dropped_on_another_persons_lane_the_code_stays(self, work, choose):
        ids = choose(KNOCK)
        marks = tuple(map(str, ids))
        work.page.timeline.marks_copied.emit(marks, s(2), f"acts/{STRANGER}")
        copies = [event for event in work.events if event.code == KNOCK]
        assert [(e.subject, e.start_us) for e in copies] == [
            (CAREGIVER, s(630)),
            (STRANGER, s(632)),
        ]

    def test_dropped_in_its_own_lane_it_lies_at_another_time(self, work, choose):
        (event,) = choose(SMILE)
        work.page.timeline.marks_copied.emit((str(event),), s(2), f"acts/{INFANT}")
        assert (span(work, SMILE), span(work, SMILE, 1)) == ((605, 605), (607, 607))

    def test_dropped_on_a_lane_of_other_codes_a_choice_opens(self, work, choose, arranging):
        (event,) = choose(HELD)
        work.page.timeline.marks_copied.emit((str(event),), 0, f"distress/{INFANT}")
        arranging.menu.close()
        codes = {target.code for target in arranging.menu.targets()}
        assert codes == {code.id for code in infant_scheme().ethogram.group("distress").codes}
        self.trigger(arranging.menu, CopyTarget(code="distress.cry", subject=INFANT))
        assert span(work, "distress.cry") == span(work, HELD)

    def test_a_lane_without_such_codes_takes_none(self, work, choose):
        (event,) = choose(SMILE)
        before = work.events
        for lane in (f"distress/{INFANT}", "overview/sound"):
            work.page.timeline.marks_copied.emit((str(event),), 0, lane)
        assert work.said == ["This lane takes no copies of these events"] * 2
        assert work.events == before

    def test_a_copy_onto_itself_in_an_exclusive_group_is_refused(self, work, choose):
        (event,) = choose(HELD)
        before = work.events
        work.page.timeline.marks_copied.emit((str(event),), s(1), f"contact/{INFANT}")
        assert "overlaps" in work.said[-1]
        assert work.events == before


class TestTargets:
    def test_no_events_have_no_targets(self):
        assert targets_in(f"acts/{INFANT}", (), infant_scheme()).subject is None

    def test_every_choice_has_words(self, work, qtbot):
        menu = CopyMenu(infant_scheme())
        qtbot.addWidget(menu)
        assert menu.offer((work.events[0],))
        assert all(action.text() or action.isSeparator() for action in menu.actions())
        assert menu.accessibleName() == "Copy to"


class TestDelete:
    def test_delete_on_the_timeline_deletes_what_is_selected(self, work, choose, qtbot):
        ids = choose(SMILE, KNOCK)
        qtbot.keyClick(work.page.timeline, Qt.Key.Key_Delete)
        assert not {event.id for event in work.events} & set(ids)
        work.session.undo()
        assert {event.id for event in work.events} >= set(ids)


def test_a_real_drag_of_two_selected_events_moves_both(work, choose, qtbot):
    choose(SMILE, LAUGH)
    timeline = work.page.timeline
    timeline.show_selection()
    mark = timeline.marks.get(str(next(e.id for e in work.events if e.code == SMILE)))
    y = timeline.layout_now().lane_rect(mark.lane).center().y()
    start = QPoint(timeline.scale_now().x_of(mark.start_us), y)
    qtbot.mousePress(timeline, LEFT, pos=start)
    for step in (20, 60, 90):
        qtbot.mouseMove(timeline, start + QPoint(step, 0))
    qtbot.mouseRelease(timeline, LEFT, pos=start + QPoint(90, 0))
    smile, laugh = span(work, SMILE)[0] - 605, span(work, LAUGH)[0] - 650
    assert smile == pytest.approx(laugh)
    assert smile > 1


def test_undo_while_an_edge_is_dragged_ends_the_drag(work):
    timeline = work.page.timeline
    timeline.zoom_to(Span(start_us=s(590), end_us=s(670)))
    event = next(event for event in work.events if event.code == LAUGH)
    rect = timeline.layout_now().lane_rect(timeline.marks.get(str(event.id)).lane)
    edge = QPoint(timeline.scale_now().x_of(event.start_us), rect.center().y())
    QTest.mousePress(timeline, LEFT, Qt.KeyboardModifier.NoModifier, edge)
    QTest.mouseMove(timeline, edge + QPoint(30, 0))
    assert timeline.is_dragging()
    work.session.submit(DeleteEvents(events=(event.id,)))
    QTest.mouseRelease(timeline, LEFT, Qt.KeyboardModifier.NoModifier, edge + QPoint(30, 0))
    assert LAUGH not in {event.code for event in work.events}
    assert timeline.selected() == frozenset()


class TestCommentsOnTheTimeline:
    def put(self, work, kind=CommentKind.QUESTION, **fields):
        given = {"id": CommentId(0), "kind": kind, "words": "a smile?"} | fields
        assert work.session.submit(PutComment(comment=Comment(**given)))
        return work.session.coding.comments[-1]

    def signs(self, work):
        return [(r.time_us / 1e6, r.sign) for r in work.page.timeline.scene.remarks]

    def test_those_on_moments_have_a_sign_of_their_kind(self, work):
        self.put(work, span=Span(start_us=s(700), end_us=s(710)))
        self.put(work, CommentKind.FLAG, span=Span(start_us=s(5), end_us=s(5)))
        self.put(work, CommentKind.NOTE)
        assert self.signs(work) == [(5, "flag"), (700, "question")]
        assert "a smile?" in work.page.timeline.scene.remarks[1].words
        work.session.undo()
        work.session.undo()
        assert self.signs(work) == [(700, "question")]

    def test_a_sign_follows_its_event_and_stays_where_a_deleted_one_was(
        self, work, choose, arranging
    ):
        (event,) = choose(SMILE)
        self.put(work, event=EventId(event), span=Span(start_us=s(605), end_us=s(605)))
        arranging.move_seconds(1)
        assert self.signs(work) == [(606, "question")]
        work.session.submit(DeleteEvents(events=(event,)))
        assert self.signs(work) == [(605, "question")]
        assert "deleted" in work.page.timeline.scene.remarks[0].words

    def test_a_settled_one_leaves_the_ruler(self, work):
        made = self.put(work, span=Span(start_us=s(700), end_us=s(700)))
        work.session.submit(PutComment(comment=replace(made, settled=True)))
        assert self.signs(work) == []

    def test_an_opened_coding_shows_them_at_once(self, work):
        self.put(work, span=Span(start_us=s(700), end_us=s(700)))
        work.page.timeline.set_remarks(())
        work.page.refresh()
        assert self.signs(work) == [(700, "question")]
