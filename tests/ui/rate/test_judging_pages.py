"""What the three pages that judge have in common: names, keys, both schemes, reading only."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
)

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.scale import Points
from ssp_coder.editing.edits import Classify
from ssp_coder.ui.classify.page import ClassifyPage
from ssp_coder.ui.disorganization.page import DPassPage
from ssp_coder.ui.kit.rating_row import RatingRow
from ssp_coder.ui.rate.page import RatePage
from ssp_coder.ui.theme.tokens import Scheme
from tests import builders as b
from tests.ui.rate.judged import (
    asked,
    event_number,
    lived,
    open_window,
    rated_all,
    session_of,
    tied,
)

PAGES = [RatePage, DPassPage, ClassifyPage]
HANDLED = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTabBar, RatingRow)
OWN = Classification(primary="B", subgroup="B2", confidence=3, rationale="plays again")


class FileOpenElsewhere:
    """A coding file that another program holds."""

    is_read_only = True

    def listen(self, *, on_saved, on_failed):
        self.heard = (on_saved, on_failed)

    def close(self):
        self.closed = True


def judged():
    return b.after(rated_all(dorg=5), Classify(classification=OWN))


def open_page(kind, theme, qtbot, session=None):
    session = session or session_of(judged())
    page = kind(theme, session)
    open_window(qtbot, page)
    return page, session


def reachable(page):
    return [w for w in page.findChildren(object) if isinstance(w, HANDLED) and w.isVisibleTo(page)]


@pytest.mark.parametrize("kind", PAGES)
class TestEveryPage:
    def test_it_has_a_name(self, theme, qtbot, kind):
        page, _ = open_page(kind, theme, qtbot)
        assert page.accessibleName() in ("Rate", "D pass", "Classify")

    def test_everything_that_can_be_used_has_a_name(self, theme, qtbot, kind):
        page, _ = open_page(kind, theme, qtbot)
        named = {id(w): w.accessibleName() or getattr(w, "text", str)() for w in reachable(page)}
        assert named
        nameless = [w for w in reachable(page) if not named[id(w)] and not inside_a_tab_bar(w)]
        assert nameless == []

    def test_a_main_act_has_words_and_can_be_called(self, theme, qtbot, kind):
        page, _ = open_page(kind, theme, qtbot)
        words, act = page.main_action()
        act()
        assert words

    def test_both_schemes_are_painted_differently(self, theme, qtbot, kind):
        page, _ = open_page(kind, theme, qtbot)
        light = page.grab().toImage()
        theme.set_scheme(Scheme.DARK)
        assert page.grab().toImage() != light

    def test_a_file_that_another_program_holds_is_only_read(self, theme, qtbot, kind):
        session = session_of(judged())
        session.file = FileOpenElsewhere()
        before = session.coding
        page, _ = open_page(kind, theme, qtbot, session)
        for row in page.findChildren(RatingRow):
            qtbot.keyClick(row, "1")
            qtbot.keyClick(row, Qt.Key.Key_Backspace)
        assert session.coding == before

    def test_it_opens_on_the_shortened_scheme_of_the_demonstration(self, theme, qtbot, kind):
        session = session_of(b.coding(), load_scheme("demonstration"))
        page, _ = open_page(kind, theme, qtbot, session)
        assert reachable(page)

    def test_it_opens_without_any_mark_on_the_video(self, theme, qtbot, kind):
        page, _ = open_page(kind, theme, qtbot, session_of(b.coding()))
        assert reachable(page)

    def test_it_fits_into_a_small_window(self, theme, qtbot, kind):
        page, _ = open_page(kind, theme, qtbot)
        least = page.minimumSizeHint()
        assert least.width() <= 1180
        assert least.height() <= 730

    def test_no_word_on_one_line_is_cut(self, theme, qtbot, kind):
        page, _ = open_page(kind, theme, qtbot)
        page.resize(QSize(1300, 730))
        qtbot.waitUntil(lambda: page.width() == 1300)
        cut = [
            label.text()
            for label in page.findChildren(QLabel)
            if label.isVisibleTo(page)
            and label.text()
            and not label.wordWrap()
            and label.width() < label.fontMetrics().horizontalAdvance(label.text())
        ]
        assert cut == []

    def test_a_wrapped_sentence_has_the_height_it_needs(self, theme, qtbot, kind):
        page, _ = open_page(kind, theme, qtbot)
        qtbot.waitUntil(lambda: page.height() == 830)
        low = [
            label.text()
            for label in page.findChildren(QLabel)
            if label.isVisibleTo(page)
            and label.text()
            and label.wordWrap()
            and label.height() < label.heightForWidth(label.width())
        ]
        assert low == []

    def test_closing_leaves_the_session_whole(self, theme, qtbot, kind):
        page, session = open_page(kind, theme, qtbot)
        page.close()
        session.submit(b.rate("cm_c_8", 2))
        assert session.coding.score("cm_c_8") == Points(2)


def inside_a_tab_bar(widget):
    return isinstance(widget.parent(), QTabBar)


class TestEnter:
    """Space plays, so Enter must press whatever has the focus."""

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
    def test_it_opens_the_choice_of_a_reason(self, theme, qtbot, key):
        page, _ = open_page(RatePage, theme, qtbot)
        cell = page.cell("cm_c_8")
        cell.more_button.setFocus()
        qtbot.keyClick(cell.more_button, key)
        assert cell.reasons.isVisible()

    def test_it_plays_the_clip_of_a_chip(self, theme, qtbot):
        coding = tied(lived(), "cm_c_8", 6, event_number(lived(), "maintaining.hold_on"))
        session = session_of(coding)
        page, _ = open_page(RatePage, theme, qtbot, session)
        told = asked(page.clip_wanted)
        qtbot.keyClick(page.cell("cm_c_8").row, Qt.Key.Key_Return)
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
        assert [span.start_us for (span,) in told] == [b.s(1130)]

    def test_it_takes_the_moment_for_an_index(self, theme, qtbot):
        page, _ = open_page(DPassPage, theme, qtbot)
        page.set_moment(b.s(600), 15_000)
        page.form.start_button.setFocus()
        qtbot.keyClick(page.form.start_button, Qt.Key.Key_Return)
        assert page.form.start.time_us() == b.s(600)

    def test_it_ticks_a_box(self, theme, qtbot):
        page, _ = open_page(DPassPage, theme, qtbot)
        box = page.form.explanations["camera"]
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Return)
        assert box.isChecked()

    def test_it_decides(self, theme, qtbot):
        page, _ = open_page(DPassPage, theme, qtbot)
        answer = page.score.decision.button(DDecision.NO)
        answer.setFocus()
        qtbot.keyClick(answer, Qt.Key.Key_Return)
        assert page.score.decision.decision is DDecision.NO

    def test_it_records_the_class(self, theme, qtbot):
        session = session_of(rated_all())
        page, _ = open_page(ClassifyPage, theme, qtbot, session)
        qtbot.keyClick(page.own_class.classes.button("B3"), Qt.Key.Key_Return)
        page.own_class.record_button.setFocus()
        qtbot.keyClick(page.own_class.record_button, Qt.Key.Key_Return)
        assert session.coding.classification.subgroup == "B3"

    def test_in_a_text_it_presses_nothing(self, theme, qtbot):
        session = session_of(rated_all())
        page, _ = open_page(ClassifyPage, theme, qtbot, session)
        page.own_class.classes.button("B3").click()
        page.own_class.rationale.setFocus()
        qtbot.keyClick(page.own_class.rationale, Qt.Key.Key_Return)
        assert session.coding.classification is None


class TestTogether:
    """The pages of one window, one session behind them."""

    @pytest.fixture
    def pages(self, theme, qtbot):
        session = session_of(b.after(rated_all(), b.rate("dorg", None), b.rate("res_c_8", None)))
        made = [kind(theme, session) for kind in PAGES]
        for page in made:
            open_window(qtbot, page)
        return (*made, session)

    def test_a_session_is_judged_by_keys_alone(self, pages, qtbot):
        rate, d_pass, classify, session = pages
        rate.main_action()[1]()
        qtbot.keyClick(rate.cell("res_c_8").row, "1")
        d_pass.main_action()[1]()
        qtbot.keyClick(d_pass.score.cell.row, "2")
        qtbot.keyClick(classify.own_class.classes.button("B3"), Qt.Key.Key_Return)
        qtbot.keyClick(classify.own_class.confidence, "4")
        qtbot.keyClicks(classify.own_class.rationale, "Seeks contact and settles")
        classify.main_action()[1]()
        own = session.coding.classification
        assert (own.subgroup, own.confidence, own.rationale) == (
            "B3",
            4,
            "Seeks contact and settles",
        )
        assert classify.bands.isVisible()
        assert classify.disagreement.agreed.text() == "You: B3. Table: B3."
        assert not classify.disagreement.reason.isVisible()

    def test_a_score_at_the_point_reaches_the_class(self, pages, qtbot):
        _, d_pass, classify, _ = pages
        qtbot.keyClick(d_pass.score.cell.row, "5")
        assert classify.own_class.decision.isVisible()

    def test_a_class_opens_the_decision_on_the_d_pass(self, pages, qtbot):
        _, d_pass, _, session = pages
        qtbot.keyClick(d_pass.score.cell.row, "5")
        assert not d_pass.score.decision.isVisible()
        session.submit(Classify(classification=OWN))
        assert d_pass.score.decision.isVisible()

    def test_a_decision_on_the_d_pass_reaches_the_class(self, pages, qtbot):
        _, d_pass, classify, session = pages
        qtbot.keyClick(d_pass.score.cell.row, "5")
        session.submit(Classify(classification=OWN))
        qtbot.mouseClick(d_pass.score.decision.button(DDecision.NO), Qt.MouseButton.LeftButton)
        qtbot.keyClicks(d_pass.score.decision.reason_field.edit, "tired")
        qtbot.mouseClick(d_pass.score.record_button, Qt.MouseButton.LeftButton)
        assert classify.own_class.draft.d_decision is DDecision.NO
        assert classify.own_class.finding_lines() == ()

    def test_a_note_on_one_page_is_no_change_on_another(self, pages, qtbot):
        _, d_pass, classify, session = pages
        qtbot.keyClick(d_pass.score.cell.row, "2")
        classify.own_class.classes.button("B3").click()
        session.submit(b.rate("dorg", 2, note="none seen"))
        assert classify.own_class.draft.subgroup == "B3"

    def test_every_step_can_be_undone(self, pages, qtbot):
        rate, d_pass, classify, session = pages
        start = session.coding
        qtbot.keyClick(rate.cell("res_c_8").row, "1")
        qtbot.keyClick(d_pass.score.cell.row, "2")
        classify.own_class.classes.button("B3").click()
        classify.own_class.record()
        for _ in range(3):
            session.undo()
        assert session.coding == start
        assert classify.own_class.draft.primary == ""
        assert rate.cell("res_c_8").row.point is None
        assert d_pass.score.cell.row.point is None


def test_the_scroll_place_stays_while_rating(theme, qtbot):
    page, _ = open_page(RatePage, theme, qtbot)
    page.resize(1180, 500)
    table = page.findChild(QScrollArea)
    page.show_slot("dist_c_8")
    before = table.verticalScrollBar().value()
    qtbot.keyClick(page.cell("dist_c_8").row, "3")
    assert table.verticalScrollBar().value() == before


def test_a_bound_place_is_brought_into_sight(theme, qtbot):
    page, _ = open_page(RatePage, theme, qtbot)
    page.resize(1180, 420)
    qtbot.waitUntil(lambda: page.height() == 420)
    page.show_slot("dist_c_8")
    cell = page.cell("dist_c_8")
    table = page._table
    qtbot.waitUntil(lambda: 0 <= cell.mapTo(table, cell.rect().topLeft()).y() < table.height())
    assert table.verticalScrollBar().value() > 0
