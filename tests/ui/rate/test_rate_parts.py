import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ssp_coder.ui.kit.chip import Chip, ChipFace
from ssp_coder.ui.rate.aside import Aside
from ssp_coder.ui.rate.flow import FlowLayout
from ssp_coder.ui.rate.lettering import IconLine, lettering, short_lettering
from ssp_coder.ui.rate.plate import Plate
from ssp_coder.ui.rate.reasons import NOT_RATED_CHOICE, ReasonChoice
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.theme.tokens import Scheme
from tests.ui.rate.judged import asked, open_window, scale


class TestFlow:
    @pytest.fixture
    def holder(self, qtbot):
        holder = QWidget()
        qtbot.addWidget(holder)
        return holder

    @pytest.fixture
    def flow(self, theme, holder):
        layout = FlowLayout(4, holder)
        for text in ("first chip", "second chip", "third chip"):
            layout.addWidget(Chip(theme, ChipFace(text=text), holder))
        for place in range(3):
            layout.itemAt(place).widget().show()
        return layout

    def test_a_narrow_place_is_higher(self, flow):
        wide, narrow = flow.heightForWidth(1000), flow.heightForWidth(90)
        assert narrow > 2 * wide

    def test_chips_stand_side_by_side_while_they_fit(self, flow):
        flow.setGeometry(QRect(0, 0, 1000, 40))
        tops = {flow.itemAt(place).geometry().y() for place in range(3)}
        assert tops == {0}

    def test_then_they_go_on_below(self, flow):
        flow.setGeometry(QRect(0, 0, 90, 200))
        tops = [flow.itemAt(place).geometry().y() for place in range(3)]
        assert tops == sorted(set(tops))

    def test_nothing_overlaps(self, flow):
        flow.setGeometry(QRect(0, 0, 180, 200))
        places = [flow.itemAt(place).geometry() for place in range(3)]
        assert not any(a.intersects(b) for a in places for b in places if a != b)

    def test_hidden_chips_take_no_room(self, flow):
        before = flow.heightForWidth(90)
        flow.itemAt(0).widget().hide()
        assert flow.heightForWidth(90) < before

    def test_outside_its_range_there_is_no_item(self, flow):
        assert flow.itemAt(3) is None
        assert flow.takeAt(-1) is None

    def test_cleared_it_is_empty(self, flow):
        flow.clear()
        assert flow.count() == 0
        assert flow.heightForWidth(100) == 0

    def test_it_is_never_narrower_than_its_widest_chip(self, flow):
        widest = max(flow.itemAt(place).sizeHint().width() for place in range(3))
        assert flow.minimumSize().width() == widest
        assert flow.sizeHint() == flow.minimumSize()

    def test_it_does_not_ask_for_more_room(self, flow):
        assert flow.expandingDirections() == Qt.Orientation(0)


class TestLettering:
    def test_words_are_never_read_as_markup(self, theme, qtbot):
        label = lettering(theme, "<b>not bold</b>")
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText

    def test_sentences_wrap_and_numbers_do_not(self, theme, qtbot):
        sentence, number = lettering(theme, "a"), short_lettering(theme, "7")
        for label in (sentence, number):
            qtbot.addWidget(label)
        assert (sentence.wordWrap(), number.wordWrap()) == (True, False)

    def test_the_tone_is_a_property_for_the_style(self, theme, qtbot):
        label = lettering(theme, "a", FontUse.CAPTION, "hint")
        qtbot.addWidget(label)
        assert label.property("tone") == "hint"

    def test_an_icon_line_without_words_is_not_there(self, theme, qtbot):
        page = QWidget()
        qtbot.addWidget(page)
        page.show()
        line = IconLine(theme, "clock", parent=page)
        line.show_text("13 s")
        assert line.isVisible()
        line.show_text("")
        assert not line.isVisible()

    def test_its_icon_follows_the_scheme(self, theme, qtbot):
        line = IconLine(theme, "clock")
        qtbot.addWidget(line)
        before = line.grab().toImage()
        theme.set_scheme(Scheme.DARK)
        assert line.grab().toImage() != before


