from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import ClearSessionEnd
from ssp_coder.ui.player.player import RATES
from ssp_coder.ui.player.stage import Stage
from ssp_coder.ui.player.transport import NARROW_PX, TIGHT_PX, Transport
from ssp_coder.ui.player.view import Moment
from tests.builders import after, coding, infant_scheme, mark, with_episodes
from tests.ui.pages import paint, shown_stage


@pytest.fixture
def bar(theme, qtbot):
    made = Transport(theme)
    qtbot.addWidget(made)
    made.resize(700, 60)
    made.show()
    return made


@pytest.fixture
def stage(theme, qtbot) -> Stage:
    made = shown_stage(theme, qtbot)
    made.resize(800, 500)
    return made


def spans(value):
    return episode_spans(value, infant_scheme().procedure)


def episode(stage):
    return stage.transport._episode.text(), stage.transport._in_episode.text()


def test_every_control_has_a_spoken_name(bar):
    controls = (bar._back, bar._play, bar._forward, bar._rates)
    assert [control.accessibleName() for control in controls] == [
        "One frame back",
        "Play",
        "One frame forward",
        "Speed",
    ]


def test_tooltips_name_the_keys(bar):
    tips = [button.toolTip() for button in (bar._back, bar._play, bar._forward)]
    assert tips == ["One frame back (Left)", "Play (Space)", "One frame forward (Right)"]


def test_controls_take_no_focus_from_a_click(bar):
    for control in (bar._back, bar._play, bar._forward, bar._rates):
        assert control.focusPolicy() == Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize(("name", "by"), [("_back", -1), ("_forward", 1)])
def test_step_buttons_ask_for_one_frame(bar, qtbot, name, by):
    with qtbot.waitSignal(bar.step_requested) as asked:
        QTest.mouseClick(getattr(bar, name), Qt.MouseButton.LeftButton)
    assert asked.args == [by]


def test_the_frame_number_is_grouped_so_that_it_can_be_read(bar):
    bar.show_frame_rate("at 29.97")
    bar.show_moment(Moment(Micros(1_290_000_000), 38_661))
    digits = bar._frame.text().replace("\N{NO-BREAK SPACE}", " ")
    digits = digits.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{THIN SPACE}", " ")
    assert digits == "frame 38 661 at 29.97"
    assert bar._time.text() == "21:30.000"


def test_a_narrow_bar_leaves_the_episode_out_and_keeps_the_time(bar, theme):
    bar.show_episode("EP5  Reunion", "0:10, planned 3:00")
    assert bar._episode.isVisible()
    bar.resize(theme.px(NARROW_PX) - 1, 60)
    assert not bar._episode.isVisible()
    assert not bar._in_episode.isVisible()
    assert bar._time.isVisible()
    bar.resize(theme.px(NARROW_PX) + 50, 60)
    assert bar._episode.isVisible()


def test_in_a_tight_bar_the_list_of_speeds_gives_way_to_the_time(bar, theme, qtbot):
    bar.setMinimumWidth(1)
    bar.resize(theme.px(TIGHT_PX) - 1, 60)
    assert not bar._rates.isVisible()
    qtbot.waitUntil(lambda: bar._time.width() >= bar._time.minimumSizeHint().width())
    bar.resize(theme.px(TIGHT_PX) + 1, 60)
    assert bar._rates.isVisible()


def test_every_speed_is_offered_in_order(bar):
    shown = [bar._rates.itemText(place) for place in range(bar._rates.count())]
    assert shown == [f"{rate:g}×" for rate in RATES]
    assert bar._rates.currentText() == "1×"


@pytest.mark.parametrize("rate", RATES)
def test_a_chosen_speed_is_asked_for_and_a_told_one_shown(bar, qtbot, rate):
    with qtbot.waitSignal(bar.rate_chosen) as asked:
        bar._rates.activated.emit(RATES.index(rate))
    assert asked.args == [rate]
    bar.show_rate(rate + 0.001)
    assert bar._rates.currentData() == rate


def test_showing_a_speed_asks_for_nothing(bar, qtbot):
    with qtbot.assertNotEmitted(bar.rate_chosen):
        bar.show_rate(2.0)


def test_the_play_button_offers_what_it_would_do(bar):
    bar.show_playing(True)
    assert bar._play.accessibleName() == "Pause"
    bar.show_playing(False)
    assert bar._play.accessibleName() == "Play"


def video_of(fps, constant):
    facts = SimpleNamespace(fps=fps, constant_rate=constant)
    return SimpleNamespace(facts=facts, tracks=(), index=SimpleNamespace(end_us=1_000_000))


@pytest.mark.parametrize(
    ("fps", "constant", "words"),
    [
        (Fraction(25), True, "frame 0 at 25"),
        (Fraction(30_000, 1_001), True, "frame 0 at 29.97"),
        (Fraction(30), True, "frame 0 at 30"),
        (Fraction(25), False, "frame 0 at a changing rate"),
        (None, False, "frame 0"),
    ],
)
def test_the_frame_rate_is_said_as_it_is(stage, fps, constant, words):
    stage.player.cameras[0]._video = video_of(fps, constant)
    stage.player.cameras_changed.emit()
    paint(stage, 0.001)
    stage.player.cameras[0]._video = None
    assert stage.transport._frame.text() == words


def test_no_episode_is_named_where_none_is_marked(stage):
    paint(stage, 100)
    assert episode(stage) == ("", "")


def test_no_episode_is_named_after_the_session_end(stage):
    stage.show_episodes(spans(with_episodes()))
    paint(stage, 1289)
    assert episode(stage)[0].startswith("EP8")
    paint(stage, 1291)
    assert episode(stage) == ("", "")


def test_no_episode_is_named_before_the_first(stage):
    stage.show_episodes(spans(after(coding(), mark("EP1", 20))))
    paint(stage, 10)
    assert episode(stage) == ("", "")


def test_a_running_episode_says_how_far_and_how_long_it_is_planned(stage):
    stage.show_episodes(spans(after(with_episodes(), ClearSessionEnd())))
    paint(stage, 1130)
    title, detail = episode(stage)
    assert title.startswith("EP8  ")
    assert detail == "0:20, planned 3:00"


def test_a_finished_episode_says_its_real_and_its_planned_length(stage):
    stage.show_episodes(spans(after(with_episodes(), mark("EP6", 700))))
    paint(stage, 600)
    assert episode(stage)[1] == "0:30 of 2:10, planned 3:00"


def test_moving_a_mark_changes_the_words_under_the_resting_picture(stage):
    stage.show_episodes(spans(with_episodes()))
    paint(stage, 575)
    assert episode(stage)[0].startswith("EP5")
    stage.show_episodes(spans(after(with_episodes(), mark("EP5", 580))))
    assert episode(stage)[0].startswith("EP4")
