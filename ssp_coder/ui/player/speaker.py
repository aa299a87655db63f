"""The sound of the player: one lane, one device in a thread of its own, silence when there is none.

Whatever happens to the device, the picture goes on: without sound the clock runs by itself.
"""

from __future__ import annotations

import threading
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ssp_coder.media.playout import Playout
from ssp_coder.media.sound_lane import SoundLane
from ssp_coder.ui.player.sound_device import SoundOff, sound_of_this_computer
from ssp_coder.ui.player.sound_process import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from pathlib import Path

    from ssp_coder.media.errors import MediaError
    from ssp_coder.media.heard import Reading
    from ssp_coder.media.playout import Lane
    from ssp_coder.ui.player.sound_device import OpenOutlet, SoundSystem

PUMP_S = 0.01
"""How often the device is fed."""
DELAY_US = 18_000
"""How much later a sound is heard than the device says (measured with PulseAudio: 17 to 19 ms)."""
MOST_DELAY_US = 500_000
"""Project default: no device is believed to be heard later than this."""
RETRY_MS = 10_000
"""Project default: when a device that was lost is looked for; each time twice as long after."""
RETRY_AT_MOST_MS = 160_000
"""Project default: no longer apart than this."""
VOLUME_STEP = 0.1
"""Project default: how much one press of a key makes it louder or softer."""


class SoundState(StrEnum):
    """What the coder can expect to hear."""

    NONE = "none"
    """There is nothing to hear: no recording, or one without sound."""
    OPENING = "opening"
    """The device is being opened."""
    ON = "on"
    """The sound is heard while the recording plays."""
    OFF = "off"
    """The recording has sound and it cannot be heard; `reason` says why."""