class TestPlate:
    def test_a_tinted_plate_looks_different(self, theme, qtbot):
        plate = Plate(theme)
        qtbot.addWidget(plate)
        plate.resize(40, 40)
        before = plate.grab().toImage()
        plate.set_tinted(True)
        assert plate.grab().toImage() != before

    def test_lines_are_above_and_at_the_left(self, theme, qtbot):
        plate = Plate(theme)
        qtbot.addWidget(plate)
        plate.resize(40, 40)
        picture = plate.grab().toImage()
        line = theme.colour("line")
        assert picture.pixelColor(20, 0) == line
        assert picture.pixelColor(0, 20) == line
        assert picture.pixelColor(39, 39) != line


class TestReasons:
    @pytest.fixture
    def choice(self, theme, qtbot):
        choice = ReasonChoice(theme, scale("cm"))
        open_window(qtbot, choice, (300, 120))
        choice.ask(is_rated=True)
        return choice

    def test_every_reason_of_the_scale_is_offered(self, choice):
        for reason in scale("cm").missing_reasons:
            assert str(reason.title) in choice.chip(reason.id).face.text

    def test_the_first_reason_has_the_focus(self, choice):
        assert choice.focusWidget() is choice.chip("NA_absent")

    @pytest.mark.parametrize(
        ("key", "reason"), [("1", "NA_absent"), ("2", "NA_view"), ("3", "NA_skipped")]
    )
    def test_a_digit_chooses(self, choice, qtbot, key, reason):
        told = asked(choice.reason_chosen)
        qtbot.keyClick(choice.chip("NA_absent"), key)
        assert told == [(reason,)]

    def test_a_digit_without_a_reason_does_nothing(self, choice, qtbot):
        told = asked(choice.reason_chosen)
        qtbot.keyClick(choice.chip("NA_absent"), "4")
        assert told == []

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
    def test_enter_takes_the_focused_one(self, choice, qtbot, key):
        told = asked(choice.reason_chosen)
        qtbot.keyClick(choice.chip("NA_view"), key)
        assert told == [("NA_view",)]

    def test_a_click_chooses(self, choice, qtbot):
        told = asked(choice.reason_chosen)
        qtbot.mouseClick(choice.chip("NA_view"), Qt.MouseButton.LeftButton)
        assert told == [("NA_view",)]

    def test_escape_leaves_it_as_it_is(self, choice, qtbot):
        told, left = asked(choice.reason_chosen), asked(choice.dismissed)
        qtbot.keyClick(choice.chip("NA_view"), Qt.Key.Key_Escape)
        assert (told, left) == ([], [()])

    def test_not_rated_again_is_offered_only_where_something_is_rated(self, choice):
        assert choice.chip(NOT_RATED_CHOICE).isVisible()
        choice.ask(is_rated=False)
        assert not choice.chip(NOT_RATED_CHOICE).isVisible()


class Picture(QWidget):
    """Takes all the room it can get, as a video does."""

    def __init__(self):
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 135)


class TestAside:
    @pytest.fixture
    def aside(self, theme, qtbot):
        aside = Aside(theme)
        self.picture, self.words = Picture(), QPlainTextEdit()
        aside.stage.addWidget(self.picture)
        aside.add_panel(self.words, 3)
        return open_window(qtbot, aside, (380, 800))

    def test_the_picture_keeps_to_its_proportions(self, aside, qtbot):
        qtbot.waitUntil(lambda: self.picture.height() <= aside.picture_height())
        assert aside.picture_height() < 380 * 0.6 + 60

    def test_the_words_have_the_rest(self, aside, qtbot):
        qtbot.waitUntil(lambda: self.words.height() > 450)
        assert self.words.y() > 0

    def test_in_a_low_window_the_words_keep_more_than_half(self, aside, qtbot):
        aside.resize(380, 400)
        qtbot.waitUntil(lambda: aside.height() == 400 and self.words.height() > 200)
        assert aside.picture_height() == 168

    def test_the_picture_is_never_smaller_than_it_may_be(self, aside, qtbot):
        aside.resize(380, 260)
        qtbot.waitUntil(lambda: aside.height() == 260)
        assert self.picture.height() >= 135
