"""Everything that can be found in a window: commands, codes, places, codings, help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.time import clock_text, parse_time
from ssp_coder.editing.completeness import Step
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.keys.words import caps, sign_words
from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.main.commands import COMMANDS, EPISODE_COMMANDS, Menu, Needs
from ssp_coder.ui.main.help import help_topics
from ssp_coder.ui.main.menus import menu_title
from ssp_coder.ui.palette.entry import Entry, EntryKind, Further, tr
from ssp_coder.ui.palette.events import event_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAction

    from ssp_coder.ui.main.commands import Command
    from ssp_coder.ui.main.window import MainWindow

ITSELF = "find"

_SETTING_MENUS = (Menu.VIEW,)
_SETTING_IDS = ("step_sound", "sound_delay", "instrument_folder", "several", "own_keys", "arrange")
_SETTING_STARTS = ("language_", "scheme_")


def entries_of(window: MainWindow) -> tuple[Entry, ...]:
    """Everything that the window can do now, and what it cannot with the reason."""
    return (
        *_codes(window),
        *_commands(window),
        *_episodes(window),
        *_recent(window),
        *_help(window),
    )


def time_entry(window: MainWindow, typed: str) -> Entry | None:
    """The place that a typed time names; None when it is no time or nothing is shown."""
    if not any(sign.isdigit() for sign in typed):
        return None
    try:
        at_us = parse_time(typed.strip())
    except ValueError:
        return None
    workspace = window.workspace
    end_us = 0 if workspace is None else workspace.player.end_us
    reason = ""
    if end_us == 0:
        reason = tr("No video is open")
    elif not 0 <= at_us < end_us:
        reason = tr("The video ends at {0}").format(clock_text(end_us))
    return Entry(
        id=f"time:{at_us}",
        kind=EntryKind.PLACE,
        title=tr("To {0}").format(clock_text(at_us)),
        reason=reason or _needs_words(window, Needs.PICTURE),
        icon="clock",
    )


def further(window: MainWindow, typed: str) -> Further:
    """What typed letters name themselves: a time, and events near to the frame on the screen."""
    named, workspace = time_entry(window, typed), window.workspace
    first = () if named is None else (named,)
    if workspace is None:
        return Further(first=first)
    session, reason = workspace.session, _needs_words(window, Needs.PICTURE)
    at_us = workspace.player.place_us
    events = event_entries(typed, session.coding, session.scheme, at_us, reason)
    return Further(first=first, last=events)


def _commands(window: MainWindow) -> Iterator[Entry]:
    # What is done with files is asked for least while something is coded.
    for command in sorted(COMMANDS, key=lambda one: one.menu is Menu.FILE):
        if command.id == ITSELF:
            continue
        action = window.actions_by_id[command.id]
        yield Entry(
            id=f"command:{command.id}",
            kind=EntryKind.SETTING if _is_setting(command) else EntryKind.COMMAND,
            title=action.text().replace("&", ""),
            detail=_detail(command, action),
            keys=caps(live_keys().shown(command.id)),
            reason="" if action.isEnabled() else _needs_words(window, command.needs),
            icon="settings" if _is_setting(command) else "chevron-right",
        )


def _is_setting(command: Command) -> bool:
    named = command.id in _SETTING_IDS or command.id.startswith(_SETTING_STARTS)
    return named or command.menu in _SETTING_MENUS


def _detail(command: Command, action: QAction) -> str:
    menu = menu_title(command.menu)
    if not action.isCheckable():
        return menu
    return tr("{0}, on").format(menu) if action.isChecked() else tr("{0}, off").format(menu)


def _needs_words(window: MainWindow, needs: Needs) -> str:
    """Why something is not possible now, by what it needs."""
    workspace = window.workspace
    if needs is Needs.NOTHING:
        return ""
    if workspace is None:
        return tr("Open a coding first")
    if needs is Needs.CODING:
        return ""
    if workspace.player.video is None:
        return tr("No video is open")
    if needs is Needs.PICTURE and not workspace.shows_video:
        return tr("Go to a step that shows the picture")
    return ""


def _codes(window: MainWindow) -> Iterator[Entry]:
    workspace = window.workspace
    if workspace is None:
        return
    session, reason = workspace.session, _why_no_code(window)
    for group in session.scheme.ethogram.groups:
        for code in group.codes:
            state = code.kind is CodeKind.STATE
            sign = session.keymap.key_for(code.id)
            kind = tr("state") if state else tr("point")
            yield Entry(
                id=f"code:{code.id}",
                kind=EntryKind.CODE,
                title=str(code.title),
                detail=tr("{0}, {1}").format(group.title, kind),
                also=str(code.short),
                keys=(sign_words(sign),) if sign else (),
                reason=reason,
                mark=(group.slot, MarkShape.BAR if state else MarkShape(group.shape)),
            )


def _why_no_code(window: MainWindow) -> str:
    workspace = window.workspace
    if workspace is None:
        return tr("Open a coding first")
    if workspace.session.read_only:
        return tr("The coding cannot be changed")
    if workspace.current != Step.CODE:
        return tr("Go to the step Code first")
    return "" if workspace.player.moment is not None else tr("No picture is shown")


def _episodes(window: MainWindow) -> Iterator[Entry]:
    workspace = window.workspace
    if workspace is None:
        return
    marked = {
        mark.episode for mark in workspace.session.coding.episodes if mark.start_us is not None
    }
    pairs = zip(EPISODE_COMMANDS, window.actions_by_id.jumps, strict=False)
    plans = workspace.session.scheme.procedure.episodes
    for (command, action), plan in zip(pairs, plans, strict=False):
        why = "" if plan.id in marked else tr("Its start is not marked yet")
        yield Entry(
            id=f"command:{command}",
            kind=EntryKind.PLACE,
            title=action.text(),
            detail=str(plan.title),
            keys=caps(live_keys().shown(command)),
            reason=why or ("" if action.isEnabled() else _needs_words(window, Needs.PICTURE)),
            icon="flag",
        )


def _recent(window: MainWindow) -> Iterator[Entry]:
    for path in window.settings.recent:
        yield Entry(
            id=f"open:{path}",
            kind=EntryKind.RECENT,
            title=path.name,
            detail=str(path.parent),
            icon="folder",
        )


def _help(window: MainWindow) -> Iterator[Entry]:
    """Chapters of the handbook, found by the headings in them too, and help on other pages."""
    topics = dict(help_topics())
    for page in window.desk.handbook.pages():
        headings = (str(passage.heading) for passage in page.passages)
        yield Entry(
            id=f"help:{page.id}",
            kind=EntryKind.HELP,
            title=tr("Help: {0}").format(page.title),
            also=" ".join((topics.get(page.page, ""), *headings)),
            icon="book",
        )
