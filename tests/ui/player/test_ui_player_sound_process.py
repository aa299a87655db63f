from __future__ import annotations

import ast
import os
import subprocess
import sys
import textwrap
import threading

import numpy as np
import pytest

from ssp_coder.media import sound
from ssp_coder.ui.player import sound_device, sound_process
from ssp_coder.ui.player.sound_device import LEAD, SCRIPT, ComputerSound, ProcessOutlet, SoundOff
from ssp_coder.ui.player.sound_process import (
    PAIR_BYTES,
    RECORD,
    Answer,
    Input,
    Mouth,
    introduce,
)

STOPPED = "stopped"

real_open = ComputerSound.open
"""Kept before the window tests put a computer without devices in its place."""

DEVICE = f"""
import os, struct, sys, time
record, taken = struct.Struct({RECORD.format!r}), 0
os.write(1, "Kopfhörer im Labor\\n".encode())
os.write(1, record.pack(0, time.monotonic_ns(), 0))
while chunk := os.read(0, 4096):
    taken += len(chunk) // {PAIR_BYTES}
    os.write(1, record.pack(taken * 1_000_000 // 48_000, time.monotonic_ns(), taken))
sys.exit(int(sys.argv[1]))
"""
MUTE_DEVICE = "import os\nwhile os.read(0, 4096): pass"


def never() -> bool:
    return False


def device(program=DEVICE, *arguments):
    return ProcessOutlet((sys.executable, "-c", program, *(arguments or ("0",))))


@pytest.fixture
def outlet():
    made = device()
    made.wait_until_open(never)
    yield made
    made.close()


def pairs(count):
    return np.zeros((count, 2), np.int16)


# ------------------------------------------------------------------------------ the window's side


def test_an_open_device_has_room_for_a_little(outlet):
    assert outlet.room() == LEAD
    assert outlet.trouble() == ""


def test_room_comes_back_when_the_device_has_taken_what_was_written(outlet, qtbot):
    assert outlet.write(pairs(500)) == 500
    assert outlet.room() <= LEAD
    qtbot.waitUntil(lambda: outlet.room() == LEAD, timeout=5_000)
    heard_us, at_ns = outlet.heard()
    assert heard_us == 500 * 1_000_000 // 48_000
    assert at_ns > 0


def test_a_device_is_known_by_the_name_the_computer_gives_it(outlet):
    assert outlet.name == "Kopfhörer im Labor"


def test_a_device_without_a_name_is_a_device():
    outlet = device(DEVICE.replace("Kopfhörer im Labor", ""))
    outlet.wait_until_open(never)
    assert outlet.name == ""
    outlet.close()


def test_a_device_that_ends_by_itself_is_noticed_and_says_why(qtbot):
    outlet = device("import sys; sys.exit(6)")
    with pytest.raises(SoundOff) as refused:
        outlet.wait_until_open(never)
    assert refused.value.answer is Answer.MOVED


@pytest.mark.parametrize("program", ["import os; os.abort()", "1 / 0", "import sys; sys.exit(77)"])
def test_a_device_that_dies_gives_no_answer(program):
    with pytest.raises(SoundOff) as refused:
        device(program).wait_until_open(never)
    assert refused.value.answer is None


def test_a_device_that_dies_while_playing_takes_nothing_more(outlet, qtbot):
    outlet._process.kill()
    qtbot.waitUntil(lambda: outlet.trouble() != "", timeout=5_000)
    assert outlet.write(pairs(10)) == 0
    assert outlet.close() is None


def test_a_device_that_says_nothing_is_ended_when_nobody_waits_any_more():
    outlet = device(MUTE_DEVICE)
    asked = iter([False, False, True])
    with pytest.raises(SoundOff):
        outlet.wait_until_open(lambda: next(asked))
    assert outlet._process.poll() is not None


def test_a_device_that_says_nothing_is_given_up_in_time(monkeypatch):
    monkeypatch.setattr(sound_device, "ANSWER_S", 0.05)
    with pytest.raises(SoundOff):
        device(MUTE_DEVICE).wait_until_open(never)


def test_a_device_that_does_not_want_to_end_is_ended(monkeypatch):
    monkeypatch.setattr(sound_device, "_FAREWELL_S", 0.05)
    outlet = device("import threading; threading.Event().wait()")
    assert outlet.close() is None
    assert outlet._process.poll() is not None


def test_closing_twice_is_harmless(outlet):
    assert outlet.close() is Answer.ENDED
    assert outlet.close() is Answer.ENDED


def test_a_program_that_cannot_be_started_is_no_device(monkeypatch):
    monkeypatch.setattr(sound_device.sys, "executable", "/nowhere/python")
    with pytest.raises(SoundOff):
        real_open(ComputerSound(), never)


def test_a_computer_without_a_sound_server_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    monkeypatch.setenv("QT_AUDIO_BACKEND", "pulseaudio")
    with pytest.raises(SoundOff) as refused:
        real_open(ComputerSound(), never)
    assert refused.value.answer in (Answer.NO_DEVICE, Answer.NO_LIBRARY)


