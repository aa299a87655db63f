"""Every command of the window as a table: menu, words, keys. Building the menus is one loop."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP


class Menu(StrEnum):
    """The menus, in order."""

    FILE = "File"
    EDIT = "Edit"
    CODING = "Coding"
    PLAY = "Play"
    GO = "Go"
    VIDEO = "Video"
    VIEW = "View"
    INSTRUMENTS = "Instruments"
    HELP = "Help"


class Needs(StrEnum):
    """What must be there for a command to be possible."""

    NOTHING = "nothing"
    CODING = "coding"
    VIDEO = "video"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command.

    Attributes:
        id: names the function that carries it out.
        keys: shortcuts; the first is shown.
        after_line: whether a line stands before it in the menu.
    """

    id: str
    menu: Menu
    words: str
    keys: tuple[str, ...] = ()
    needs: Needs = Needs.CODING
    after_line: bool = False

    @property
    def repeats(self) -> bool:
        """Whether holding the key repeats it: steps and jumps on the video."""
        return self.id.startswith(("back_", "forward_"))


def _noop(words: str) -> str:
    return str(QT_TRANSLATE_NOOP("commands", words))


def _command(
    menu: Menu,
    command: str,
    words: str,
    *keys: str,
    needs: Needs = Needs.CODING,
    after_line: bool = False,
) -> Command:
    return Command(
        id=command, menu=menu, words=words, keys=keys, needs=needs, after_line=after_line
    )


_file = partial(_command, Menu.FILE)
_edit = partial(_command, Menu.EDIT)
_coding = partial(_command, Menu.CODING)
_play = partial(_command, Menu.PLAY, needs=Needs.PICTURE)
_go = partial(_command, Menu.GO, needs=Needs.PICTURE)
_video = partial(_command, Menu.VIDEO, needs=Needs.VIDEO)
_view = partial(_command, Menu.VIEW)
_instruments = partial(_command, Menu.INSTRUMENTS, needs=Needs.NOTHING)
_help = partial(_command, Menu.HELP, needs=Needs.NOTHING)

