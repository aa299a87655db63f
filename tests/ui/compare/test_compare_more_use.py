"""Holding codings against each other over an afternoon: other files, edits, locks, German."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Classification, CodingRole, EventId
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.editing.edits import ChangeEvent, Classify, DeleteEvents, UnlockCoding
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.compare.page import ComparePage
from ssp_coder.ui.compare.reference import Reference
from ssp_coder.ui.compare.summary import DASH, MINUS
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.pairs.items import PairKind
from tests.agreement_codings import coded_twice
from tests.builders import add, after, coding, infant_scheme, rate, s, with_episodes
from tests.ui.pages import session_of

SCHEME = infant_scheme()
OWN = (
    add("distress.fuss", 5, end=9),
    add("distress.cry", 20, end=24),
    add("distress.fuss", 40, end=44),
    add("seeking.reach", 60),
)
REFERENCE = (
    add("distress.cry", 5, end=9),
    add("distress.cry", 20, end=24),
    add("distress.fuss", 40, end=44),
    add("seeking.reach", 60),
)


@pytest.fixture
def german(qapp):
    SPOKEN.speak("de")
    yield
    SPOKEN.speak("en")


@pytest.fixture
def file_of(tmp_path):
    """Writes a coding as a file and says where it is."""

    def write(value, scheme=SCHEME, name=""):
        path = tmp_path / f"{name or value.coder}.sspc"
        create(path, coding=value, scheme=scheme, who=value.coder).close()
        return path

    return write


@pytest.fixture
def page_of(theme, qtbot):
    """Opens the page of a coding."""

    def make(value):
        session = session_of(value)
        made = ComparePage(theme, session)
        made.session = session
        qtbot.addWidget(made)
        made.resize(1180, 760)
        made.show()
        return made

    return make


@pytest.fixture
def settled(qtbot):
    """Waits until nothing is read or compared any more."""

    def wait(page):
        qtbot.waitUntil(lambda: page._work._work is None, timeout=20_000)
        QApplication.processEvents()
        return page

    return wait


@pytest.fixture
def opened(page_of, file_of, settled):
    """A page on which an editable coding of two was compared with a reference, nothing asked."""

    def open_pair(own=OWN, reference=REFERENCE):
        page = page_of(after(coding(role=CodingRole.CONSENSUS), *own))
        page.open_reference(file_of(after(coding(coder="ref"), *reference)))
        return settled(page)

    return open_pair


def locked(*edits):
    return replace(after(coding(), *edits), locked=True)


def kinds(page):
    return [item.kind for item in page.review.items]


def rows_of(table):
    columns = range(table.columnCount())
    return [[table.item(row, column).text() for column in columns] for row in
            range(table.rowCount())]  # fmt: skip


def type_tolerance(page, text):
    page.bar.tolerance.edit.setText(text)
    QTest.keyClick(page.bar.tolerance.edit, Qt.Key.Key_Return)


def corrected(page):
    """Give the first event the code that the reference has."""
    first = page.session.coding.events[0]
    assert page.session.submit(ChangeEvent(event=replace(first, code=CodeId("distress.cry"))))


class TestReferences:
    def test_oneself_as_the_reference_is_perfect(self, page_of, file_of, settled):
        own = locked(*OWN)
        page = page_of(own)
        page.open_reference(file_of(own))
        settled(page)
        assert page.review.items == ()
        assert "Agreement 1.00, n = 8." in page.bar._overall.text()
        assert page.review.choice.note() == "0"

    def test_another_reference_takes_the_place_of_the_first(self, opened, file_of, settled):
        page = opened()
        page.open_reference(file_of(after(coding(coder="third"), *OWN)))
        settled(page)
        assert "by third" in page.bar._names.text()
        assert page.review.items == ()

    def test_a_reference_chosen_while_something_is_compared_is_not_forgotten(
        self, opened, file_of, settled
    ):
        page = opened()
        page.open_reference(file_of(after(coding(coder="third"), *OWN)))
        type_tolerance(page, "2")
        settled(page)
        assert "by third" in page.bar._names.text()
        assert page.review.items == ()
        assert page._compared.comparison.tolerance_us == s(2)

    def test_what_was_under_way_is_not_shown_as_that_of_a_doubtful_reference(
        self, opened, file_of, settled
    ):
        page = opened()
        page.open_reference(file_of(after(coding(session="S777", coder="third"), *OWN)))
        type_tolerance(page, "2")
        settled(page)
        assert "S777" in page.bar._concern.text()
        assert page.empty.isVisible()
        assert not page.review.lanes.isVisible()
        assert not page.summary.isEnabled()

    def test_a_wrong_file_leaves_the_comparison_and_its_tolerance_as_they_were_wished(
        self, opened, tmp_path, settled
    ):
        page = opened()
        page.open_reference(tmp_path / "gone.sspc")
        type_tolerance(page, "2")
        settled(page)
        assert "no such file" in page.bar._trouble.text()
        assert "by ref" in page.bar._names.text()
        assert page._compared.comparison.tolerance_us == s(2)
        assert kinds(page) == [PairKind.OTHER_CODE]

    def test_trouble_with_a_file_is_gone_with_the_next_one(
        self, opened, tmp_path, file_of, settled
    ):
        page = opened()
        page.open_reference(tmp_path / "gone.sspc")
        settled(page)
        page.open_reference(file_of(after(coding(coder="third"), *OWN)))
        settled(page)
        assert not page.bar._trouble.text()

    def test_codes_that_this_scheme_does_not_know_are_named_and_nothing_is_shown(
        self, page_of, file_of, settled
    ):
        group = SCHEME.ethogram.groups[1]
        strange = replace(group.codes[0], id=CodeId("distress.howl"), name="howl")
        other = replace(group, codes=(*group.codes, strange))
        ethogram = replace(
            SCHEME.ethogram,
            groups=tuple(other if one is group else one for one in SCHEME.ethogram.groups),
        )
        scheme = replace(SCHEME, ethogram=ethogram, sha256="0" * 64)
        howling = after(coding(coder="ref"), add("distress.howl", 5, end=9), scheme=scheme)
        page = page_of(coding(locked=True))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                "ssp_coder.ui.compare.work.load_reference",
                lambda path, *_: _reference(path, howling, scheme),
            )
            page.open_reference(file_of(coding(coder="any")))
            settled(page)
        assert "distress.howl" in page.bar._trouble.text()
        assert page.empty.isVisible()

    def test_another_form_of_the_instrument_is_compared_and_named(self, page_of, file_of, settled):
        short = load_scheme("infant-short")
        page = page_of(locked(*OWN))
        page.open_reference(file_of(after(coding(coder="ref"), *REFERENCE), short))
        settled(page)
        assert f"{short.id} {short.version}" in page.bar._concern.text()
        assert kinds(page) == [PairKind.OTHER_CODE]


def _reference(path, value, scheme):
    return Reference(file=path.name, coding=value, scheme_sha256=scheme.sha256, scheme_words="x")


class TestEdits:
    def test_what_is_put_right_leaves_the_list_and_undo_brings_it_back(self, opened, settled):
        page = opened()
        corrected(page)
        settled(page)
        assert page.review.items == ()
        page.session.undo()
        settled(page)
        assert kinds(page) == [PairKind.OTHER_CODE]

    def test_a_cell_that_is_empty_by_now_is_not_chosen_any_more(self, opened, settled):
        page = opened()
        page.summary.show_table("matrix")
        grid = page.review.matrices.grid
        place = next(at for at in grid.matrix.counts if at[0] != at[1])
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell_rect(place).center())
        assert page.review.choice.cell is not None
        corrected(page)
        settled(page)
        assert (grid.chosen, page.review.choice.cell) == (None, None)
        assert not grid.wants_escape
        assert not page.review.choice.is_filtered

    def test_a_cell_that_still_holds_something_stays_chosen(self, opened, settled):
        page = opened()
        page.summary.show_table("matrix")
        grid = page.review.matrices.grid
        place = next(at for at in grid.matrix.counts if at[0] != at[1])
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell_rect(place).center())
        page.session.submit(DeleteEvents(events=(EventId(4),)))
        settled(page)
        assert grid.chosen == place
        assert [item.kind for item in page.review.choice.list.items] == [PairKind.OTHER_CODE]

    def test_filters_and_order_outlive_an_edit(self, opened, settled):
        page = opened(own=(*OWN, add("seeking.lean", 80)))
        choice = page.review.choice
        choice.order.setCurrentIndex(2)
        choice.kinds.chip(PairKind.EXTRA).click()
        page.session.submit(add("seeking.lean", 90))
        settled(page)
        assert choice.order.currentIndex() == 2
        assert [item.kind for item in choice.list.items] == [PairKind.EXTRA] * 2
        assert choice.note() == "2 of 3"

    def test_the_keyboard_stays_where_somebody_works(self, opened, settled):
        page = opened()
        page.bar.tolerance.edit.setFocus()
        corrected(page)
        settled(page)
        assert QApplication.focusWidget() is page.bar.tolerance.edit

    def test_edits_that_do_not_touch_what_is_compared_compare_nothing(self, opened, settled):
        page = opened()
        before = page._compared
        page.session.submit(rate("cm_c_8", 4))
        settled(page)
        assert page._compared is not before
        shown = page._compared
        page.session.keymap_changed.emit()
        settled(page)
        assert page._compared is shown

    def test_unlocking_asks_again_before_it_compares(self, page_of, file_of, settled):
        page = page_of(locked(*OWN))
        page.open_reference(file_of(after(coding(coder="ref"), *REFERENCE)))
        settled(page)
        assert kinds(page) == [PairKind.OTHER_CODE]
        page.session.submit(UnlockCoding(reason="one more look"))
        settled(page)
        assert page.bar.anyway.isVisible()
        assert page.empty.isVisible()
        page.bar.anyway.click()
        settled(page)
        assert not page.empty.isVisible()

    def test_unlocking_while_it_compares_shows_nothing_before_the_answer(
        self, page_of, file_of, settled
    ):
        page = page_of(locked(*OWN))
        page.open_reference(file_of(after(coding(coder="ref"), *REFERENCE)))
        settled(page)
        type_tolerance(page, "2")
        page.session.submit(UnlockCoding(reason="one more look"))
        settled(page)
        assert page.empty.isVisible()
        assert not page.bar._overall.text()

    def test_who_agreed_once_is_not_asked_with_every_edit(self, page_of, file_of, settled):
        page = page_of(after(coding(), *OWN))
        page.open_reference(file_of(after(coding(coder="ref"), *REFERENCE)))
        settled(page)
        page.bar.anyway.click()
        settled(page)
        corrected(page)
        settled(page)
        assert not page.bar.anyway.isVisible()
        assert page.review.items == ()


class TestTolerance:
    @pytest.mark.parametrize(
        ("text", "wanted"), [("0", 0), (" 1,5 ", 1.5), ("60", 60), ("0.0400", 0.04)], ids=str
    )
    def test_seconds_are_taken_as_people_write_them(self, page_of, text, wanted):
        page = page_of(coding())
        type_tolerance(page, text)
        assert (page.bar.tolerance.error(), page.bar.tolerance_us) == ("", s(wanted))

    @pytest.mark.parametrize("text", ["60.1", "nan", "inf", "1:30", "1;5", "-0.1"], ids=str)
    def test_what_is_no_tolerance_changes_nothing(self, opened, settled, text):
        page = opened()
        before = page._compared
        type_tolerance(page, text)
        settled(page)
        assert page.bar.tolerance.error() == "0 to 60 s"
        assert page._compared is before

    def test_an_error_goes_with_the_next_right_number(self, page_of):
        page = page_of(coding())
        type_tolerance(page, "soon")
        type_tolerance(page, "1")
        assert not page.bar.tolerance.error()

    def test_the_projects_default_is_named_only_while_it_is_used(self, page_of):
        page = page_of(coding())
        type_tolerance(page, "2")
        assert "default" not in page.bar._default.text()
        type_tolerance(page, "1")
        assert "default" in page.bar._default.text()


class TestNumbers:
    def test_a_code_of_one_alone_has_no_lag_and_no_agreement(self, opened):
        page = opened(own=(), reference=(add("seeking.reach", 60),))
        ((_, *counts),) = rows_of(page.summary.codes)
        assert counts == ["1", "0", "0", "1", "0", "0", "0.00", DASH]

    def test_lags_have_their_sign(self, opened):
        page = opened(own=(add("seeking.reach", 59.5),))
        row = next(row for row in rows_of(page.summary.codes) if row[3] == "1" and row[1] == "1")
        assert row[-1] == f"{MINUS}0.5"

    def test_ratings_tell_points_and_reasons(self, opened):
        missing = SCHEME.scale_of("cm_c_5").missing_reasons[0].id
        page = opened(
            own=(rate("cm_c_8", 6), rate("cm_c_5", missing)),
            reference=(rate("cm_c_8", 4), rate("cm_c_5", 3), rate("res_c_8", 2)),
        )
        rows = {row[0]: row[1:] for row in rows_of(page.summary.ratings)}
        assert sorted(rows.values()) == sorted(
            [["4", "6", "+2"], ["3", "cannot be coded", DASH], ["2", "not rated", DASH]]
        )

    def test_classes_are_told_level_by_level(self, opened):
        page = opened(
            own=(Classify(classification=Classification(primary="B", subgroup="B1")),),
            reference=(Classify(classification=Classification(primary="B", subgroup="B3")),),
        )
        rows = {row[0]: row[1:] for row in rows_of(page.summary.classes)}
        assert rows["Primary"] == ["B", "B", "same"]
        assert rows["Subgroup"] == ["B3", "B1", "differs"]
        assert rows["Own word on D"] == [DASH, DASH, DASH]

    def test_episodes_add_up_to_the_whole(self, page_of, file_of, settled):
        page = page_of(after(with_episodes(coding(role=CodingRole.CONSENSUS)), *OWN))
        page.open_reference(file_of(after(with_episodes(coding(coder="ref")), *REFERENCE)))
        settled(page)
        rows = rows_of(page.summary.episodes)
        assert [row[0] for row in rows] == [plan.id for plan in SCHEME.procedure.episodes]
        assert sum(int(row[1]) for row in rows) == len(REFERENCE)

    def test_nothing_in_a_table_can_be_typed_over(self, opened, qtbot):
        page = opened()
        table = page.summary.codes
        table.setFocus()
        table.setCurrentCell(0, 1)
        before = rows_of(table)
        QTest.keyClicks(table, "99")
        QTest.keyClick(table, Qt.Key.Key_F2)
        assert rows_of(table) == before
        assert not table.findChildren(QLineEdit)

    def test_the_tables_are_reached_by_arrow_keys(self, opened):
        page = opened()
        page.summary.chooser.part("codes").setFocus()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        assert page.summary.episodes.isVisible()
        assert not page.summary.codes.isVisible()


def test_five_thousand_events_are_listed_filtered_and_left_again(page_of, file_of, settled):
    own, reference = coded_twice(5_000, seed=2)
    page = page_of(replace(own, locked=True))
    free = EventId(len(reference.events) + 1)
    page.open_reference(file_of(replace(reference, coder="ref", next_event=free)))
    settled(page)
    count = len(page.review.items)
    assert count > 500
    page.review.choice.kinds.chip(PairKind.MISSED).click()
    missed = len(page.review.choice.list.items)
    assert page.review.choice.note() == f"{missed} of {count}"
    page.review.take_keyboard()
    QTest.keyClick(page.review.choice.list, Qt.Key.Key_End)
    assert page.review.current == page.review.choice.list.items[-1]


def test_every_control_has_a_name(opened):
    page = opened()
    nameless = [
        type(part).__name__
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for part in page.findChildren(kind)
        if part.isVisible()
        and part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (part.accessibleName() or getattr(part, "text", str)())
    ]
    assert nameless == []


class TestGerman:
    def test_the_page_speaks_german_from_the_question_to_the_numbers(
        self, german, page_of, file_of, settled
    ):
        page = page_of(after(coding(), *OWN))
        assert page.empty.accessibleName() == "Noch keine Referenz"
        page.open_reference(file_of(after(coding(session="S777", coder="ref"), *REFERENCE)))
        settled(page)
        assert "Die Referenz ist von Sitzung S777" in page.bar._concern.text()
        assert "nicht mehr unabhängig" in page.bar._concern.text()
        assert page.bar.anyway.text() == "Trotzdem vergleichen"
        page.bar.anyway.click()
        settled(page)
        assert "Sitzung S777 von ref" in page.bar._names.text()
        assert page.review.choice.kinds.chip(PairKind.OTHER_CODE).face.text == "anderer Code"
        assert page.review.choice.title() == "Unterschiede"

    def test_two_empty_codings_are_said_to_be_so(self, german, opened):
        page = opened((), ())
        assert page.bar._overall.text() == "Keine der beiden Kodierungen hat Ereignisse"

    def test_a_wrong_tolerance_is_refused_in_german(self, german, page_of):
        page = page_of(coding())
        type_tolerance(page, "bald")
        assert page.bar.tolerance.error() == "0 bis 60 s"
