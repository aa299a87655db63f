from __future__ import annotations

from fractions import Fraction

import pytest

from ssp_coder.media.heard import Hearing
from ssp_coder.media.sound import SAMPLE_RATE
from ssp_coder.ui.player.sound_process import Answer
from ssp_coder.ui.player.speaker import DELAY_US, SoundState, Speaker
from tests.ui.player.sound_room import PretendedSystem


@pytest.fixture
def system():
    return PretendedSystem()


@pytest.fixture
def speaker(qapp, system):
    made = Speaker(system)
    yield made
    made.unload()


@pytest.fixture
def sounding(speaker, sound_factory, qtbot):
    with qtbot.waitSignal(speaker.began, timeout=5_000):
        speaker.load(sound_factory("mov_pcm").path, 0)
    return speaker


def becomes(speaker, state, qtbot):
    qtbot.waitUntil(lambda: speaker.state is state, timeout=5_000)


def is_heard(speaker, qtbot):
    qtbot.waitUntil(lambda: speaker.reading().hearing is Hearing.HEARD, timeout=5_000)


def test_without_a_recording_there_is_nothing_to_hear(speaker):
    assert speaker.state is SoundState.NONE
    speaker.begin(0, Fraction(1))
    assert speaker.reading().hearing is Hearing.ABSENT


def test_a_recording_is_heard_from_the_moment_it_begins(sounding, system, qtbot):
    assert sounding.state is SoundState.ON
    sounding.begin(400_000, Fraction(1))
    is_heard(sounding, qtbot)
    assert 400_000 <= sounding.reading().time_us < 1_000_000
    qtbot.waitUntil(lambda: system.outlet.loudest > 10_000, timeout=5_000)


def test_rest_ends_the_hearing(sounding, qtbot):
    sounding.begin(0, Fraction(1))
    is_heard(sounding, qtbot)
    sounding.rest()
    assert sounding.reading().hearing is Hearing.ABSENT


def test_unloading_gives_the_device_back(sounding, system):
    sounding.unload()
    assert system.outlet.closed.is_set()
    assert sounding.state is SoundState.NONE


def test_another_recording_is_heard_at_once_through_the_same_device(
    sounding, system, sound_factory, qtbot
):
    with qtbot.waitSignal(sounding.began, timeout=5_000):
        sounding.load(sound_factory("two_tracks").path, 0, 1)
    assert len(system.outlets) == 1
    assert sounding.track == 1
    sounding.begin(1_650_000, Fraction(1))
    is_heard(sounding, qtbot)
    qtbot.waitUntil(lambda: system.outlet.loudest > 10_000, timeout=5_000)


def test_a_recording_after_one_that_was_let_go_gets_a_new_device(
    sounding, system, sound_factory, qtbot
):
    sounding.unload()
    with qtbot.waitSignal(sounding.began, timeout=5_000):
        sounding.load(sound_factory("mp4").path, 0)
    assert len(system.outlets) == 2


def test_another_recording_looks_for_a_device_that_was_lost(sounding, system, sound_factory, qtbot):
    system.outlet.lose()
    becomes(sounding, SoundState.OFF, qtbot)
    sounding.load(sound_factory("mp4").path, 0)
    becomes(sounding, SoundState.ON, qtbot)
    assert len(system.outlets) == 2


@pytest.mark.parametrize("origin_us", [-5_000_000, 700_000])
def test_a_camera_is_heard_at_its_place_in_the_session(
    speaker, system, sound_factory, qtbot, origin_us
):
    with qtbot.waitSignal(speaker.began, timeout=5_000):
        speaker.load(sound_factory("mov_pcm").path, origin_us)
    speaker.begin(1_000_000 - origin_us, Fraction(1))
    qtbot.waitUntil(lambda: speaker.reading().time_us > 1_500_000 - origin_us, timeout=5_000)
    assert system.outlet.loudest < 1_000
    qtbot.waitUntil(lambda: system.outlet.loudest > 10_000, timeout=5_000)
    assert 1_600_000 < speaker.reading().time_us + origin_us < 2_000_000


def test_before_a_camera_begins_and_after_it_ends_silence_runs_on(
    speaker, system, sound_factory, qtbot
):
    with qtbot.waitSignal(speaker.began, timeout=5_000):
        speaker.load(sound_factory("mov_pcm").path, -5_000_000)
    for start_us in (0, 30_000_000):
        speaker.begin(start_us, Fraction(2))
        qtbot.waitUntil(
            lambda start_us=start_us: speaker.reading().time_us > start_us + 400_000,
            timeout=5_000,
        )
    assert system.outlet.loudest == 0


def test_a_device_is_lent_and_taken_back(sounding, system, qtbot):
    sounding.give_way()
    assert system.outlet.closed.is_set()
    assert "adjusted" in sounding.reason
    assert not sounding._retry.isActive()
    sounding.begin(0, Fraction(1))
    assert sounding.reading().hearing is Hearing.ABSENT
    sounding.retry()
    becomes(sounding, SoundState.ON, qtbot)


