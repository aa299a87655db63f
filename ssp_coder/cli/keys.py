"""`ssp-coder keys`: every command and code with its keys."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

from ssp_coder.catalog.keysets import load_key_set
from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.schemes import add_scheme_arguments, chosen_scheme
from ssp_coder.cli.terminal import say
from ssp_coder.domain.keyset import KeySet, keys_in
from ssp_coder.domain.scheme import Scheme
from ssp_coder.ui.main.commands import (
    COMMANDS,
    EPISODE_COMMANDS,
    EPISODE_KEYS,
    MENU_WORDS,
    Menu,
    usual_keys,
)

COLUMNS = ("kind", "group", "id", "title", "keys")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """One command or code; its keys are parted by | in a table."""

    kind: str
    group: str
    id: str
    title: str
    keys: tuple[str, ...]


def _add_arguments(parser: ArgumentParser) -> None:
    add_scheme_arguments(parser)
    parser.add_argument(
        "--keys",
        metavar="FILE.toml",
        type=Path,
        help="own keys to lay over, as Edit > Keys exports them; the file is checked",
    )
    parser.add_argument("--csv", action="store_true", help="a table, also of what has no key")


def _run(options: Namespace) -> ExitCode:
    scheme = chosen_scheme(options)
    own = KeySet() if options.keys is None else load_key_set(options.keys, usual_keys())
    lines = (*_command_lines(own), *_code_lines(own, scheme))
    if options.csv:
        _write_table(lines)
    else:
        say("\n".join(_text(lines)))
    return ExitCode.OK


def _command_lines(own: KeySet) -> tuple[KeyLine, ...]:
    commands = [
        KeyLine(
            kind="command",
            group=_menu(command.menu),
            id=command.id,
            title=command.words,
            keys=own.keys_of(command.id, command.keys),
        )
        for menu in Menu
        for command in COMMANDS
        if command.menu is menu
    ]
    episodes = [
        KeyLine(
            kind="command",
            group="Episodes",
            id=command,
            title=f"To the start of episode {place}",
            keys=own.keys_of(command, (key,)),
        )
        for place, (command, key) in enumerate(
            zip(EPISODE_COMMANDS, EPISODE_KEYS, strict=True), start=1
        )
    ]
    return (*commands, *episodes)


def _menu(menu: Menu) -> str:
    return MENU_WORDS[menu].replace("&", "")


def _code_lines(own: KeySet, scheme: Scheme) -> tuple[KeyLine, ...]:
    keymap = own.laid_over(scheme.keymap, scheme.ethogram)
    return tuple(
        KeyLine(
            kind="code",
            group=str(group.title),
            id=code.id,
            title=str(code.title),
            keys=keys_in(keymap, code.id),
        )
        for group in scheme.ethogram.groups
        for code in group.codes
    )


def _text(lines: tuple[KeyLine, ...]) -> list[str]:
    """Keys and what they do, under menus and groups; what has no key is left out."""
    shown = [line for line in lines if line.keys]
    width = max((len(", ".join(line.keys)) for line in shown), default=0)
    text: list[str] = []
    head = ("", "")
    for line in shown:
        if (line.kind, line.group) != head:
            head = (line.kind, line.group)
            text += ["", line.group] if text else [line.group]
        text.append(f"  {', '.join(line.keys):<{width}}  {line.title}")
    return text


def _write_table(lines: tuple[KeyLine, ...]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow((line.kind, line.group, line.id, line.title, " | ".join(line.keys)))


COMMAND = Command(
    name="keys",
    summary="list every command and code with its keys, or check a file of own keys",
    example="ssp-coder keys --scheme infant",
    add_arguments=_add_arguments,
    run=_run,
)
