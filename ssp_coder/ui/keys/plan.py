"""What has which key and what a change would mean; nothing is shown or kept here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssp_coder.catalog.keys import key_problem
from ssp_coder.domain.chords import KeyProblem, chord, chord_of_sign
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.keyset import CodeKeys, CommandKeys, KeySet, keys_in
from ssp_coder.ui.keys.words import caps, chord_words, problem_words, sign_words, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssp_coder.domain.scheme import Keymap, Scheme

CODE = "code:"
"""Stands before the id of a code, so that it cannot be taken for a command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A command or a code and its keys.

    Attributes:
        id: of the command, or `CODE` and that of the code.
        where: its menu, or its group.
        keys: in force; chords of a command, signs of a code.
        usual: as the program or the scheme gives them.
    """

    id: str
    title: str
    where: str
    keys: tuple[str, ...]
    usual: tuple[str, ...]

    @property
    def is_code(self) -> bool:
        """Whether it records something."""
        return self.id.startswith(CODE)

    @property
    def changed(self) -> bool:
        """Whether its keys are the person's own."""
        return self.keys != self.usual

    def caps(self) -> tuple[tuple[str, ...], ...]:
        """The caps of each of its keys."""
        if self.is_code:
            return tuple((sign_words(key),) for key in self.keys)
        return tuple(caps(key) for key in self.keys)

    def words_of(self, key: str) -> str:
        """A key of it in a sentence."""
        return sign_words(key) if self.is_code else chord_words(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A key that was pressed to be given: as a chord, and by its sign on a US keyboard."""

    chord: str
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What giving a pressed key to a row would mean.

    Attributes:
        key: as the row writes it.
        problem: why it cannot be given, empty when it can.
        holder: id of what has the key now, empty when it is free.
    """

    key: str
    problem: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlan:
    """Commands, codes and a person's own keys over them.

    Attributes:
        titles: words and menu of each command, in the order of the menus.
        usual: the chords of each command as the program comes.
        menus: the menu that Alt with a letter opens, by the letter.
        scheme: of the open coding; None without one.
    """

    key_set: KeySet
    titles: Mapping[str, tuple[str, str]]
    usual: Mapping[str, tuple[str, ...]]
    menus: Mapping[str, str]
    scheme: Scheme | None = None

    def rows(self) -> tuple[KeyRow, ...]:
        """Every command, then every code of the scheme."""
        commands = tuple(
            KeyRow(
                id=command,
                title=title,
                where=where,
                keys=self.key_set.keys_of(command, self.usual[command]),
                usual=self.usual[command],
            )
            for command, (title, where) in self.titles.items()
        )
        return (*commands, *self._code_rows())

    def row(self, row_id: str) -> KeyRow:
        """The row with an id.

        Raises:
            KeyError: there is none.
        """
        found = next((row for row in self.rows() if row.id == row_id), None)
        if found is None:
            raise KeyError(row_id)
        return found

    def offered(self, row: KeyRow, pressed: Pressed) -> Offered:
        """Whether a row can have a pressed key, and what has it now."""
        problem = self._code_problem(pressed) if row.is_code else self._chord_problem(pressed)
        key = pressed.sign if row.is_code else str(chord(pressed.chord) or pressed.chord)
        if problem:
            return Offered(key=key, problem=problem)
        return Offered(key=key, holder=self._holder(row, key))

    def with_key(self, row: KeyRow, offered: Offered, *, beside: bool) -> KeyPlan:
        """With a key given to a row, taken from whatever had it.

        Args:
            row: what gets the key.
            offered: the key, with no problem.
            beside: keep the row's other keys.
        """
        kept = tuple(key for key in row.keys if key != offered.key) if beside else ()
        plan = self._without(offered.holder, offered.key)
        return plan._with(row, (*kept, offered.key))

    def without_keys(self, row: KeyRow) -> KeyPlan:
        """With no key for a row."""
        return self._with(row, ())

    def reset(self, row: KeyRow) -> KeyPlan:
        """With a row's keys as they came, taken back from whatever has them now."""
        plan = self
        for key in row.usual:
            plan = plan._without(plan._holder(row, key), key)
        return plan._with(row, row.usual)

    def reset_all(self) -> KeyPlan:
        """With every key as it came, also those of other schemes."""
        return replace(self, key_set=KeySet())

    def _code_rows(self) -> tuple[KeyRow, ...]:
        if self.scheme is None:
            return ()
        now = self.key_set.laid_over(self.scheme.keymap, self.scheme.ethogram)
        return tuple(
            KeyRow(
                id=f"{CODE}{code.id}",
                title=str(code.title),
                where=str(group.title),
                keys=keys_in(now, code.id),
                usual=keys_in(self.scheme.keymap, code.id),
            )
            for group in self.scheme.ethogram.groups
            for code in group.codes
        )

    def _code_problem(self, pressed: Pressed) -> str:
        if pressed.sign and not key_problem(pressed.sign):
            return ""
        words = chord_words(pressed.chord)
        return tr("{0} cannot record a code: it takes one key, alone or with Shift.").format(words)

    def _chord_problem(self, pressed: Pressed) -> str:
        words, found = chord_words(pressed.chord), chord(pressed.chord)
        if found is None:
            return problem_words(KeyProblem.NOT_A_KEY, words)
        if found.held == ("Alt",) and found.key in self.menus:
            return tr("{0} opens the menu {1}.").format(words, self.menus[found.key])
        return problem_words(found.problem, words)

    def _holder(self, row: KeyRow, key: str) -> str:
        """The id of another row that has the same key, empty when none has."""
        wanted = _key_pressed(key, is_code=row.is_code)
        for other in self.rows():
            if other.id != row.id and any(
                _key_pressed(one, is_code=other.is_code) == wanted for one in other.keys
            ):
                return other.id
        return ""

    def _without(self, row_id: str, key: str) -> KeyPlan:
        """With a key taken from a row, however that row writes it."""
        if not row_id:
            return self
        row = self.row(row_id)
        gone = {_key_pressed(key, is_code=True), _key_pressed(key, is_code=False)}
        kept = (one for one in row.keys if _key_pressed(one, is_code=row.is_code) not in gone)
        return self._with(row, tuple(kept))

    def _with(self, row: KeyRow, keys: tuple[str, ...]) -> KeyPlan:
        if not row.is_code:
            own = CommandKeys(command=row.id, keys=keys)
            return replace(self, key_set=self.key_set.with_command(own, row.usual))
        keymap = self._keymap()
        code = CodeId(row.id.removeprefix(CODE))
        own_code = CodeKeys(keymap=keymap.id, code=code, keys=keys)
        return replace(self, key_set=self.key_set.with_code(own_code, keymap))

    def _keymap(self) -> Keymap:
        if self.scheme is None:
            raise KeyError("a code without a scheme")
        return self.scheme.keymap


def _key_pressed(key: str, *, is_code: bool) -> str:
    """One name for the key under the finger, for a command as for a code."""
    if not is_code:
        return str(chord(key) or key)
    found = chord_of_sign(key)
    return f"sign {key}" if found is None else str(found)