def test_there_is_nothing_to_lend_without_a_recording(speaker, system):
    speaker.give_way()
    assert speaker.state is SoundState.NONE
    speaker.retry()
    assert system.asked == 0


# ------------------------------------------------------------------------------ scraps


def test_a_scrap_is_heard_once_and_leads_no_clock(sounding, system, qtbot):
    sounding.scrap(500_000, 60_000)
    qtbot.waitUntil(lambda: system.outlet.loudest > 10_000, timeout=5_000)
    assert sounding.reading().hearing is Hearing.ABSENT
    later_us = system.outlet.heard()[0] + 300_000
    qtbot.waitUntil(lambda: system.outlet.heard()[0] > later_us, timeout=5_000)
    assert 0.9 < system.outlet.sounding / (0.060 * SAMPLE_RATE) <= 1


def test_playing_takes_the_place_of_a_scrap(sounding, system, qtbot):
    sounding.scrap(500_000, 80_000)
    sounding.begin(2_000_000, Fraction(1))
    is_heard(sounding, qtbot)
    assert sounding.reading().time_us >= 2_000_000


# ------------------------------------------------------------------------------ the delay


def test_the_device_is_known_by_its_name(sounding):
    assert sounding.device_name == "Pretended speakers"
    assert sounding.delay_us == DELAY_US


def test_a_device_of_known_delay_is_believed_so_much_later(system, qapp, sound_factory, qtbot):
    late = Speaker(system)
    late.set_delays({"Pretended speakers": 250_000, "Another": 0})
    with qtbot.waitSignal(late.began, timeout=5_000):
        late.load(sound_factory("mov_pcm").path, 0)
    assert late.delay_us == 250_000
    late.begin(0, Fraction(1))
    written_us = system.outlet.heard()[0] + 200_000
    qtbot.waitUntil(lambda: system.outlet.heard()[0] > written_us, timeout=5_000)
    assert late.reading().hearing is Hearing.COMING
    is_heard(late, qtbot)
    late.unload()


def test_a_delay_that_changes_while_playing_counts_at_once(sounding, qtbot):
    sounding.begin(0, Fraction(1))
    qtbot.waitUntil(lambda: sounding.reading().time_us > 400_000, timeout=5_000)
    before = sounding.reading()
    sounding.set_delays({"Pretended speakers": 0})
    assert sounding.delay_us == 0
    qtbot.waitUntil(lambda: sounding.reading().at_ns > before.at_ns, timeout=5_000)
    after = sounding.reading()
    gained_us = after.time_us - before.time_us - (after.at_ns - before.at_ns) // 1_000
    assert gained_us == pytest.approx(DELAY_US, abs=2_000)


def test_each_device_has_its_own_delay(sounding, system, qtbot):
    sounding.set_delays({"Pretended speakers": 30_000})
    system.name = "Television"
    with qtbot.waitSignal(sounding.began, timeout=5_000):
        system.outlet.lose(Answer.MOVED)
    assert (sounding.device_name, sounding.delay_us) == ("Television", DELAY_US)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer.NO_LIBRARY, "libpulse0"),
        (Answer.NO_DEVICE, "no sound device"),
        (Answer.REFUSED, "in use or switched off"),
        (None, "does not answer"),
    ],
)
def test_a_device_that_cannot_be_had_is_explained(
    speaker, system, sound_factory, qtbot, answer, words
):
    system.refuse(answer)
    speaker.load(sound_factory("mov_pcm").path, 0)
    becomes(speaker, SoundState.OFF, qtbot)
    assert words in speaker.reason
    speaker.begin(0, Fraction(1))
    assert speaker.reading().hearing is Hearing.ABSENT


@pytest.mark.parametrize("answer", [Answer.REFUSED, None])
def test_a_device_lost_while_playing_is_told_and_nothing_is_expected_of_it(
    sounding, system, qtbot, answer
):
    sounding.begin(0, Fraction(1))
    is_heard(sounding, qtbot)
    system.outlet.lose(answer)
    becomes(sounding, SoundState.OFF, qtbot)
    assert sounding.reason == "the sound device was lost"
    assert sounding.reading().hearing is Hearing.ABSENT
    assert system.outlet.closed.is_set()


def test_a_device_that_hangs_is_given_up(sounding, system, qtbot):
    system.outlet.frozen = True
    becomes(sounding, SoundState.OFF, qtbot)


def test_a_device_found_again_begins_anew(sounding, system, qtbot):
    system.outlet.lose()
    becomes(sounding, SoundState.OFF, qtbot)
    with qtbot.waitSignal(sounding.began, timeout=5_000):
        sounding.retry()
    assert sounding.state is SoundState.ON
    assert sounding.reason == ""
    sounding.begin(1_000_000, Fraction(1))
    is_heard(sounding, qtbot)


def test_sound_moves_with_the_usual_device_without_a_word(sounding, system, qtbot):
    seen = []
    sounding.state_changed.connect(seen.append)
    with qtbot.waitSignal(sounding.began, timeout=5_000):
        system.outlet.lose(Answer.MOVED)
    assert seen == [SoundState.OPENING, SoundState.ON]


