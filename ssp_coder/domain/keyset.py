"""A person's own keys: what differs from the program's commands and from a scheme's key map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ssp_coder.domain.chords import chord, chord_of_sign
from ssp_coder.domain.ethogram import CodeId, Ethogram
from ssp_coder.domain.scheme import KeyBinding, Keymap


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandKeys:
    """The chords of one command; none when it shall have no key."""

    command: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeKeys:
    """The keys of one code of a key map; none when it is recorded by a click."""

    keymap: str
    code: CodeId
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A key that two have: each a command, or a code of a key map as ``keymap/code``."""

    key: str
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySet:
    """Own keys, laid over what the program and the scheme bring."""

    commands: tuple[CommandKeys, ...] = ()
    codes: tuple[CodeKeys, ...] = ()

    @property
    def count(self) -> int:
        """How many commands and codes have keys of their own."""
        return len(self.commands) + len(self.codes)

    def keys_of(self, command: str, usual: tuple[str, ...]) -> tuple[str, ...]:
        """The chords of a command, the usual ones where it has none of its own."""
        return next((own.keys for own in self.commands if own.command == command), usual)

    def with_command(self, own: CommandKeys, usual: tuple[str, ...]) -> KeySet:
        """With other chords for a command; the usual ones are not kept as its own."""
        others = tuple(other for other in self.commands if other.command != own.command)
        return replace(self, commands=others if own.keys == usual else (*others, own))

    def with_code(self, own: CodeKeys, keymap: Keymap) -> KeySet:
        """With other keys for a code; those that the key map itself gives are not kept.

        Args:
            own: the code and its keys.
            keymap: the scheme's, as it came.
        """
        others = tuple(
            other for other in self.codes if (other.keymap, other.code) != (own.keymap, own.code)
        )
        usual = own.keys == keys_in(keymap, own.code)
        return replace(self, codes=others if usual else (*others, own))

    def settled(self, usual: Mapping[str, tuple[str, ...]]) -> KeySet:
        """With a key that is the person's own taken from a command that has it as it comes.

        A later version of the program may give a new command a key that is taken; two commands
        of one key would both do nothing.

        Args:
            usual: the chords of every command as the program comes.
        """
        own = {one.command for one in self.commands}
        taken = {key for one in self.commands if one.command in usual for key in one.keys}
        left = (
            CommandKeys(command=command, keys=tuple(key for key in keys if key not in taken))
            for command, keys in usual.items()
            if command not in own and taken.intersection(keys)
        )
        return replace(self, commands=(*self.commands, *left))

    def laid_over(self, keymap: Keymap, ethogram: Ethogram) -> Keymap:
        """A key map with the person's own keys; codes that the scheme lacks are left out."""
        own = {
            code.code: code.keys
            for code in self.codes
            if code.keymap == keymap.id and ethogram.has_code(code.code)
        }
        taken = {key for keys in own.values() for key in keys}
        kept = (
            binding
            for binding in keymap.bindings
            if binding.code not in own and binding.key not in taken
        )
        added = (KeyBinding(key=key, code=code) for code, keys in own.items() for key in keys)
        return replace(keymap, bindings=(*kept, *added))


def keys_in(keymap: Keymap, code: CodeId) -> tuple[str, ...]:
    """Every key of a code, the one shown first."""
    return tuple(binding.key for binding in keymap.bindings if binding.code == code)


def clashes(
    commands: Mapping[str, tuple[str, ...]], keymaps: Iterable[Keymap] = ()
) -> tuple[Clash, ...]:
    """Keys that two commands have, two codes of a key map, or a command and a code.

    Args:
        commands: the chords in force, by command.
        keymaps: the key maps in force.
    """
    held: dict[str, str] = {}
    found: list[Clash] = []
    for command, keys in commands.items():
        for text in keys:
            key = str(chord(text) or text)
            if held.setdefault(key, command) != command:
                found.append(Clash(key=key, first=held[key], second=command))
    for keymap in keymaps:
        found += _in_keymap(keymap, held)
    return tuple(found)


def _in_keymap(keymap: Keymap, held: Mapping[str, str]) -> list[Clash]:
    found: list[Clash] = []
    by_key: dict[str, str] = {}
    for binding in keymap.bindings:
        name = f"{keymap.id}/{binding.code}"
        first = by_key.setdefault(binding.key, name)
        command = held.get(str(chord_of_sign(binding.key) or ""))
        found += (
            Clash(key=binding.key, first=other, second=name)
            for other in (first, command)
            if other is not None and other != name
        )
    return found
