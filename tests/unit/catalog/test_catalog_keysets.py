"""Files of own keys: written, read again, and complained of with line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.keysets import (
    MOST_BYTES,
    load_key_set,
    read_key_set,
    usable_key_set,
    write_key_set,
)
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.keyset import CodeKeys, CommandKeys, KeySet

USUAL = {"undo": ("Ctrl+Z",), "redo": ("Ctrl+Shift+Z", "Ctrl+Y"), "toggle": ("Space",)}
OWN = KeySet(
    commands=(
        CommandKeys(command="toggle", keys=("Space", "Media Play")),
        CommandKeys(command="undo", keys=()),
    ),
    codes=(
        CodeKeys(keymap="infant", code=CodeId("seeking.lean"), keys=()),
        CodeKeys(keymap="infant", code=CodeId("seeking.reach"), keys=("f13", "shift+'")),
        CodeKeys(keymap="our own", code=CodeId("a.b"), keys=("\\",)),
    ),
)


def mistakes(text: str) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        read_key_set(text, "lab.toml", USUAL)
    return [finding.sentence() for finding in caught.value.findings]


def test_what_is_written_is_read_again() -> None:
    assert read_key_set(write_key_set(OWN), "lab.toml", USUAL) == OWN


def test_no_own_keys_are_a_file_too() -> None:
    assert read_key_set(write_key_set(KeySet()), "lab.toml", USUAL) == KeySet()


def test_a_file_says_how_it_is_read() -> None:
    assert write_key_set(OWN).startswith("# Own keys")


def test_a_chord_is_kept_as_the_program_writes_it() -> None:
    read = read_key_set('kind = "keys"\n[commands]\nundo = ["alt+CTRL+u"]', "x", USUAL)
    assert read.commands == (CommandKeys(command="undo", keys=("Ctrl+Alt+U",)),)


@pytest.mark.parametrize(
    ("text", "line", "fact"),
    [
        ("", 1, "is not a file of keys"),
        ('kind = "keymap"\n', 1, "is not a file of keys"),
        ('kind = "keys"\n\n[comands]\n', 3, "'comands' is not known here"),
        ('kind = "keys"\ncommands = 3\n', 2, "commands is not a table"),
        ('kind = "keys"\n[commands]\nundo = "F13"\n', 3, "undo has no list of keys"),
        ('kind = "keys"\n[commands]\nundo = [13]\n', 3, "undo has no list of keys"),
        ('kind = "keys"\n[commands]\nundo = ["Hyper+K"]\n', 3, "key 'Hyper+K' is not a key"),
        ('kind = "keys"\n[commands]\nundo = ["U"]\n', 3, "key 'U' types or codes"),
        ('kind = "keys"\n[commands]\nundo = ["Esc"]\n', 3, "key 'Esc' confirms, leaves"),
        ('kind = "keys"\n[commands]\nfly = ["F13"]\n', 3, "there is no command 'fly'"),
        ('kind = "keys"\n[codes.infant]\n"a.b" = ["Q"]\n', 3, "must be written in lower case"),
        ('kind = "keys"\n[codes.infant]\n"a.b" = ["space"]\n', 3, "belongs to the program"),
        (
            'kind = "keys"\n[commands]\ntoggle = ["Space"]\nundo = ["Ctrl+Y"]\n',
            4,
            "Ctrl+Y is the key of undo and of redo",
        ),
        (
            'kind = "keys"\n[commands]\nundo = ["F13"]\n[codes.infant]\n"a.b" = ["f13"]\n',
            5,
            "f13 is the key of undo and of infant/a.b",
        ),
    ],
)
def test_a_mistake_is_told_with_file_line_and_remedy(text: str, line: int, fact: str) -> None:
    told = mistakes(text)
    assert len(told) == 1, told
    assert told[0].startswith(f"lab.toml:{line}: ")
    assert fact in told[0]
    assert "; " in told[0]


def test_every_mistake_is_told_at_once() -> None:
    text = (
        'kind = "keys"\n[commands]\nundo = ["U"]\nredo = "x"\n[codes.infant]\n"a.b" = ["space"]\n'
    )
    assert [sentence.split(":")[1] for sentence in mistakes(text)] == ["3", "4", "6"]


def test_what_is_not_toml_is_told() -> None:
    assert "is not TOML" in mistakes("kind = keys")[0]


def test_keys_kept_by_another_version_are_read_without_its_commands() -> None:
    text = 'kind = "keys"\n[commands]\nfly = ["F13"]\nundo = ["Ctrl+Y"]\n'
    read = usable_key_set(text)
    assert {own.command for own in read.commands} == {"fly", "undo"}


@pytest.mark.parametrize("wrong", ['undo = ["Esc"]', "undo = 5", 'undo = ["Nothing"]'])
def test_one_kept_key_that_cannot_be_used_takes_no_other_with_it(wrong: str) -> None:
    text = f'kind = "keys"\n[commands]\n{wrong}\nredo = ["F13"]\n[codes.infant]\n"a.b" = ["q"]\n'
    read = usable_key_set(text)
    assert read.commands == (CommandKeys(command="redo", keys=("F13",)),)
    assert read.codes == (CodeKeys(keymap="infant", code=CodeId("a.b"), keys=("q",)),)


@pytest.mark.parametrize("text", ["", "kind =", 'kind = "scheme"', '[commands]\nundo = ["F13"]'])
def test_what_holds_no_kept_keys_gives_none(text: str) -> None:
    assert usable_key_set(text) == KeySet()


def test_a_file_on_disk_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lab.toml"
    path.write_text(write_key_set(OWN), "utf-8-sig")
    assert load_key_set(path, USUAL) == OWN


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"#" * (MOST_BYTES + 1)])
def test_a_file_that_holds_no_keys_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lab.toml"
    path.write_bytes(content)
    with pytest.raises(CatalogError, match="is not a file of keys"):
        load_key_set(path, USUAL)


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_key_set(tmp_path / "none.toml", USUAL)
