from __future__ import annotations

import tomllib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.agreement.compare import compare
from ssp_coder.demonstration.story import demonstration_folder
from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import LockCoding
from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.ui.compare.page import ComparePage
from ssp_coder.ui.compare.reference import Concern, concerns_of, load_reference
from ssp_coder.ui.compare.summary import signed
from ssp_coder.ui.compare.work import told_by_both
from ssp_coder.ui.pairs.items import ItemOrder, PairKind, kind_words, sorted_items
from ssp_coder.ui.pairs.lanes import PairWords, lane_pairs, mark_ids, pair_marks
from ssp_coder.ui.pairs.making import items_of_disagreements
from tests.builders import coding, infant_scheme
from tests.ui.demo_codings import demo_coding, demo_file, demo_scheme, demo_session
from tests.ui.pages import session_of

WORDS = PairWords(own="you", reference="ref.", acts="{0} acts")


@pytest.fixture
def page(theme, qtbot):
    made = ComparePage(theme, demo_session("trainee"))
    made.session = made._session
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    return made


def idle(page, qtbot):
    qtbot.waitUntil(lambda: page._work._work is None, timeout=20_000)


def compared(page, path, qtbot):
    page.open_reference(path)
    idle(page, qtbot)
    if page.bar.anyway.isVisible():
        page.bar.anyway.click()
        idle(page, qtbot)


def rows_now(tolerance=1_000_000):
    own, reference, scheme = demo_coding("trainee"), demo_coding("reference"), demo_scheme()
    whole = compare(own, reference, scheme, tolerance_us=Micros(tolerance))
    return items_of_disagreements(told_by_both(whole, own, reference, scheme), scheme)


def test_without_a_reference_the_page_says_what_to_do(page):
    assert page.empty.isVisible()
    assert not page.summary.isEnabled()


def test_an_unlocked_coding_is_warned_and_compared_only_when_asked(page, qtbot, tmp_path):
    page.open_reference(demo_file(tmp_path, "reference"))
    idle(page, qtbot)
    assert page.bar.anyway.isVisible()
    assert page.empty.isVisible()
    assert "no longer independent" in page.bar._concern.text()
    page.bar.anyway.click()
    idle(page, qtbot)
    assert not page.empty.isVisible()


def test_a_locked_coding_is_compared_at_once(theme, qtbot, tmp_path):
    session = demo_session("trainee")
    session.submit(LockCoding())
    page = ComparePage(theme, session)
    qtbot.addWidget(page)
    page.show()
    page.open_reference(demo_file(tmp_path, "reference"))
    idle(page, qtbot)
    assert len(page.review.choice.list.items) > 0
    assert not page.bar.anyway.isVisible()


def test_the_planted_differences_are_found_and_no_other(page, qtbot, tmp_path):
    compared(page, demo_file(tmp_path, "reference"), qtbot)
    planted = tomllib.loads((demonstration_folder() / "differences.toml").read_text("utf-8"))
    expected = {
        PairKind.MISSED: 0,
        PairKind.EXTRA: 0,
        PairKind.OTHER_CODE: 0,
    }
    for difference in planted["events"]:
        if difference["kind"] == "missed":
            expected[PairKind.MISSED] += 1
        elif difference["kind"] == "false_alarm":
            expected[PairKind.EXTRA] += 1
        elif difference["kind"] == "wrong_code":
            expected[PairKind.OTHER_CODE] += 1
        elif difference["lag_s"] > 1.0:
            # Later than the tolerance: missed in its place and not in the reference where it is.
            expected[PairKind.MISSED] += 1
            expected[PairKind.EXTRA] += 1
    found = dict.fromkeys(expected, 0)
    for row in page.review.choice.list.items:
        if row.events:
            found[row.kind] = found.get(row.kind, 0) + 1
    assert found == expected