# ------------------------------------------------------------------------------ the other process


class HandSink:
    """Stands for Qt's device."""

    def __init__(self, *, opens=True):
        self.free = 4_000
        self.state_now = "active"
        self.heard_us = 0
        self.written = b""
        self._opens = opens

    def start(self):
        return self if self._opens else None

    def state(self):
        return self.state_now

    def bytesFree(self):  # noqa: N802 - Qt's name
        return self.free

    def processedUSecs(self):  # noqa: N802 - Qt's name
        return self.heard_us

    def write(self, chunk):
        self.written += chunk


class HandInput:
    def __init__(self, content=b""):
        self.content, self.ended = content, False

    def take(self, most):
        count = min(most, len(self.content)) // PAIR_BYTES * PAIR_BYTES
        taken, self.content = self.content[:count], self.content[count:]
        return taken


@pytest.fixture
def pipe():
    reading, writing = os.pipe()
    yield reading, writing
    for end in (reading, writing):
        try:
            os.close(end)
        except OSError:
            continue


def test_sound_goes_to_the_device_as_far_as_it_has_room(pipe):
    sink, waiting = HandSink(), HandInput(bytes(10_000))
    mouth = Mouth(sink, waiting, STOPPED, pipe[1])
    assert mouth.tick() is None
    assert len(sink.written) == 4_000
    sink.heard_us = 12_345
    sink.free = 0
    assert mouth.tick() is None
    records = os.read(pipe[0], 1_000)
    heard_us, at_ns, taken = RECORD.unpack(records[-RECORD.size :])
    assert (heard_us, taken) == (12_345, 1_000)
    assert at_ns > 0


def test_the_end_of_the_input_ends_it(pipe):
    waiting = HandInput()
    waiting.ended = True
    assert Mouth(HandSink(), waiting, STOPPED, pipe[1]).tick() is Answer.ENDED


def test_a_device_that_does_not_open_ends_it(pipe):
    assert Mouth(HandSink(opens=False), HandInput(), STOPPED, pipe[1]).tick() is Answer.REFUSED


def test_a_device_that_stops_ends_it(pipe):
    sink = HandSink()
    mouth = Mouth(sink, HandInput(), STOPPED, pipe[1])
    sink.state_now = STOPPED
    assert mouth.tick() is Answer.REFUSED


def test_a_window_that_is_gone_ends_it(pipe):
    os.close(pipe[0])
    assert Mouth(HandSink(), HandInput(), STOPPED, pipe[1]).tick() is Answer.ENDED


def test_a_name_is_told_in_one_line(pipe):
    introduce("Built-in\nAudio \t Stereo", pipe[1])
    assert os.read(pipe[0], 100) == b"Built-in Audio Stereo\n"


def test_a_reading_that_took_long_is_not_told(pipe, monkeypatch):
    times = iter([0, 3_000_000])
    monkeypatch.setattr(sound_process.time, "monotonic_ns", lambda: next(times))
    os.set_blocking(pipe[0], False)
    assert Mouth(HandSink(), HandInput(), STOPPED, pipe[1]).tick() is None
    with pytest.raises(BlockingIOError):
        os.read(pipe[0], 100)


def test_input_is_handed_on_in_whole_pairs_until_it_ends(pipe, qtbot):
    reading, writing = pipe
    waiting = Input(reading)
    os.write(writing, bytes(range(10)))
    got = bytearray()
    qtbot.waitUntil(lambda: got.extend(waiting.take(100)) or len(got) == 8, timeout=5_000)
    assert waiting.take(100) == b""
    os.write(writing, b"\x0a\x0b")
    qtbot.waitUntil(lambda: got.extend(waiting.take(100)) or len(got) == 12, timeout=5_000)
    assert bytes(got) == bytes(range(12))
    assert not waiting.ended
    os.close(writing)
    qtbot.waitUntil(lambda: waiting.ended, timeout=5_000)


def test_the_window_never_loads_the_sound_library():
    program = """
        import sys, ssp_coder.ui.main.window, ssp_coder.ui.player.speaker
        sys.exit("PySide6.QtMultimedia" in sys.modules)
    """
    outcome = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], cwd=SCRIPT.parents[3], check=False
    )
    assert outcome.returncode == 0


def test_both_sides_mean_the_same_sound():
    assert sound_process.SAMPLE_RATE == sound.SAMPLE_RATE
    assert sound.silence(1).nbytes == PAIR_BYTES


def test_the_other_process_needs_nothing_of_the_program():
    imported = {
        name
        for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert not any(name.startswith("ssp_coder") for name in imported)


def test_where_the_library_is_missing_the_process_says_so(tmp_path):
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").touch()
    outcome = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        stdin=subprocess.DEVNULL,
    )
    assert outcome.returncode == Answer.NO_LIBRARY


def test_no_thread_of_a_device_outlives_it():
    before = set(threading.enumerate())
    outlet = device()
    outlet.wait_until_open(never)
    outlet.close()
    assert set(threading.enumerate()) == before
