import pytest
from PySide6.QtCore import Qt

from ssp_coder.domain.coding import DIndex, IndexId, IndexStrength
from ssp_coder.domain.time import Micros
from ssp_coder.ui.disorganization.index_form import NEW_INDEX, IndexForm, TimeField
from tests import builders as b
from tests.ui.rate.judged import asked, open_window

OLD = DIndex(
    id=IndexId(3),
    theme="D5",
    strength=IndexStrength.STRONG,
    start_us=Micros(577_234_567),
    end_us=Micros(580_000_001),
    present=("infant", "stranger"),
    ruled_out=("fatigue",),
    note="arm raised",
)


def present_at(us):
    return ("infant", "caregiver") if us >= b.s(570) else ("infant", "stranger")


@pytest.fixture
def form(theme, qtbot):
    form = IndexForm(theme, b.infant_scheme(), present_at)
    return open_window(qtbot, form, (700, 300))


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def write(qtbot, field, words):
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, words)


def choose_theme(form, theme_id):
    form.theme_box.setCurrentIndex(form.theme_box.findData(theme_id))


class TestTimes:
    @pytest.fixture
    def field(self, theme, qtbot):
        field = TimeField(theme, "Start")
        return open_window(qtbot, field, (200, 60))

    def test_a_time_put_in_is_kept_to_the_microsecond(self, field):
        field.show_time(Micros(577_234_567))
        assert field.text() == "9:37.234"
        assert field.time_us() == 577_234_567

    def test_a_typed_time_is_read(self, field, qtbot):
        write(qtbot, field, "9:44.2")
        assert field.time_us() == 584_200_000

    def test_typing_replaces_what_was_put_in(self, field, qtbot):
        field.show_time(Micros(577_234_567))
        write(qtbot, field, "12")
        assert field.time_us() == 12_000_000

    @pytest.mark.parametrize("words", ["", "soon", "9:99"])
    def test_what_is_no_time_says_how_to_write_one(self, field, qtbot, words):
        write(qtbot, field, words or " ")
        assert field.time_us() is None
        assert field.error() == "Not a time; write it like 9:44.2"

    def test_before_the_first_frame_there_is_no_time(self, field, qtbot):
        write(qtbot, field, "-3")
        assert field.time_us() is None
        assert field.error() == "Before the first frame"

    def test_typing_takes_the_error_away(self, field, qtbot):
        write(qtbot, field, "soon")
        field.time_us()
        write(qtbot, field, "9")
        assert field.error() == ""


class TestNew:
    def test_every_theme_of_the_scheme_is_offered(self, form):
        offered = [form.theme_box.itemData(row) for row in range(form.theme_box.count())]
        assert offered == [None, *(theme.id for theme in b.infant_scheme().themes)]

    def test_start_here_takes_the_frame_on_the_screen(self, form, qtbot):
        form.set_moment(Micros(577_234_567))
        press(qtbot, form.start_button)
        assert form.start.time_us() == 577_234_567

    def test_end_here_takes_the_frame_on_the_screen(self, form, qtbot):
        form.set_moment(Micros(580_000_001))
        press(qtbot, form.end_button)
        assert form.end.time_us() == 580_000_001

    def test_who_is_present_then_is_ticked(self, form, qtbot):
        form.set_moment(b.s(600))
        press(qtbot, form.start_button)
        assert form.present() == ("caregiver",)

    def test_another_start_ticks_anew(self, form, qtbot):
        for seconds in (600, 400):
            form.set_moment(b.s(seconds))
            press(qtbot, form.start_button)
        assert form.present() == ("stranger",)

    def test_what_the_coder_ticked_stays(self, form, qtbot):
        press(qtbot, form.people["experimenter"])
        form.set_moment(b.s(600))
        press(qtbot, form.start_button)
        assert form.present() == ("experimenter",)

    def test_the_whole_index_is_told(self, form, qtbot):
        told = asked(form.saved)
        choose_theme(form, "D5")
        form.set_moment(b.s(600))
        press(qtbot, form.start_button)
        form.set_moment(b.s(604))
        press(qtbot, form.end_button)
        press(qtbot, form.strength.part("strong"))
        press(qtbot, form.explanations["camera"])
        write(qtbot, form.note_field, " stills ")
        press(qtbot, form.save_button)
        assert told == [
            (
                DIndex(
                    id=NEW_INDEX,
                    theme="D5",
                    strength=IndexStrength.STRONG,
                    start_us=b.s(600),
                    end_us=b.s(604),
                    present=("infant", "caregiver"),
                    ruled_out=("camera",),
                    note="stills",
                ),
            )
        ]