def test_a_wider_tolerance_takes_the_late_one_for_the_same(page, qtbot, tmp_path):
    compared(page, demo_file(tmp_path, "reference"), qtbot)
    before = len(page.review.choice.list.items)
    page.bar.tolerance.edit.setText("3")
    QTest.keyClick(page.bar.tolerance.edit, Qt.Key.Key_Return)
    idle(page, qtbot)
    assert len(page.review.choice.list.items) < before
    assert page.bar.tolerance_us == 3_000_000


@pytest.mark.parametrize("text", ["", "soon", "-1", "1e9", "61000"])
def test_an_impossible_tolerance_is_refused_at_the_field(page, text):
    page.bar.tolerance.edit.setText(text)
    QTest.keyClick(page.bar.tolerance.edit, Qt.Key.Key_Return)
    assert page.bar.tolerance.error()
    assert page.bar.tolerance_us == 1_000_000


def test_a_row_jumps_to_two_seconds_before_its_moment(page, qtbot, tmp_path):
    compared(page, demo_file(tmp_path, "reference"), qtbot)
    row = page.review.choice.list.items[0]
    with qtbot.waitSignal(page.session.clip_requested) as asked:
        page.review.choose(row.id)
    span = asked.args[0]
    assert (span.start_us, span.end_us) == (row.at_us - 2_000_000, row.at_us + 3_000_000)
    assert page.review.timeline.selected() == mark_ids(row)


def test_enter_in_the_list_jumps_too(page, qtbot, tmp_path):
    compared(page, demo_file(tmp_path, "reference"), qtbot)
    page.review.choice.list.setCurrentIndex(page.review.choice.list.model().index(1, 0))
    with qtbot.waitSignal(page.session.clip_requested) as asked:
        QTest.keyClick(page.review.choice.list, Qt.Key.Key_Return)
    wanted = max(0, page.review.choice.list.items[1].at_us - 2_000_000)
    assert asked.args[0].start_us == wanted


def test_rows_can_be_read_by_time_and_by_kind(page, qtbot, tmp_path):
    compared(page, demo_file(tmp_path, "reference"), qtbot)
    times = [row.at_us for row in page.review.choice.list.items if row.at_us is not None]
    assert times == sorted(times)
    page.review.choice.show_order(ItemOrder.KIND)
    signs = [row.kind for row in page.review.choice.list.items]
    assert signs != [row.kind for row in rows_now()] or signs == sorted(signs, key=signs.index)
    assert len(set(signs)) == sum(
        1 for place, sign in enumerate(signs) if place == 0 or sign is not signs[place - 1]
    )


def test_every_difference_has_words_for_both_sides():
    for row in rows_now():
        assert row.own
        assert row.reference
        assert row.own != row.reference


def test_signs_have_words_of_their_own():
    assert len({kind_words(kind) for kind in PairKind}) == len(PairKind)


def test_sorting_keeps_every_row():
    rows = rows_now()
    assert set(sorted_items(rows, ItemOrder.KIND)) == set(rows)


def test_a_timeline_csv_serves_as_a_reference(page, qtbot, tmp_path):
    entry = Exportable(coding=demo_coding("reference"), scheme=demo_scheme())
    written = export_codings((entry,), tmp_path)
    events = next(path for path in written if path.name.endswith("_events.csv"))
    compared(page, events, qtbot)
    assert len(page.review.choice.list.items) == sum(1 for row in rows_now() if row.events)


