"""A person's own keys as a small TOML file that a lab can hand on."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.keys import key_problem
from ssp_coder.catalog.locating import Key, line_of, lines_by_key
from ssp_coder.domain.chords import chord, chord_problem
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.keyset import CodeKeys, CommandKeys, KeySet, clashes
from ssp_coder.domain.scheme import KeyBinding, Keymap
from ssp_coder.domain.words import english

KIND = "keys"
MOST_BYTES = 1_000_000

_HEAD = """# Own keys of ssp_coder. Edit > Keys reads this file and writes one.
# Commands have chords such as "Ctrl+Shift+K"; codes have keys by their sign on a US keyboard,
# "q" or "shift+q", or "f13" to "f24" and keys for media. [] takes every key away.
"""


def write_key_set(key_set: KeySet) -> str:
    """The text of a file with these keys."""
    lines = [_HEAD, f'kind = "{KIND}"', "", "[commands]"]
    lines += [_line(own.command, own.keys) for own in sorted(key_set.commands, key=_command)]
    for keymap in sorted({own.keymap for own in key_set.codes}):
        lines += ["", f"[codes.{_quoted(keymap)}]"]
        codes = sorted((own for own in key_set.codes if own.keymap == keymap), key=_code)
        lines += [_line(own.code, own.keys) for own in codes]
    return "\n".join(lines) + "\n"


def load_key_set(path: Path, usual: Mapping[str, tuple[str, ...]]) -> KeySet:
    """The keys in a file.

    Args:
        path: the file.
        usual: every command the program has, with its usual chords.

    Raises:
        CatalogError: something in the file cannot be used; it names line and remedy.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    try:
        text = content.decode("utf-8-sig") if len(content) <= MOST_BYTES else ""
    except UnicodeDecodeError:
        text = ""
    if not text.strip():
        raise _refusal(str(path), "is not a file of keys", "choose one that Edit > Keys exported")
    return read_key_set(text, str(path), usual)


def read_key_set(text: str, place: str, usual: Mapping[str, tuple[str, ...]]) -> KeySet:
    """The keys in a text.

    Args:
        text: TOML.
        place: the file, for errors.
        usual: every command the program has, with its usual chords.

    Raises:
        CatalogError: something in it cannot be used.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refusal(place, f"is not TOML: {error}", "correct that line") from None
    reading = _Reading(text, place, tables)
    reading.read()
    if not reading.findings:
        reading.compare(usual)
    if reading.findings:
        raise CatalogError(tuple(reading.findings))
    return reading.key_set


def usable_key_set(text: str) -> KeySet:
    """The keys in a kept text that can be used; what another version would not take is left out.

    Args:
        text: as `write_key_set` wrote it, perhaps in another version of the program.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return KeySet()
    reading = _Reading(text, "", tables)
    reading.read()
    return reading.key_set


class _Reading:
    """Collects keys and findings from the tables of one file."""

    def __init__(self, text: str, place: str, tables: dict[str, object]) -> None:
        self._lines = lines_by_key(text)
        self._place = place
        self._tables = tables
        self.findings: list[Finding] = []
        self.key_set = KeySet()

    def read(self) -> None:
        if self._tables.get("kind") != KIND:
            self._find((), "is not a file of keys", f'write kind = "{KIND}" at its top')
            return
        for name in self._tables:
            if name not in ("kind", "commands", "codes"):
                self._find((name,), f"{name!r} is not known here", "remove it")
        commands = tuple(
            CommandKeys(command=command, keys=keys)
            for command, keys in self._keys(("commands",), _command_problem)
        )
        codes: list[CodeKeys] = []
        for keymap in self._table(("codes",)):
            codes += (
                CodeKeys(keymap=keymap, code=CodeId(code), keys=keys)
                for code, keys in self._keys(("codes", keymap), key_problem)
            )
        self.key_set = KeySet(commands=_written_alike(commands), codes=tuple(codes))

    def compare(self, usual: Mapping[str, tuple[str, ...]]) -> None:
        for own in self.key_set.commands:
            if own.command not in usual:
                self._find(
                    ("commands", own.command),
                    f"there is no command {own.command!r}",
                    "remove the line; 'ssp-coder keys' lists every command",
                )
        in_force = {command: self.key_set.keys_of(command, keys) for command, keys in usual.items()}
        for clash in clashes(in_force, self._keymaps()):
            at = next((key for key in self._named(clash.second, clash.first)), ())
            self._find(
                at,
                f"{clash.key} is the key of {clash.first} and of {clash.second}",
                "give one of them another key, or [] for none",
            )

    def _keymaps(self) -> tuple[Keymap, ...]:
        return tuple(
            Keymap(
                id=keymap,
                version="",
                title=english(keymap),
                bindings=tuple(
                    KeyBinding(key=key, code=own.code)
                    for own in self.key_set.codes
                    if own.keymap == keymap
                    for key in own.keys
                ),
            )
            for keymap in dict.fromkeys(own.keymap for own in self.key_set.codes)
        )

    def _named(self, *holders: str) -> Iterator[Key]:
        """Where the file itself speaks of one of these."""
        for holder in holders:
            keymap, slash, code = holder.partition("/")
            key: Key = ("codes", keymap, code) if slash else ("commands", holder)
            if key in self._lines:
                yield key

    def _table(self, key: tuple[str, ...]) -> dict[str, object]:
        table: object = self._tables
        for part in key:
            table = table.get(part, {}) if isinstance(table, dict) else {}
        if not isinstance(table, dict):
            self._find(key, f"{'.'.join(key)} is not a table", f"write [{'.'.join(key)}]")
            return {}
        return table

    def _keys(
        self, at: tuple[str, ...], problem_of: Callable[[str], str]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name, value in self._table(at).items():
            if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
                self._find((*at, name), f"{name} has no list of keys", f'write {name} = ["F13"]')
                continue
            problems = [(key, problem) for key in value if (problem := problem_of(key))]
            for key, problem in problems:
                self._find((*at, name), f"key {key!r} {problem}", "choose another key")
            if not problems:
                yield name, tuple(dict.fromkeys(value))

    def _find(self, at: Key, message: str, remedy: str) -> None:
        place = f"{self._place}:{line_of(self._lines, at)}"
        finding = Finding(code="keys.unusable", message=message, place=place, remedy=remedy)
        self.findings.append(finding)


def _refusal(place: str, message: str, remedy: str) -> CatalogError:
    return CatalogError(
        (Finding(code="keys.unusable", message=message, place=place, remedy=remedy),)
    )


def _command_problem(key: str) -> str:
    return chord_problem(key).sentence


def _written_alike(commands: tuple[CommandKeys, ...]) -> tuple[CommandKeys, ...]:
    return tuple(
        CommandKeys(command=own.command, keys=tuple(str(chord(key)) for key in own.keys))
        for own in commands
    )


def _command(own: CommandKeys) -> str:
    return own.command


def _code(own: CodeKeys) -> str:
    return own.code


def _line(name: str, keys: tuple[str, ...]) -> str:
    return f"{_quoted(name)} = [{', '.join(_quoted(key) for key in keys)}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
