"""Carries out what is done with the sound: heard while stepping, and in step with the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ssp_coder.ui.player.step_sound import StepSound

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.dialogs.sound_delay import SoundDelayDialog
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace

_SOFTEST = 0.25
"""Project default: a beep must be heard, however softly recordings are played."""


class SoundDesk(QObject):
    """Keeps the person's choices about the sound and lets every opened coding follow them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._steps: StepSound | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        return {"step_sound": self._toggle_step_sound, "sound_delay": self._ask_for_delay}

    def take_workspace(self, workspace: Workspace) -> None:
        """Let a coding that was put into the window sound as the person wishes."""
        settings = self._window.settings
        workspace.player.speaker.set_delays(settings.sound_delays)
        self._steps = StepSound(workspace.player)
        self._steps.turn(on=settings.step_sound)

    def mark_step_sound(self) -> None:
        """Mark in the menu whether frames are heard."""
        action = self._window.actions_by_id["step_sound"]
        action.setCheckable(True)
        action.setChecked(self._window.settings.step_sound)

    def delay_dialog(self) -> SoundDelayDialog:
        """The dialog that lays sound and light together, ready to be shown."""
        from ssp_coder.ui.dialogs.sound_delay import SoundDelayDialog

        settings = self._window.settings
        dialog = SoundDelayDialog(self._window.theme, settings.sound_delays, self._window)
        dialog.speaker.set_volume(max(_SOFTEST, settings.volume))
        dialog.delay_chosen.connect(self._keep_delay)
        return dialog

    def _ask_for_delay(self) -> None:
        workspace = self._window.workspace
        if workspace is not None:
            # A device that only one may use is free for the beeps meanwhile.
            workspace.player.pause()
            workspace.player.speaker.give_way()
        dialog = self.delay_dialog()
        dialog.exec()
        dialog.deleteLater()
        if workspace is not None:
            workspace.player.speaker.retry()

    def _keep_delay(self, device: str, delay_us: int) -> None:
        self._window.settings.note_sound_delay(device, delay_us)
        if self._window.workspace is not None:
            self._window.workspace.player.speaker.set_delays({device: delay_us})
        words = self.tr("From now on {0} counts as heard {1} ms late")
        self._window.say(words.format(device, delay_us // 1_000))

    def _toggle_step_sound(self) -> None:
        settings = self._window.settings
        settings.step_sound = not settings.step_sound
        if self._steps is not None and self._window.workspace is not None:
            self._steps.turn(on=settings.step_sound)
        self.mark_step_sound()