COMMANDS: tuple[Command, ...] = (
    _file("new", _noop("New session…"), "Ctrl+N", needs=Needs.NOTHING),
    _file("open", _noop("Open a coding…"), "Ctrl+O", needs=Needs.NOTHING),
    _file("demonstration", _noop("Demonstration session"), needs=Needs.NOTHING),
    _file("import", _noop("Import events…"), after_line=True),
    _file("copy", _noop("Save a copy…"), "Ctrl+Shift+S"),
    _file("locate", _noop("Find the video…")),
    _file("close", _noop("Close coding"), "Ctrl+W", after_line=True),
    _file("quit", _noop("Quit"), "Ctrl+Q", needs=Needs.NOTHING),
    _edit("undo", _noop("Undo"), "Ctrl+Z"),
    _edit("redo", _noop("Redo"), "Ctrl+Shift+Z", "Ctrl+Y"),
    _edit("delete", _noop("Delete selected events"), "Ctrl+Backspace", after_line=True),
    _coding("step_1", _noop("Prepare"), "Ctrl+1"),
    _coding("step_2", _noop("Code"), "Ctrl+2"),
    _coding("step_3", _noop("Rate"), "Ctrl+3"),
    _coding("step_4", _noop("D pass"), "Ctrl+4"),
    _coding("step_5", _noop("Classify"), "Ctrl+5"),
    _coding("step_6", _noop("Review and lock"), "Ctrl+6"),
    _coding("step_7", _noop("Export"), "Ctrl+7"),
    _coding("step_8", _noop("Compare with a reference"), "Ctrl+8"),
    _coding("act", _noop("Main act of the step"), "Ctrl+Return", after_line=True),
    _play("toggle", _noop("Play or pause"), "Space"),
    _play("replay", _noop("Play from 2 s before"), "Shift+Space"),
    _play("again", _noop("Last 5 s again at half speed"), "F4"),
    _play("last_start", _noop("Back to where play started, and there again"), "F3"),
    _play("loop_start", _noop("Loop starts here"), "Alt+,", after_line=True),
    _play("loop_end", _noop("Loop ends here"), "Alt+."),
    _play("loop", _noop("Loop on or off"), "Ctrl+L"),
    _play("loop_event", _noop("Loop the event"), "Ctrl+Shift+L"),
    _play("shuttle_back", _noop("Shuttle back, faster at each press"), "Alt+J", after_line=True),
    _play("shuttle_stop", _noop("Shuttle rests"), "Alt+K"),
    _play("shuttle_forward", _noop("Shuttle forward, faster at each press"), "Alt+L"),
    _play("slower", _noop("Slower"), "Ctrl+-", after_line=True),
    _play("faster", _noop("Faster"), "Ctrl+="),
    _play("normal_rate", _noop("Normal speed"), "Ctrl+0"),
    _go("back_frame", _noop("One frame back"), "Left"),
    _go("forward_frame", _noop("One frame forward"), "Right"),
    _go("back_frames", _noop("Several frames back"), "Ctrl+Shift+Left"),
    _go("forward_frames", _noop("Several frames forward"), "Ctrl+Shift+Right"),
    _go("several", _noop("How many frames are several…"), "Ctrl+Shift+N"),
    _go("back_second", _noop("1 s back"), "Shift+Left", after_line=True),
    _go("forward_second", _noop("1 s forward"), "Shift+Right"),
    _go("back_five", _noop("5 s back"), "Alt+Left"),
    _go("forward_five", _noop("5 s forward"), "Alt+Right"),
    _go("back_ten", _noop("10 s back"), "Ctrl+Left"),
    _go("forward_ten", _noop("10 s forward"), "Ctrl+Right"),
    _go("to_time", _noop("To a time…"), "Ctrl+G", after_line=True),
    _go("to_start", _noop("To the beginning"), "Ctrl+Home"),
    _go("to_end", _noop("To the end"), "Ctrl+End"),
    _go("event_before", _noop("To the event before"), "Ctrl+Up", after_line=True),
    _go("event_after", _noop("To the next event"), "Ctrl+Down"),
    _go("episode_before", _noop("To the episode before"), "Ctrl+PgUp"),
    _go("episode_after", _noop("To the next episode"), "Ctrl+PgDown"),
    _video("mute", _noop("Sound off or on"), "Ctrl+M"),
    _video("louder", _noop("Louder"), "Ctrl+Shift+Up"),
    _video("softer", _noop("Softer"), "Ctrl+Shift+Down"),
    _video("step_sound", _noop("Sound while stepping"), "Alt+M", needs=Needs.NOTHING),
    _video("sound_delay", _noop("Sound and picture in step…"), needs=Needs.NOTHING),
    _video("cameras", _noop("Cameras…"), "Ctrl+Shift+K", needs=Needs.CODING, after_line=True),
    _video("next_camera", _noop("Next camera large"), "F8"),
    _video("arrange", _noop("Arrange the cameras"), "Shift+F8"),
    _video("nearer", _noop("Picture nearer"), "Ctrl+Shift+="),
    _video("farther", _noop("Picture farther"), "Ctrl+Shift+-"),
    _video("whole_picture", _noop("Whole picture"), "Ctrl+Shift+0"),
    _video("motion_region", _noop("Motion in a region…"), after_line=True),
    _video("motion_whole", _noop("Motion in the whole picture")),
    _go("hint_before", _noop("To the hint before"), "Alt+Up"),
    _go("hint_after", _noop("To the next hint"), "Alt+Down"),
    _video("still", _noop("Save this frame as a picture…"), after_line=True),
    _video("clips", _noop("Export clips…"), "Ctrl+Shift+E"),
    _video("selftest", _noop("Check this video…")),
    _view("zoom_session", _noop("Timeline: whole session"), "Alt+0"),
    _view("zoom_episode", _noop("Timeline: this episode"), "Alt+9"),
    _view("timeline_pictures", _noop("Timeline: pictures"), after_line=True),
    _view("timeline_sound", _noop("Timeline: sound")),
    _view("timeline_motion", _noop("Timeline: motion")),
    _view("keep_pictures", _noop("Timeline: keep its pictures on this computer")),
    _view("scheme_system", _noop("Colours of the system"), needs=Needs.NOTHING, after_line=True),
    _view("scheme_light", _noop("Light"), needs=Needs.NOTHING),
    _view("scheme_dark", _noop("Dark"), needs=Needs.NOTHING),
    _instruments("instruments", _noop("Read the instruments"), "Ctrl+I"),
    _instruments("instruments_copy", _noop("Make a copy for my study…"), after_line=True),
    _instruments("instruments_edit", _noop("Change my copies…")),
    _instruments("instruments_compare", _noop("Compare versions…")),
    _instruments("instrument_folder", _noop("Instrument folder…"), after_line=True),
    _instruments("language_en", _noop("Wording in English"), after_line=True),
    _instruments("language_de", _noop("Wording in German")),
    _help("help", _noop("Help for this step"), "F1"),
    _help("keys", _noop("All keys"), "Shift+F1"),
    _help("about", _noop("About ssp_coder")),
)

EPISODE_KEYS = tuple(f"Alt+{number}" for number in range(1, 9))
"""Keys that go to the start of an episode, by its place in the procedure."""