class _Device(QObject):
    """Opens a device, feeds it and gives it back, all in one thread of its own."""

    found = Signal(str)
    opened = Signal()
    gone = Signal(object)

    def __init__(
        self,
        system: SoundSystem,
        playout: Playout,
        delays: Mapping[str, int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._system = system
        self._playout = playout
        self._delays = delays
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sound feeder", daemon=True)

    def start(self) -> None:
        """Begin; call it once, after connecting."""
        self._thread.start()

    def end(self) -> None:
        """Stop and wait until the device is given back."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        """Feed the device until it is gone or `end` was called."""
        try:
            outlet = self._system.open(self._ended.is_set)
        except SoundOff as off:
            self.gone.emit(off.answer)
            return
        self.found.emit(outlet.name)
        lost = self._feed(outlet)
        self._playout.attach(None)
        answer = outlet.close()
        if lost:
            self.gone.emit(answer)

    def _feed(self, outlet: OpenOutlet) -> bool:
        """Whether the device got lost meanwhile."""
        self._playout.attach(outlet, self._delays.get(outlet.name, DELAY_US))
        told = False
        while not self._ended.wait(PUMP_S):
            if self._playout.pump():
                return True
            if self._playout.awake and not told:
                told = True
                self.opened.emit()
        return False


class Speaker(QObject):
    """Lets one sound at a time be heard and leads the player's clock by it.

    `begin`, `rest` and `reading` are what a `MasterClock` asks of its sound.
    """

    state_changed = Signal(object)
    began = Signal()
    volume_changed = Signal(float, bool)
    device_named = Signal(str)
    trouble = Signal(str)
    _lane_failed = Signal(int, object)

    def __init__(self, system: SoundSystem | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._system = sound_of_this_computer() if system is None else system
        self._playout = Playout()
        self._lane: Lane | None = None
        self._loads = 0
        self._delays: dict[str, int] = {}
        self._device: _Device | None = None
        self._device_name = ""
        self._state = SoundState.NONE
        self._reason = ""
        self._volume, self._muted = 1.0, False
        self._lane_failed.connect(self._give_up)
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._look_again)

    @property
    def state(self) -> SoundState:
        """What can be expected to be heard."""
        return self._state

    @property
    def reason(self) -> str:
        """Why nothing can be heard, empty unless the state is OFF."""
        return self._reason

    @property
    def volume(self) -> float:
        """How loud, 0 to 1, also while muted."""
        return self._volume

    @property
    def muted(self) -> bool:
        """Whether the sound is switched off by the coder."""
        return self._muted

    @property
    def track(self) -> int:
        """Place of the sound track that is heard."""
        return self._playout.place

    @property
    def device_name(self) -> str:
        """What the computer calls the device that was opened last, empty before the first."""
        return self._device_name

    @property
    def delay_us(self) -> int:
        """How much later than it says the device lets a sound be heard."""
        return self._delays.get(self._device_name, DELAY_US)

    def load(self, path: Path, origin_us: int, track: int = 0) -> None:
        """Take the sound of a recording; a device that is open stays open.

        Args:
            path: the recording.
            origin_us: where time 0 lies on the container's own clock; where the recording holds
                nothing, before its beginning and after its end, it is silent.
            track: which of its sound tracks, from 0.
        """
        if self._system is not None:
            self._loads += 1
            failed = partial(self._lane_failed.emit, self._loads)
            self.take_lane(SoundLane(path, origin_us, failed), track)

    def take_lane(self, lane: Lane, track: int = 0) -> None:
        """Take the sound of a lane, which is closed when another takes its place."""
        if self._system is None:
            lane.close()
            return
        self._playout.load(lane, track)
        self._close_lane()
        self._lane = lane
        if self._state is SoundState.ON:
            self.began.emit()
        elif self._device is None:
            self._open_device()

    def unload(self) -> None:
        """Let recording and device go."""
        self._retry.stop()
        self._end_device()
        self._playout.load(None)
        self._close_lane()
        self._show(SoundState.NONE)

    def retry(self) -> None:
        """Try the device again after it was lost."""
        if self._state is SoundState.OFF and self._lane is not None:
            self._end_device()
            self._open_device()

    def give_way(self) -> None:
        """Let another have the device for a while; `retry` takes it back."""
        if self._lane is not None:
            self._retry.stop()
            self._end_device()
            self._show(SoundState.OFF, self.tr("the sound device is being adjusted"))

    def begin(self, time_us: int, rate: Fraction) -> None:
        """Let the sound be heard from a media time on."""
        self._playout.begin(time_us, rate)

    def rest(self) -> None:
        """Let nothing more be heard."""
        self._playout.rest()

    def scrap(self, time_us: int, length_us: int) -> None:
        """Let a scrap of sound be heard once, while the recording rests."""
        self._playout.scrap(time_us, length_us)

    def set_delays(self, delays: Mapping[str, int]) -> None:
        """Know how much later each device is heard than it says, by its name."""
        self._delays.update(delays)
        self._playout.set_delay(self.delay_us)

    def reading(self) -> Reading:
        """What was heard last of the sound begun last."""
        return self._playout.reading()

    def choose_track(self, place: int) -> None:
        """Let another sound track be heard, counted from 0; `began` follows."""
        self._playout.choose(place)
        self.began.emit()

    def set_volume(self, volume: float) -> None:
        """Set how loud, 0 to 1; what is louder than nothing is not muted."""
        self._change_volume(min(1.0, max(0.0, volume)), muted=self._muted and volume <= 0)

    def change_volume(self, steps: int) -> None:
        """Make it louder, or softer when negative."""
        self.set_volume(round(self._volume + steps * VOLUME_STEP, 3))

    def toggle_mute(self) -> None:
        """Switch the sound off or on again."""
        self._change_volume(self._volume, muted=not self._muted)

    def _change_volume(self, volume: float, *, muted: bool) -> None:
        if (volume, muted) != (self._volume, self._muted):
            self._volume, self._muted = volume, muted
            self._playout.set_gain(0.0 if muted else volume)
            self.volume_changed.emit(volume, muted)

    # ------------------------------------------------------------------ the device

    def _open_device(self) -> None:
        self._retry.stop()
        self._retry.setInterval(RETRY_MS)
        self._show(SoundState.OPENING)
        self._start_device()

    def _look_again(self) -> None:
        """Try the device without a word unless it is there."""
        self._retry.setInterval(min(RETRY_AT_MOST_MS, 2 * self._retry.interval()))
        self._start_device()

    def _start_device(self) -> None:
        if self._system is None:
            return
        device = _Device(self._system, self._playout, self._delays, self)
        device.found.connect(self._name_device)
        device.opened.connect(self._device_opened)
        device.gone.connect(self._device_gone)
        self._device = device
        device.start()

    def _end_device(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            device.end()
            device.deleteLater()

    def _close_lane(self) -> None:
        if self._lane is not None:
            self._lane.close()
            self._lane = None

    def _name_device(self, name: str) -> None:
        if self._device is not None and self.sender() is self._device:
            self._device_name = name
            self.device_named.emit(name)

    def _device_opened(self) -> None:
        if self._device is not None and self.sender() is self._device:
            self._show(SoundState.ON)
            self.began.emit()

    def _device_gone(self, answer: Answer | None) -> None:
        if self._device is None or self.sender() is not self._device:
            return
        was_on = self._state is SoundState.ON
        self._end_device()
        if answer is Answer.MOVED:
            self._open_device()
            return
        self._show(SoundState.OFF, self._words(answer, was_on=was_on))
        if answer is not Answer.NO_LIBRARY:
            self._retry.start()

    def _give_up(self, load: int, error: MediaError) -> None:
        """The sound of this recording cannot be read any more; the picture goes on.

        What is told of a recording that another has followed meanwhile comes too late to count.
        """
        if self._lane is not None and load == self._loads:
            self.unload()
            self.trouble.emit(str(error))

    def _show(self, state: SoundState, reason: str = "") -> None:
        if (state, reason) != (self._state, self._reason):
            self._state, self._reason = state, reason
            self.state_changed.emit(state)

    def _words(self, answer: Answer | None, *, was_on: bool) -> str:
        if answer is Answer.NO_LIBRARY:
            return self.tr("a system library is missing (on Debian and Ubuntu: libpulse0)")
        if was_on:
            return self.tr("the sound device was lost")
        if answer is Answer.NO_DEVICE:
            return self.tr("this computer has no sound device")
        if answer is Answer.REFUSED:
            return self.tr("the sound device is in use or switched off")
        return self.tr("the sound device does not answer")
