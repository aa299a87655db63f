"""Help for the step in front, the list of all keys, and what this program is."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout

from ssp_coder import __version__
from ssp_coder.editing.completeness import Step
from ssp_coder.ui.handbook.pages import HelpTopic
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.keys.words import chord_words
from ssp_coder.ui.main.menus import key_list
from ssp_coder.ui.main.workspace import COMPARE
from ssp_coder.ui.text import step_title

if TYPE_CHECKING:
    from ssp_coder.ui.main.window import MainWindow


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("help", words)


def step_help() -> dict[str, tuple[str, ...]]:
    """What to do in each step, one paragraph an entry."""
    return {
        Step.PREPARE: (
            tr("An episode starts at what is seen or heard on the video, never at a full minute."),
            tr("Go to the frame of the cue with Left and Right, then press Enter on the episode."),
            tr("An episode that did not take place is marked so, with the reason."),
            tr("Mark the session end last: nothing after it can be scored."),
            tr("Video, Cameras places further cameras; Video, Check this video tests its times."),
            tr("Under Visit stands what is known of the visit; an open question stays open."),
        ),
        Step.CODE: _code_help(),
        Step.RATE: (
            tr("1 means seen and absent. 0 says that it cannot be coded, and asks why."),
            tr("The single best instance in the episode sets a score, not an average or a count."),
            tr("Facts with a clock are counted from your events; they never set a score."),
            tr("Where the scheme has half points, the full stop adds or takes off a half."),
        ),
        Step.DISORGANIZATION: (
            tr("Note each index with its time and who was in the room, then rate the whole."),
            tr("At its middle point the scale leaves the decision to you: decide, and say why."),
            tr("The number of indices is not the score."),
        ),
        Step.CLASSIFY: (
            tr("Record your own class first. Then the rule table's suggestion is shown."),
            tr(
                "It says where it comes from: the bundled tables are a project default, not "
                "published. Where ratings do not decide, it leaves open which group it is."
            ),
            tr("Your class is the result. Instruments, Read the instruments shows every rule."),
        ),
        Step.REVIEW: (
            tr("What is missing is listed; a click goes there."),
            tr("A coding keeps the instruments it was made with; newer ones are only mentioned."),
            tr("Locking closes the coding. Unlocking needs a reason that is kept."),
        ),
        Step.EXPORT: (
            tr("Four tables: events, scores, episodes, and a codebook of every column."),
            tr("Empty cells are missing values; a second column says why."),
        ),
        COMPARE: (
            tr("Compare after you have locked your own coding: seeing a reference ends blindness."),
            tr("Click a difference to see its moment on the video."),
        ),
    }


def _code_help() -> tuple[str, ...]:
    camera = chord_words(live_keys().shown("next_camera")) or tr("Video, Next camera large")
    return (
        tr("Press a key or click a code. The time is the frame that is on the screen."),
        tr(
            "In a group of which one state holds at a time, a new state ends the old one at "
            "the same frame. Other states end at the second press of their key."
        ),
        tr("After an act a second key adds toward whom and how strong; Esc closes the bar."),
        tr(
            "A pass lets only some groups be coded; make one at the head of the board. In hold "
            "mode a state runs while its key is down. Both stand in the menu Coding."
        ),
        tr(
            "Coding, My reaction lag takes off how late you press while the video plays; it "
            "is off until you turn it on, and each event keeps how much was taken off."
        ),
        tr("The large camera leads: its frames are coded. {0} brings the next one forward.").format(
            camera
        ),
        tr("The menus Play and Go hold every way to move: loop, shuttle, again at half speed."),
        tr("Drag an edge on the timeline, or change the fields under the list of events."),
        tr("Each event is on the disk before the sign at the top says Saved."),
    )


def help_topics() -> tuple[tuple[str, str], ...]:
    """Pages that have help, each with its title."""
    return tuple((str(page), _topic_title(page)) for page in step_help())


def topics() -> tuple[HelpTopic, ...]:
    """How each page of the window is used, for the handbook."""
    return tuple(
        HelpTopic(page=str(page), title=_topic_title(page), lines=lines)
        for page, lines in step_help().items()
    )


def _topic_title(page: str) -> str:
    return tr("Compare") if page == COMPARE else step_title(Step(page))


def show_keys(window: MainWindow) -> None:
    """List every key in force."""
    session = None if window.workspace is None else window.workspace.session
    scheme, keymap = (None, None) if session is None else (session.scheme, session.keymap)
    parts = []
    for head, rows in key_list(scheme, keymap):
        cells = "".join(
            f"<tr><td width='150'><b>{escape(key)}</b></td><td>{escape(words)}</td></tr>"
            for key, words in rows
        )
        parts.append(f"<h3>{escape(head)}</h3><table cellpadding='2'>{cells}</table>")
    _show(window, tr("All keys"), "".join(parts))


def show_about(window: MainWindow) -> None:
    """Say what this program is, its licence and its limits."""
    lines = (
        tr("ssp_coder {0}. MIT licence.").format(__version__),
        tr("For research and training. No result is meant for decisions about a child."),
        tr("It opens no network connection. Videos stay where they are."),
        tr("Scale wording is the project's own; published manuals are not part of the program."),
        tr("Uses Qt for Python (LGPL), PyAV with FFmpeg, OpenCV, NumPy and pandas."),
    )
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    _show(window, tr("About"), f"<h2>ssp_coder</h2>{body}")


def _show(window: MainWindow, title: str, html: str) -> None:
    dialog = QDialog(window)
    dialog.setWindowTitle(title)
    px = window.theme.px
    dialog.resize(px(560), px(520))
    text = QTextBrowser(dialog)
    text.setOpenLinks(False)
    text.setHtml(html)
    text.setAccessibleName(title)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    dialog.finished.connect(dialog.deleteLater)
    column = QVBoxLayout(dialog)
    column.addWidget(text)
    column.addWidget(buttons)
    dialog.open()