def test_a_lost_device_is_looked_for_by_itself_without_a_word(sounding, system, qtbot):
    system.refuse(Answer.NO_DEVICE)
    system.outlet.lose()
    becomes(sounding, SoundState.OFF, qtbot)
    assert sounding._retry.isActive()
    seen = []
    sounding.state_changed.connect(seen.append)
    sounding._retry.setInterval(20)
    qtbot.waitUntil(lambda: system.asked >= 3, timeout=5_000)
    assert SoundState.OPENING not in seen
    system.refuses = False
    becomes(sounding, SoundState.ON, qtbot)


def test_a_device_that_does_not_come_back_is_looked_for_less_and_less(sounding, system, qtbot):
    system.refuse(Answer.NO_DEVICE)
    system.outlet.lose()
    becomes(sounding, SoundState.OFF, qtbot)
    pauses = []
    for _ in range(6):
        pauses.append(sounding._retry.interval())
        asked = system.asked
        sounding._retry.stop()
        sounding._look_again()
        qtbot.waitUntil(
            lambda asked=asked: system.asked > asked and sounding._retry.isActive(), timeout=5_000
        )
    assert pauses == [10_000, 20_000, 40_000, 80_000, 160_000, 160_000]


def test_a_missing_library_is_not_looked_for_again(speaker, system, sound_factory, qtbot):
    system.refuse(Answer.NO_LIBRARY)
    speaker.load(sound_factory("mov_pcm").path, 0)
    becomes(speaker, SoundState.OFF, qtbot)
    assert not speaker._retry.isActive()


def test_retrying_while_all_is_well_does_nothing(sounding, system):
    sounding.retry()
    assert system.asked == 1


def test_leaving_does_not_wait_for_a_device_that_hangs(speaker, system, sound_factory):
    system.hangs = True
    speaker.load(sound_factory("mov_pcm").path, 0)
    assert speaker.state is SoundState.OPENING
    speaker.unload()
    assert speaker.state is SoundState.NONE
    assert system.outlets == []


def test_sound_that_cannot_be_read_is_told_and_the_device_let_go(speaker, tmp_path, qtbot):
    with qtbot.waitSignal(speaker.began, timeout=5_000):
        speaker.load(tmp_path / "gone.mp4", 0)
    with qtbot.waitSignal(speaker.trouble, timeout=5_000) as said:
        speaker.begin(0, Fraction(1))
    assert "gone.mp4 does not exist" in said.args[0]
    assert speaker.state is SoundState.NONE


def test_a_failure_of_a_recording_that_was_let_go_does_not_end_the_next_one(
    sounding, sound_factory, tmp_path, qtbot
):
    troubles = []
    sounding.trouble.connect(troubles.append)
    sounding.load(tmp_path / "gone.mp4", 0)
    failing = sounding._lane
    sounding.begin(0, Fraction(1))
    failing._thread.join(5)
    assert not failing._thread.is_alive()
    sounding.load(sound_factory("mov_pcm").path, 0)
    sounding.begin(0, Fraction(1))
    is_heard(sounding, qtbot)
    assert (sounding.state, troubles) == (SoundState.ON, [])


def test_volume_stays_between_nothing_and_full(speaker):
    for steps, volume in ((-3, 0.7), (-9, 0.0), (-1, 0.0), (25, 1.0)):
        speaker.change_volume(steps)
        assert speaker.volume == volume


def test_volume_is_told_once(speaker, qtbot):
    with qtbot.waitSignal(speaker.volume_changed) as told:
        speaker.set_volume(0.4)
    assert told.args == [0.4, False]
    with qtbot.assertNotEmitted(speaker.volume_changed):
        speaker.set_volume(0.4)


def test_mute_keeps_the_volume_and_louder_ends_it(speaker):
    speaker.set_volume(0.6)
    speaker.toggle_mute()
    assert (speaker.volume, speaker.muted) == (0.6, True)
    speaker.toggle_mute()
    assert (speaker.volume, speaker.muted) == (0.6, False)
    speaker.toggle_mute()
    speaker.change_volume(1)
    assert (speaker.volume, speaker.muted) == (0.7, False)


def test_a_muted_recording_is_written_as_silence(speaker, system, sound_factory, qtbot):
    speaker.toggle_mute()
    with qtbot.waitSignal(speaker.began, timeout=5_000):
        speaker.load(sound_factory("mov_pcm").path, 0)
    speaker.begin(450_000, Fraction(1))
    qtbot.waitUntil(lambda: speaker.reading().time_us > 650_000, timeout=5_000)
    assert system.outlet.loudest == 0


def test_another_track_is_heard_after_it_was_chosen(speaker, system, sound_factory, qtbot):
    with qtbot.waitSignal(speaker.began, timeout=5_000):
        speaker.load(sound_factory("two_tracks").path, 0)
    with qtbot.waitSignal(speaker.began):
        speaker.choose_track(1)
    speaker.begin(450_000, Fraction(1))
    qtbot.waitUntil(lambda: speaker.reading().time_us > 700_000, timeout=5_000)
    assert system.outlet.loudest < 1_000
