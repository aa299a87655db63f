"""Every command of the window as a table: menu, words, keys. Building the menus is one loop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial


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
    TRAINING = "Training"
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
        under: words of the menu within the menu that it stands in; empty for none.
    """

    id: str
    menu: Menu
    words: str
    keys: tuple[str, ...] = ()
    needs: Needs = Needs.CODING
    after_line: bool = False
    under: str = ""

    @property
    def repeats(self) -> bool:
        """Whether holding the key repeats it: steps and jumps on the video."""
        return self.id.startswith(("back_", "forward_"))


def _noop(words: str) -> str:
    """Words to be translated in the context ``commands`` when they are shown.

    Not Qt's own mark: the command line lists the commands where Qt is not installed.
    """
    return words


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


def _panel(command: str, words: str, *keys: str, after_line: bool = False) -> Command:
    """A command about panels; they stand together in a menu of their own."""
    made = _command(Menu.VIEW, command, words, *keys, after_line=after_line)
    return replace(made, under=_noop("Panels"))


_file = partial(_command, Menu.FILE)
_edit = partial(_command, Menu.EDIT)
_coding = partial(_command, Menu.CODING)
_play = partial(_command, Menu.PLAY, needs=Needs.PICTURE)
_go = partial(_command, Menu.GO, needs=Needs.PICTURE)
_video = partial(_command, Menu.VIDEO, needs=Needs.VIDEO)
_view = partial(_command, Menu.VIEW)
_instruments = partial(_command, Menu.INSTRUMENTS, needs=Needs.NOTHING)
_training = partial(_command, Menu.TRAINING, needs=Needs.NOTHING)
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
    _edit("find_events", _noop("Find in the events"), "Ctrl+F"),
    _edit("all_events", _noop("Show all events in the list")),
    _edit("select_events", _noop("Select all events in the list"), "Ctrl+Alt+A"),
    _edit("event_columns", _noop("Columns and order of the list…")),
    _edit("split", _noop("Split selected state at this frame"), "Ctrl+Shift+D", after_line=True),
    _edit("merge", _noop("Merge selected states"), "Ctrl+J"),
    _edit("copy_events", _noop("Copy selected events to…"), "Ctrl+Shift+C"),
    _edit("start_here", _noop("Start selected at this frame"), "Alt+Home", after_line=True),
    _edit("stop_here", _noop("End selected at this frame"), "Alt+End"),
    _edit("move_earlier", _noop("Move selected a frame earlier"), "Alt+Shift+Left"),
    _edit("move_later", _noop("Move selected a frame later"), "Alt+Shift+Right"),
    _edit("move_second_earlier", _noop("Move selected 1 s earlier"), "Alt+Shift+PgUp"),
    _edit("move_second_later", _noop("Move selected 1 s later"), "Alt+Shift+PgDown"),
    _edit("start_earlier", _noop("Move start of selected a frame earlier"), "F7"),
    _edit("start_later", _noop("Move start of selected a frame later"), "Shift+F7"),
    _edit("stop_earlier", _noop("Move end of selected a frame earlier"), "F12"),
    _edit("stop_later", _noop("Move end of selected a frame later"), "Shift+F12"),
    _edit("select_before", _noop("Select the event before"), "Alt+Shift+Up", after_line=True),
    _edit("select_after", _noop("Select the event after"), "Alt+Shift+Down"),
    _edit("extend_before", _noop("Select the event before as well"), "Ctrl+Alt+PgUp"),
    _edit("extend_after", _noop("Select the event after as well"), "Ctrl+Alt+PgDown"),
    _edit("select_more", _noop("Select the whole lane, then everything"), "Ctrl+Shift+A"),
    _edit("find", _noop("Find anything…"), "Ctrl+K", needs=Needs.NOTHING, after_line=True),
    _edit("own_keys", _noop("Keys…"), needs=Needs.NOTHING),
    _coding("step_1", _noop("Prepare"), "Ctrl+1"),
    _coding("step_2", _noop("Code"), "Ctrl+2"),
    _coding("step_3", _noop("Rate"), "Ctrl+3"),
    _coding("step_4", _noop("D pass"), "Ctrl+4"),
    _coding("step_5", _noop("Classify"), "Ctrl+5"),
    _coding("step_6", _noop("Review and lock"), "Ctrl+6"),
    _coding("step_7", _noop("Export"), "Ctrl+7"),
    _coding("step_8", _noop("Compare with a reference"), "Ctrl+8"),
    _coding("evidence_add", _noop("Add evidence to the rating"), "Ctrl+E", after_line=True),
    _coding("index_start", _noop("Index starts here"), "Ctrl+,"),
    _coding("index_end", _noop("Index ends here"), "Ctrl+."),
    _coding("act", _noop("Main act of the step"), "Ctrl+Return", after_line=True),
    _coding("comment", _noop("Comment…"), "Ctrl+Shift+M", after_line=True),
    _coding("flag", _noop("Flag…"), "Ctrl+Shift+F"),
    _coding("ask", _noop("Ask the trainer…"), "Ctrl+Shift+T"),
    _coding("questions", _noop("Questions to the trainer…")),
    _coding("take_back", _noop("Delete the event coded last"), "Ctrl+D", after_line=True),
    _coding("move_here", _noop("Move the event coded last to now"), "Ctrl+T"),
    _coding("end_here", _noop("End the running state here"), "Ctrl+B"),
    _coding("same_again", _noop("Code the same again"), "Ctrl+R"),
    _coding("next_pass", _noop("Next pass"), "F5", after_line=True),
    _coding("pass_before", _noop("Pass before"), "Shift+F5"),
    _coding("new_pass", _noop("New pass…")),
    _coding("next_person", _noop("Next person"), "F2", after_line=True),
    _coding("person_1", _noop("First person of the board"), "Ctrl+Alt+1"),
    _coding("person_2", _noop("Second person of the board"), "Ctrl+Alt+2"),
    _coding("person_3", _noop("Third person of the board"), "Ctrl+Alt+3"),
    _coding("person_4", _noop("Fourth person of the board"), "Ctrl+Alt+4"),
    _coding("hold_keys", _noop("States run while their key is down"), after_line=True),
    _coding("reaction_lag", _noop("My reaction lag…")),
    _play("toggle", _noop("Play or pause"), "Space"),
    _play("replay", _noop("Play from 2 s before"), "Shift+Space"),
    _play("again", _noop("Last 5 s again at half speed"), "F4"),
    _play("last_start", _noop("Back to where play started, and there again"), "F3"),
    _play("loop_start", _noop("Loop starts here"), "Alt+,", after_line=True),
    _play("loop_end", _noop("Loop ends here"), "Alt+."),
    _play("loop", _noop("Loop on or off"), "Ctrl+L"),
    _play("loop_event", _noop("Loop the event"), "Ctrl+Shift+L"),
    _play("evidence_play", _noop("Play the next evidence of the rating"), "F9"),
    _play("index_play", _noop("Play the index"), "Shift+F9"),
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
    _view("zoom_selection", _noop("Timeline: selection"), "Alt+Z"),
    _view("zoom_in", _noop("Timeline: nearer"), "Alt+="),
    _view("zoom_out", _noop("Timeline: farther"), "Alt+-"),
    _view("timeline_pictures", _noop("Timeline: pictures"), after_line=True),
    _view("timeline_sound", _noop("Timeline: sound")),
    _view("timeline_motion", _noop("Timeline: motion")),
    _view("keep_pictures", _noop("Timeline: keep its pictures on this computer")),
    _panel("panel_next", _noop("Next panel"), "F6"),
    _panel("panel_before", _noop("Panel before"), "Shift+F6"),
    _panel("panel_window", _noop("Own window for the panel, or back"), "Ctrl+F6"),
    _panel("panel_away", _noop("Put the panel away"), "Ctrl+Shift+F6"),
    _panel("panel_episodes", _noop("Panel: episodes"), after_line=True),
    _panel("panel_board", _noop("Panel: code board")),
    _panel("panel_events", _noop("Panel: events")),
    _panel("panel_intervals", _noop("Panel: intervals")),
    _panel("panel_comments", _noop("Panel: comments")),
    _panel("panel_history", _noop("Panel: history")),
    _panel("panel_timeline", _noop("Panel: timeline")),
    _panel("panels_first", _noop("Panels as at first"), after_line=True),
    _view("picture_alone", _noop("Picture alone"), "F11", needs=Needs.VIDEO),
    _view("picture_elsewhere", _noop("Picture on the other screen"), "Shift+F11"),
    _view("scheme_system", _noop("Colours of the system"), needs=Needs.NOTHING, after_line=True),
    _view("scheme_light", _noop("Light"), needs=Needs.NOTHING),
    _view("scheme_dark", _noop("Dark"), needs=Needs.NOTHING),
    _view("program_en", _noop("Program in English"), needs=Needs.NOTHING, after_line=True),
    _view("program_de", _noop("Program in German"), needs=Needs.NOTHING),
    _instruments("instruments", _noop("Read the instruments"), "Ctrl+I"),
    _instruments("instruments_copy", _noop("Make a copy for my study…"), after_line=True),
    _instruments("instruments_edit", _noop("Change my copies…")),
    _instruments("instruments_compare", _noop("Compare versions…")),
    _instruments("instrument_folder", _noop("Instrument folder…"), after_line=True),
    _instruments("language_en", _noop("Wording in English"), after_line=True),
    _instruments("language_de", _noop("Wording in German")),
    _training("training", _noop("Training…")),
    _training("trainer", _noop("Trainer's desk…")),
    _training("agreement_pair", _noop("Agreement of two codings…"), after_line=True),
    _training("agreement_study", _noop("Agreement of a study…")),
    _training("consensus", _noop("Settle disagreements…")),
    _help("help", _noop("Help for this step"), "F1"),
    _help("guide", _noop("Guided first run")),
    _help("keys", _noop("All keys"), "Shift+F1"),
    _help("key_card", _noop("Key card…")),
    _help("statistics", _noop("Check the statistics…")),
    _help("about", _noop("About ssp_coder")),
)

EPISODE_KEYS = tuple(f"Alt+{number}" for number in range(1, 9))
"""Keys that go to the start of an episode, by its place in the procedure."""

EPISODE_COMMANDS = tuple(f"episode_{number}" for number in range(1, len(EPISODE_KEYS) + 1))
"""Ids by which those keys can be changed; their words come from the procedure."""

MENU_WORDS = {
    Menu.FILE: _noop("&File"),
    Menu.EDIT: _noop("&Edit"),
    Menu.CODING: _noop("&Coding"),
    Menu.PLAY: _noop("&Play"),
    Menu.GO: _noop("&Go"),
    Menu.VIDEO: _noop("&Video"),
    Menu.VIEW: _noop("V&iew"),
    Menu.INSTRUMENTS: _noop("I&nstruments"),
    Menu.TRAINING: _noop("&Training"),
    Menu.HELP: _noop("&Help"),
}
"""What stands in the menu bar."""


def usual_keys() -> dict[str, tuple[str, ...]]:
    """The chords of every command as the program comes, by command."""
    usual = {command.id: command.keys for command in COMMANDS}
    return usual | {
        command: (key,) for command, key in zip(EPISODE_COMMANDS, EPISODE_KEYS, strict=True)
    }
