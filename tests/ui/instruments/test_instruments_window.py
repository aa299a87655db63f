"""The browser as a window: parts, search, schemes, tables, and what it must not give away."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QTableWidget,
    QWidget,
)

from ssp_coder.catalog import available_schemes
from ssp_coder.catalog.tables import available_rule_tables, load_rule_table
from ssp_coder.domain.coding import Classification, Coding
from ssp_coder.domain.ruletable import Citation, ClassificationFunction, Fit, Term, WorkedCase
from ssp_coder.domain.scheme import SuggestionPolicy
from ssp_coder.editing.edits import Classify, ClearClassification
from ssp_coder.formats.score_row import suggestion_may_be_seen
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.instruments.contents import Part
from ssp_coder.ui.instruments.functions import FunctionsView
from ssp_coder.ui.instruments.map_page import OWN, MapPage
from ssp_coder.ui.instruments.rules import RulesPage
from ssp_coder.ui.instruments.seen import seen_points
from ssp_coder.ui.instruments.window import InstrumentsWindow, Shelf
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from tests.builders import infant_scheme
from tests.ui.demo_codings import demo_session
from tests.ui.pages import session_of

SCHEME = infant_scheme()
TABLE = SCHEME.rules
OWN_CLASS = Classification(primary="B", subgroup="B4", confidence=3, rationale="much contact")
SMALL = QSize(1340, 720)


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def rows(window):
    return [window.list.item(row).text().strip() for row in range(window.list.count())]


def choose_scheme(window, scheme_id):
    place = window.schemes.findData(scheme_id)
    window.schemes.setCurrentIndex(place)
    window.schemes.activated.emit(place)


def choose_table(page, table_id):
    place = page.choice.findData(table_id)
    page.choice.setCurrentIndex(place)
    page.choice.activated.emit(place)


@pytest.fixture
def open_window(theme, qtbot):
    def opened(session=None, **fields):
        made = InstrumentsWindow(theme, session, **fields)
        qtbot.addWidget(made)
        made.resize(SMALL)
        made.show()
        return made

    return opened


@pytest.fixture
def window(open_window):
    """On a coding without any rating, whose scheme is loaded already."""
    return open_window(session_of())


class TestParts:
    def test_all_parts_are_listed(self, window):
        assert rows(window) == [
            "Overview",
            "Procedure",
            "Codes",
            "Scales",
            "Rules",
            "Map of outcomes",
            "Key map",
        ]

    @pytest.mark.parametrize("part", Part)
    def test_each_part_comes_to_the_front(self, window, part):
        window.show_part(part)
        assert window.current_part() is part
        assert window.page(part).isVisible()

    def test_down_goes_to_the_next_part(self, window, qtbot):
        window.show_part(Part.OVERVIEW)
        qtbot.keyClick(window.list, Qt.Key.Key_Down)
        assert window.current_part() is Part.PROCEDURE

    def test_the_list_has_the_focus_at_first(self, open_window, qtbot):
        made = open_window()
        qtbot.waitUntil(lambda: made.focusWidget() is made.list)

    @pytest.mark.parametrize("part", Part)
    def test_it_fits_a_small_screen(self, window, part):
        window.show_part(part)
        QApplication.processEvents()
        assert window.size() == SMALL
        assert window.minimumSizeHint().width() <= SMALL.width()
        assert window.minimumSizeHint().height() <= SMALL.height()

    @pytest.mark.parametrize("part", Part)
    def test_every_control_has_a_spoken_name(self, window, part):
        window.show_part(part)
        QApplication.processEvents()
        kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
        nameless = [
            type(control).__name__
            for kind in kinds
            for control in window.findChildren(kind)
            if control.isVisible()
            and not isinstance(control, QHeaderView | QScrollBar)
            and not control.objectName().startswith("qt_")
            and not isinstance(control.parent(), QComboBox | QTableWidget)
            and not control.accessibleName()
        ]
        assert nameless == []

    @pytest.mark.parametrize("part", Part)
    def test_no_one_line_text_is_wider_than_its_place(self, window, part):
        window.show_part(part)
        for _ in range(3):
            QApplication.processEvents()
        cut = [
            label.text()
            for label in window.findChildren(QLabel)
            if label.isVisible()
            and not label.wordWrap()
            and label.fontMetrics().horizontalAdvance(label.text()) > label.width() + 2
        ]
        assert cut == []

    def test_it_follows_the_colours(self, window, theme):
        from ssp_coder.ui.theme.tokens import Scheme

        for part in Part:
            window.show_part(part)
            light = window.page(part).grab().toImage()
            theme.set_scheme(Scheme.DARK)
            dark = window.page(part).grab().toImage()
            theme.set_scheme(Scheme.LIGHT)
            assert light != dark


class TestSearch:
    def search(self, window, qtbot, words):
        window.search.edit.clear()
        qtbot.keyClicks(window.search.edit, words)
        if not words:
            window.search.text_edited.emit("")

    def test_only_what_is_found_is_listed_under_its_part(self, window, qtbot):
        self.search(window, qtbot, "clambering")
        assert rows(window) == ["Scales", "Proximity and contact seeking"]

    def test_a_found_item_is_shown(self, window, qtbot):
        self.search(window, qtbot, "clambering")
        window.list.setCurrentRow(1)
        assert window.current_part() is Part.SCALES
        assert window.page(Part.SCALES).list.currentItem().text().startswith("PCS")

    @pytest.mark.parametrize(
        ("words", "part"), [("tantrum", Part.CODES), ("reunion 1", Part.PROCEDURE)]
    )
    def test_a_found_code_or_episode_opens_its_part(self, window, qtbot, words, part):
        self.search(window, qtbot, words)
        found = [window.list.item(row) for row in range(window.list.count())]
        item = next(
            item
            for item in found
            if item.text().startswith("      ")
            and item.data(int(Qt.ItemDataRole.UserRole)) == part.value
        )
        window.list.setCurrentItem(item)
        assert window.current_part() is part

    def test_a_found_rule_is_chosen_in_its_matrix(self, window, qtbot):
        window.show_part(Part.RULES, "C2")
        page = window.page(Part.RULES)
        assert page.parts.chosen() == "profiles"
        assert page.matrices["profiles"].view.currentIndex().data() == "C2"

    def test_find_goes_to_the_field(self, window, qtbot):
        window.show_part(Part.CODES)
        qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: window.focusWidget() is window.search.edit)

    def test_a_search_outlives_another_scheme(self, window, qtbot):
        self.search(window, qtbot, "clambering")
        choose_scheme(window, "demonstration")
        assert rows(window) == ["Scales", "Proximity and contact seeking"]

    def test_nothing_found_is_told(self, window, qtbot):
        self.search(window, qtbot, "qqqqq")
        assert rows(window) == []
        assert window.search.error() == "Nothing found"

    def test_emptying_the_field_lists_everything_again(self, window, qtbot):
        self.search(window, qtbot, "qqqqq")
        self.search(window, qtbot, "")
        assert len(rows(window)) == len(Part)
        assert window.search.error() == ""


class TestSchemes:
    def test_every_scheme_can_be_chosen(self, window):
        for summary in available_schemes():
            choose_scheme(window, summary.id)
            assert window.scheme.id == summary.id

    def test_the_usual_scheme_is_shown_without_a_coding(self, open_window):
        usual = next(summary.id for summary in available_schemes() if summary.usual)
        made = open_window()
        assert made.scheme.id == usual
        assert made.schemes.currentData() == usual

    def test_the_part_in_front_stays_with_another_scheme(self, window):
        window.show_part(Part.SCALES)
        choose_scheme(window, "demonstration")
        assert window.current_part() is Part.SCALES

    def test_the_open_codings_own_scheme_comes_first(self, open_window):
        session = demo_session("trainee")
        made = open_window(session)
        assert made.scheme is session.scheme
        assert made.schemes.itemText(0) == "of the open coding"

    def test_a_scheme_that_cannot_be_read_says_why(self, open_window, tmp_path):
        folder = tmp_path / "schemas" / "schemes"
        folder.mkdir(parents=True)
        (folder / "broken.toml").write_text("kind = 'scheme'\n", encoding="utf-8")
        made = open_window(shelf=Shelf(folders=(tmp_path,)))
        choose_scheme(made, "broken")
        assert made.scheme is None
        assert any("broken.toml" in text for text in own_words(made))
        choose_scheme(made, SCHEME.id)
        assert made.scheme is not None

    def test_wording_is_shown_in_the_chosen_language(self, open_window):
        made = open_window(shelf=Shelf(language="de"))
        choose_scheme(made, SCHEME.id)
        made.show_part(Part.SCALES)
        german = made.scheme.scale("avo").title.in_language("de")
        listed = made.page(Part.SCALES).list
        assert any(german in listed.item(row).text() for row in range(listed.count()))
        assert german != SCHEME.scale("avo").title.english


def own_words(widget):
    parts = [widget, *widget.findChildren(QWidget)]
    return [part.accessibleName() + part.accessibleDescription() for part in parts] + texts(widget)


class TestTables:
    def test_every_sound_table_can_be_read(self, window):
        window.show_part(Part.RULES)
        for summary in available_rule_tables():
            page = window.page(Part.RULES)
            choose_table(page, summary.id)
            assert window.page(Part.RULES).choice.currentData() == summary.id

    def test_a_closed_table_says_what_is_needed_and_has_no_map(self, window):
        closed = next(summary for summary in available_rule_tables() if summary.closed)
        window.show_part(Part.RULES)
        choose_table(window.page(Part.RULES), closed.id)
        page = window.page(Part.RULES)
        assert page.parts.chosen() == "functions"
        assert "Closed: fill it in from the publication" in texts(page)
        assert isinstance(window.page(Part.MAP), EmptyState)

    def test_the_schemes_own_table_comes_back(self, window):
        window.show_part(Part.RULES)
        other = next(s.id for s in available_rule_tables() if s.id != TABLE.id and not s.closed)
        choose_table(window.page(Part.RULES), other)
        choose_table(window.page(Part.RULES), TABLE.id)
        assert "main" in window.page(Part.RULES).matrices
        assert isinstance(window.page(Part.MAP), MapPage)

    def test_a_table_that_cannot_be_read_is_told_and_the_old_one_stays(self, open_window):
        window = open_window(session_of())
        window.show_part(Part.RULES)
        before = window.page(Part.RULES)
        window._choose_table("no-such-table")
        assert "no-such-table" in window.search.error()
        assert window.page(Part.RULES) is before

    def test_the_chosen_row_is_told_in_words(self, theme, qtbot):
        page = RulesPage(theme, SCHEME, TABLE)
        qtbot.addWidget(page)
        page.show_item("B1")
        detail = texts(page.matrices["profiles"].detail)
        assert any(text.startswith("B1") and text.endswith("B") for text in detail)
        assert any("DIST EP8 5\N{EN DASH}7" in text for text in detail)
        assert str(next(p.gist for p in TABLE.profiles if p.id == "B1")) in detail

    def test_alternatives_are_told_apart_from_what_is_needed(self, theme, qtbot):
        page = RulesPage(theme, SCHEME, TABLE)
        qtbot.addWidget(page)
        rule = next(rule for rule in TABLE.main if rule.any_of)
        page.show_item(rule.id)
        assert "And one of" in texts(page.matrices["main"].detail)

    def test_d_groups_and_remarks_stand_in_their_own_view(self, theme, qtbot):
        page = RulesPage(theme, SCHEME, TABLE)
        qtbot.addWidget(page)
        page.show_part("about")
        told = " ".join(texts(page))
        assert "at exactly 5 you decide" in told
        assert all(str(group.title) in told for group in TABLE.groups)
        assert all(part.title.english in told for part in TABLE.parts)

    def test_an_unknown_rule_changes_nothing(self, theme, qtbot):
        page = RulesPage(theme, SCHEME, TABLE)
        qtbot.addWidget(page)
        before = page.parts.chosen()
        page.show_item("nothing")
        assert page.parts.chosen() == before


class TestFunctionTables:
    @pytest.fixture
    def filled_in(self):
        functions = tuple(
            ClassificationFunction(
                group=group,
                constant=constant,
                terms=(Term(input="pcs_c_8", weight=1.5), Term(input="avo_c_8", weight=-0.25)),
            )
            for group, constant in (("A", -2.0), ("B", 3.0))
        )
        return replace(
            TABLE,
            main=(),
            profiles=(),
            functions=functions,
            citation=Citation(work="SYNTHETIC work", page="p. 1", sample="nobody"),
            checksum=3.5,
            cases=(WorkedCase(values=(("pcs_c_8", 7.0),), group="B"),),
            fit=Fit(
                method="linear discriminant",
                date="2026-01-02",
                cases=12,
                counts=(("A", 4), ("B", 8)),
                confusion=(("A", (3, 1)), ("B", (0, 8))),
                warnings=("few sessions",),
            ),
        )

    def test_coefficients_stand_under_their_groups(self, theme, qtbot, filled_in):
        view = FunctionsView(theme, filled_in)
        qtbot.addWidget(view)
        numbers = view.numbers
        assert [numbers.horizontalHeaderItem(c).text() for c in range(2)] == ["A", "B"]
        assert [numbers.item(row, 0).text() for row in range(3)] == ["-2", "1.5", "-0.25"]

    def test_everything_that_vouches_for_them_is_told(self, theme, qtbot, filled_in):
        view = FunctionsView(theme, filled_in)
        qtbot.addWidget(view)
        told = texts(view)
        for words in ("SYNTHETIC work", "p. 1", "nobody", "3.5", "few sessions", "A 3, B 1"):
            assert words in told
        assert any(words.startswith("pcs_c_8 7") for words in told)

    def test_a_template_names_its_work_and_no_number(self, theme, qtbot):
        closed = next(summary for summary in available_rule_tables() if summary.closed)
        table = load_rule_table(closed.id).table
        view = FunctionsView(theme, table)
        qtbot.addWidget(view)
        assert view.numbers is None
        assert table.citation.work in texts(view)


class TestBlindness:
    def test_a_rating_is_seen_only_when_the_suggestion_may_be(self):
        session = demo_session("trainee")
        coding, scheme = session.coding, session.scheme
        assert coding.classification is not None
        assert seen_points(coding, scheme)
        bare = replace(coding, classification=None)
        assert seen_points(bare, scheme) == {}
        always = replace(scheme, suggestion=SuggestionPolicy.ALWAYS)
        never = replace(scheme, suggestion=SuggestionPolicy.NEVER)
        assert suggestion_may_be_seen(bare, always)
        assert not suggestion_may_be_seen(coding, never)

    @pytest.fixture
    def blind(self):
        session = demo_session("trainee")
        session.submit(ClearClassification())
        return session

    def test_no_matrix_and_no_map_shows_the_ratings_before(self, open_window, blind):
        window = open_window(blind)
        for sheet in window.page(Part.RULES).matrices.values():
            assert all(column.point is None for column in sheet.model.matrix.columns)
        assert window.page(Part.MAP).source.findData(OWN) < 0

    def test_they_appear_with_the_own_class_and_go_with_it(self, open_window, blind):
        window = open_window(blind)
        columns = window.page(Part.RULES).matrices["profiles"].model
        page = window.page(Part.MAP)
        blind.submit(Classify(classification=OWN_CLASS))
        assert any(column.point is not None for column in columns.matrix.columns)
        assert page.source.findData(OWN) >= 0
        blind.submit(ClearClassification())
        assert all(column.point is None for column in columns.matrix.columns)
        assert page.source.findData(OWN) < 0

    def test_the_map_forgets_the_ratings_with_the_class(self, open_window, blind):
        window = open_window(blind)
        page = window.page(Part.MAP)
        before = page.fixed()
        blind.submit(Classify(classification=OWN_CLASS))
        assert page.fixed() != before
        blind.submit(ClearClassification())
        assert page.fixed() == before

    def test_another_scheme_never_shows_them(self, open_window):
        window = open_window(demo_session("trainee"))
        choose_scheme(window, SCHEME.id)
        for sheet in window.page(Part.RULES).matrices.values():
            assert all(column.point is None for column in sheet.model.matrix.columns)

    def test_the_words_of_a_suggestion_are_nowhere(self, open_window, blind):
        window = open_window(blind)
        for part in Part:
            window.show_part(part)
        told = " ".join(own_words(window)).lower()
        assert "penalty" not in told
        assert "ratings outside" not in told
        assert "your rating" not in told


class TestOpening:
    @pytest.fixture
    def main(self, theme, tmp_path, qtbot):
        store = QSettings(str(tmp_path / "browser.ini"), QSettings.Format.IniFormat)
        made = MainWindow(theme, Settings(store))
        qtbot.addWidget(made)
        made.show()
        yield made
        if made.workspace is not None:
            made.workspace.session.file.abandon()
            made.workspace.session.file = None
        made.close()

    @pytest.fixture
    def coding_path(self, tmp_path):
        path = tmp_path / "S100.sspc"
        value = Coding(session="S100", coder="c01", media=())
        create(path, coding=value, scheme=SCHEME, who="c01").close()
        return path

    def test_the_menu_opens_it_without_a_coding(self, main):
        main.actions_by_id["instruments"].trigger()
        assert main.desk.browser.shown.isVisible()
        assert not main.desk.browser.shown.isModal()

    def test_the_start_page_opens_it(self, main, qtbot):
        qtbot.mouseClick(main.start.instruments, Qt.MouseButton.LeftButton)
        assert main.desk.browser.shown.isVisible()

    def test_asking_twice_shows_one_window(self, main):
        main.desk.browser.open()
        first = main.desk.browser.shown
        main.desk.browser.open()
        assert main.desk.browser.shown is first

    def test_a_closed_window_is_made_anew(self, main):
        main.desk.browser.open()
        first = main.desk.browser.shown
        first.close()
        assert main.desk.browser.shown is None
        main.desk.browser.open()
        assert main.desk.browser.shown is not first

    def test_it_shows_the_open_codings_scheme_and_goes_with_it(self, main, coding_path):
        main.desk.open_path(coding_path)
        main.desk.browser.open()
        assert main.desk.browser.shown.scheme is main.workspace.session.scheme
        main.close_coding()
        assert main.desk.browser.shown is None

    def test_opening_a_coding_closes_what_showed_none(self, main, coding_path):
        main.desk.browser.open()
        main.desk.open_path(coding_path)
        assert main.desk.browser.shown is None

    def test_the_window_is_gone_with_the_program(self, main):
        main.desk.browser.open()
        main.close()
        assert main.desk.browser.shown is None
