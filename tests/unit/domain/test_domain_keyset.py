"""A person's own keys over those of the program and of a scheme."""

from __future__ import annotations

from typing import ClassVar

import pytest

from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.keyset import Clash, CodeKeys, CommandKeys, KeySet, clashes, keys_in
from ssp_coder.domain.scheme import KeyBinding, Keymap
from ssp_coder.domain.words import english
from tests.builders import infant_scheme

REACH, CRY = CodeId("seeking.reach"), CodeId("distress.cry")


def command(name: str, *keys: str) -> CommandKeys:
    return CommandKeys(command=name, keys=keys)


def code(name: str, *keys: str, keymap: str = "infant") -> CodeKeys:
    return CodeKeys(keymap=keymap, code=CodeId(name), keys=keys)


def laid(key_set: KeySet) -> Keymap:
    scheme = infant_scheme()
    return key_set.laid_over(scheme.keymap, scheme.ethogram)


def test_without_own_keys_everything_is_as_it_came() -> None:
    assert KeySet().keys_of("undo", ("Ctrl+Z",)) == ("Ctrl+Z",)
    assert laid(KeySet()) == infant_scheme().keymap
    assert KeySet().count == 0


def test_own_keys_of_a_command_stand_in_place_of_the_usual() -> None:
    own = KeySet().with_command(command("undo", "F13", "Ctrl+U"), ("Ctrl+Z",))
    assert own.keys_of("undo", ("Ctrl+Z",)) == ("F13", "Ctrl+U")
    assert own.keys_of("redo", ("Ctrl+Y",)) == ("Ctrl+Y",)


def test_a_command_can_be_left_without_a_key() -> None:
    own = KeySet().with_command(command("undo"), ("Ctrl+Z",))
    assert own.keys_of("undo", ("Ctrl+Z",)) == ()
    assert own.count == 1


def test_what_equals_the_usual_is_not_kept() -> None:
    own = KeySet().with_command(command("undo", "F13"), ("Ctrl+Z",))
    assert own.with_command(command("undo", "Ctrl+Z"), ("Ctrl+Z",)) == KeySet()
    keymap = infant_scheme().keymap
    changed = KeySet().with_code(code(REACH, "f13"), keymap)
    assert changed.with_code(code(REACH, *keys_in(keymap, REACH)), keymap) == KeySet()


def test_a_second_change_stands_in_place_of_the_first() -> None:
    own = KeySet().with_command(command("undo", "F13"), ()).with_command(command("undo", "F14"), ())
    assert own.commands == (command("undo", "F14"),)


def test_a_code_records_with_its_own_key_and_no_more_with_the_one_before() -> None:
    before = infant_scheme().keymap.key_for(REACH)
    now = laid(KeySet(codes=(code(REACH, "f13"),)))
    assert now.code_for("f13") == REACH
    assert now.code_for(before) is None
    assert now.key_for(REACH) == "f13"


def test_a_key_taken_from_another_code_records_only_the_new_one() -> None:
    cry = infant_scheme().keymap.key_for(CRY)
    now = laid(KeySet(codes=(code(REACH, cry),)))
    assert now.code_for(cry) == REACH
    assert now.key_for(CRY) == ""


def test_keys_of_another_key_map_are_left_alone() -> None:
    assert laid(KeySet(codes=(code(REACH, "f13", keymap="adult"),))) == infant_scheme().keymap


def test_a_code_that_the_scheme_lacks_takes_no_key() -> None:
    now = laid(KeySet(codes=(code("seeking.gone", "q"),)))
    assert now == infant_scheme().keymap


def test_every_other_code_keeps_its_key() -> None:
    keymap = infant_scheme().keymap
    now = laid(KeySet(codes=(code(REACH, "f13", "shift+f13"),)))
    others = [binding for binding in keymap.bindings if binding.code != REACH]
    assert [binding for binding in now.bindings if binding.code != REACH] == others
    assert keys_in(now, REACH) == ("f13", "shift+f13")


def keymap_of(*pairs: tuple[str, str]) -> Keymap:
    bindings = tuple(KeyBinding(key=key, code=CodeId(name)) for key, name in pairs)
    return Keymap(id="k", version="1.0.0", title=english("k"), bindings=bindings)


def test_nothing_clashes_where_every_key_has_one_meaning() -> None:
    assert clashes({"undo": ("Ctrl+Z",), "redo": ("Ctrl+Y",)}, (keymap_of(("q", "a.b")),)) == ()


@pytest.mark.parametrize("other", ["Ctrl+Shift+Z", "shift+ctrl+z"])
def test_two_commands_with_one_key_clash_however_it_is_written(other: str) -> None:
    found = clashes({"redo": ("Ctrl+Shift+Z",), "odd": (other,)})
    assert found == (Clash(key="Ctrl+Shift+Z", first="redo", second="odd"),)


def test_two_codes_with_one_key_clash() -> None:
    found = clashes({}, (keymap_of(("q", "a.b"), ("q", "a.c")),))
    assert found == (Clash(key="q", first="k/a.b", second="k/a.c"),)


def test_a_code_and_a_command_with_one_pedal_clash() -> None:
    found = clashes({"undo": ("F13",)}, (keymap_of(("f13", "a.b")),))
    assert found == (Clash(key="f13", first="undo", second="k/a.b"),)
    shifted = clashes({"undo": ("F13",)}, (keymap_of(("shift+f13", "a.b")),))
    assert shifted == ()


def test_a_command_with_the_same_key_twice_is_no_clash() -> None:
    assert clashes({"undo": ("Ctrl+Z", "ctrl+z")}) == ()


class TestSettledWithAnotherVersion:
    """The program's own keys may change between two versions; nobody's own key falls silent."""

    USUAL: ClassVar = {"undo": ("Ctrl+Z",), "new_one": ("F9", "F10"), "other": ("F11",)}

    def test_a_usual_key_that_is_the_persons_own_stays_with_the_person(self) -> None:
        settled = KeySet(commands=(command("undo", "F9"),)).settled(self.USUAL)
        in_force = {one: settled.keys_of(one, keys) for one, keys in self.USUAL.items()}
        assert in_force == {"undo": ("F9",), "new_one": ("F10",), "other": ("F11",)}
        assert clashes(in_force) == ()

    def test_what_the_person_gave_both_commands_is_left(self) -> None:
        own = KeySet(commands=(command("undo", "F9"), command("new_one", "F12")))
        assert own.settled(self.USUAL) == own

    def test_a_command_that_is_there_no_more_takes_no_key(self) -> None:
        own = KeySet(commands=(command("gone", "F11"),))
        assert own.settled(self.USUAL) == own

    def test_without_a_clash_nothing_is_added(self) -> None:
        own = KeySet(commands=(command("undo", "F5"),), codes=(code(REACH, "f13"),))
        assert own.settled(self.USUAL) == own
        assert KeySet().settled(self.USUAL) == KeySet()