class TestMistakes:
    @pytest.fixture
    def timed(self, form, qtbot):
        write(qtbot, form.start, "9:37")
        write(qtbot, form.end, "9:40")
        return form

    def test_without_a_theme_nothing_is_told(self, timed, qtbot):
        told = asked(timed.saved)
        press(qtbot, timed.save_button)
        assert told == []
        assert timed.note_field.error() == "Choose a theme first"

    def test_a_theme_takes_the_error_away(self, timed, qtbot):
        press(qtbot, timed.save_button)
        choose_theme(timed, "D1")
        press(qtbot, timed.save_button)
        assert timed.note_field.error() == ""

    def test_an_end_before_the_start_is_refused(self, timed, qtbot):
        told = asked(timed.saved)
        choose_theme(timed, "D1")
        write(qtbot, timed.end, "9:36")
        press(qtbot, timed.save_button)
        assert told == []
        assert timed.end.error() == "Before the start"
        assert timed.end.text() == "9:36"

    @pytest.mark.parametrize("which", ["start", "end"])
    def test_both_times_are_needed(self, timed, qtbot, which):
        told = asked(timed.saved)
        choose_theme(timed, "D1")
        write(qtbot, getattr(timed, which), " ")
        press(qtbot, timed.save_button)
        assert told == []
        assert getattr(timed, which).error()

    def test_one_moment_is_an_index_too(self, timed, qtbot):
        told = asked(timed.saved)
        choose_theme(timed, "D1")
        write(qtbot, timed.end, "9:37")
        press(qtbot, timed.save_button)
        assert told[0][0].start_us == told[0][0].end_us == b.s(577)

    def test_a_refusal_leaves_everything_in_place(self, timed):
        choose_theme(timed, "D1")
        timed.show_refusal("there is no theme D1")
        assert timed.end.error() == "there is no theme D1"
        assert timed.start.text() == "9:37"


class TestEditing:
    def test_an_index_comes_back_as_it_was(self, form, qtbot):
        told = asked(form.saved)
        form.edit(OLD)
        press(qtbot, form.save_button)
        assert told == [(OLD,)]

    def test_the_form_says_which_one_it_is(self, form):
        form.edit(OLD)
        assert form.title() == "Index 3"
        assert form.edited_id == 3
        assert form.save_button.text() == "Save index"

    def test_a_new_start_leaves_its_people_alone(self, form, qtbot):
        form.edit(OLD)
        form.set_moment(b.s(600))
        press(qtbot, form.start_button)
        assert form.present() == ("stranger",)

    def test_beginning_again_forgets_it(self, form):
        form.edit(OLD)
        form.begin()
        assert form.edited_id == NEW_INDEX
        assert form.title() == "New index"
        assert (form.start.text(), form.end.text(), form.note_field.text()) == ("", "", "")
        assert form.present() == ()
        assert form.theme_box.currentData() is None
        assert not any(box.isChecked() for box in form.explanations.values())

    def test_clearing_the_form_is_a_wish(self, form, qtbot):
        told = asked(form.cancelled)
        press(qtbot, form.cancel_button)
        assert told == [()]


class TestHalfFilled:
    def test_an_empty_form_holds_nothing(self, form):
        assert not form.holds_unsaved

    @pytest.mark.parametrize(
        "fill",
        [
            lambda form: choose_theme(form, "D5"),
            lambda form: form.start_here(),
            lambda form: form.end_here(),
            lambda form: form.strength.set_chosen(IndexStrength.STRONG.value),
            lambda form: next(iter(form.people.values())).setChecked(True),
            lambda form: next(iter(form.explanations.values())).setChecked(True),
            lambda form: form.note_field.set_text("arm raised"),
        ],
    )
    def test_anything_put_in_is_held(self, form, fill):
        fill(form)
        assert form.holds_unsaved

    def test_clearing_the_form_lets_it_go(self, form):
        form.note_field.set_text("arm raised")
        form.keep_unsaved()
        form.begin()
        assert not form.holds_unsaved
        assert form.note_field.error() == ""

    def test_an_index_that_is_only_looked_at_is_not_held(self, form):
        form.edit(OLD)
        assert not form.holds_unsaved
        form.note_field.set_text("")
        assert form.holds_unsaved

    def test_it_says_what_to_do_first(self, form):
        form.keep_unsaved()
        assert form.note_field.error().startswith("Add this index or clear the form first")
        form.edit(OLD)
        form.keep_unsaved()
        assert form.note_field.error().startswith("Save this index or clear the form first")


class TestWhatIsWrongWithATime:
    """The fields are as wide as a time, so the reason has a line of its own under both."""

    def test_it_stands_whole_under_the_times(self, form, qtbot):
        form.resize(760, 400)
        choose_theme(form, "D5")
        write(qtbot, form.start, "9:40")
        write(qtbot, form.end, "9:10")
        press(qtbot, form.save_button)
        line = form._wrong_time
        assert line.text == form.end.error() == "Before the start"
        assert line.isVisible()
        assert line.width() > form.start.width() + form.end.width()

    def test_the_first_one_is_told_and_goes_when_it_is_mended(self, form, qtbot):
        write(qtbot, form.start, "soon")
        form.play()
        assert form._wrong_time.text == "Not a time; write it like 9:44.2"
        write(qtbot, form.start, "9:44")
        write(qtbot, form.end, "9:45")
        assert form._wrong_time.text == ""