def test_a_file_that_is_no_reference_is_said_in_words(page, qtbot, tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("not,a,timeline\n1,2,3\n")
    page.open_reference(path)
    idle(page, qtbot)
    assert "notes.csv" in page.bar._trouble.text()
    assert page.empty.isVisible()


def test_another_session_is_compared_only_when_confirmed(tmp_path):
    reference = load_reference(
        demo_file(tmp_path, "reference"), demo_coding("trainee"), demo_scheme()
    )
    other = coding(session="S999")
    assert Concern.OTHER_SESSION in concerns_of(other, demo_scheme(), reference)
    assert Concern.OTHER_SESSION not in concerns_of(
        demo_coding("trainee"), demo_scheme(), reference
    )


def test_another_scheme_is_named(tmp_path):
    reference = load_reference(
        demo_file(tmp_path, "reference"), demo_coding("trainee"), demo_scheme()
    )
    concerns = concerns_of(demo_coding("trainee"), infant_scheme(), reference)
    assert Concern.OTHER_SCHEME in concerns


def test_a_reference_can_be_chosen_in_a_dialog(page, qtbot, tmp_path, monkeypatch):
    path = demo_file(tmp_path, "reference")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    words, act = page.main_action()
    act()
    idle(page, qtbot)
    assert words
    assert "reference.sspc" in page.bar._names.text()


def cells(table):
    return [
        [
            "" if table.item(row, column) is None else table.item(row, column).text()
            for column in range(table.columnCount())
        ]
        for row in range(table.rowCount())
    ]


def test_numbers_are_shown_by_code_episode_rating_and_class(page, qtbot, tmp_path):
    compared(page, demo_file(tmp_path, "reference"), qtbot)
    assert page.summary.isEnabled()
    codes = cells(page.summary.codes)
    assert sum(int(row[1]) for row in codes) == len(demo_coding("reference").events)
    assert sum(int(row[2]) for row in codes) == len(demo_coding("trainee").events)
    episodes = " ".join(row[0] for row in cells(page.summary.episodes))
    assert all(f"EP{number}" in episodes for number in range(1, 9))
    differing = [row for row in cells(page.summary.ratings) if any("1" in c for c in row[3:])]
    assert len(differing) >= 2
    classes = " ".join(" ".join(row) for row in cells(page.summary.classes))
    assert "B3" in classes
    assert "B4" in classes


@pytest.mark.parametrize("name", ["codes", "episodes", "ratings", "classes"])
def test_one_table_stands_in_front(page, qtbot, tmp_path, name):
    compared(page, demo_file(tmp_path, "reference"), qtbot)
    page.summary.chooser.part(name).click()
    assert getattr(page.summary, name).isVisible()


def test_edits_after_a_comparison_bring_it_up_to_date(page, qtbot, tmp_path):
    compared(page, demo_file(tmp_path, "reference"), qtbot)
    before = len(page.review.choice.list.items)
    from ssp_coder.editing.edits import DeleteEvents

    extra = next(row for row in page.review.choice.list.items if row.kind is PairKind.EXTRA)
    page.session.submit(DeleteEvents(events=(extra.events[0].id,)))
    idle(page, qtbot)
    qtbot.waitUntil(lambda: len(page.review.choice.list.items) == before - 1, timeout=10_000)


def test_lanes_stand_in_pairs_and_hold_every_mark():
    own, reference, scheme = demo_coding("trainee"), demo_coding("reference"), demo_scheme()
    lanes = [lane.id for lane in lane_pairs(own, reference, scheme, frozenset(), WORDS)]
    sides = [lane.split("/", 1)[0] for lane in lanes]
    assert sides == ["reference", "own"] * (len(lanes) // 2)
    marks = pair_marks(own, reference, scheme)
    assert len(marks) == len(own.events) + len(reference.events)
    assert len({mark.id for mark in marks}) == len(marks)
    assert {mark.lane for mark in marks} <= set(lanes)


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [(0.6, 2, "+0.60"), (-0.6, 1, "\N{MINUS SIGN}0.6"), (1, 0, "+1"), (0, 0, "0")],
)
def test_differences_carry_their_sign(value, digits, words):
    assert signed(value, digits) == words


def test_leaving_the_page_while_it_works_leaves_nothing_running(theme, qtbot, tmp_path):
    page = ComparePage(theme, session_of())
    qtbot.addWidget(page)
    page.show()
    page.open_reference(demo_file(tmp_path, "reference"))
    page._work.stop()
    assert page._work._work is None
