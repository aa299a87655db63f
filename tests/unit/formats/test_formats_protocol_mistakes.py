"""Settings that a person mistypes: each is refused in words, and none takes all the memory."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Lump, Protocol
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.protocol_file import (
    protocol_of,
    protocol_template,
    protocol_text,
    read_protocol,
)
from tests.builders import s


def said_of(text: str) -> str:
    with pytest.raises(FormatError) as caught:
        protocol_of(text, "lab.toml")
    (sentence,) = caught.value.sentences()
    return sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("resamples = true", "resamples must be a whole number, got true or false"),
        ("unit_s = 2026-01-01", "unit_s must be a number, got a date"),
        ("unit_s = 2026-01-01T10:00:00Z", "unit_s must be a number, got a date"),
        ("unit_s = 10:00:00", "unit_s must be a number, got a time of day"),
        ("unit_s = [1]", "unit_s must be a number, got a list"),
        ("name = 3", "name must be text, got a whole number"),
        ("name = ''", "name must be text of length >= 1"),
        ("onsets_s = 2", "onsets_s must be a list, got a whole number"),
        ("lumps = 3", "lumps must be a list, got a whole number"),
        ("lumps = ['a', 'b']", "lumps[1] must be a table, got text"),
        ("[lumps]\nname = 'held'", "lumps must be a list, got a table"),
        ("[unit_s]\nx = 1", "unit_s must be a number, got a table"),
    ],
)
def test_a_value_of_another_kind_is_refused_in_words_of_people(text: str, said: str) -> None:
    sentence = said_of(text)
    assert said in sentence
    assert "`" not in sentence


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "+nan"])
@pytest.mark.parametrize(
    "setting", ["unit_s", "tolerance_s", "alignment_s", "interval_s", "block_s", "overlap"]
)
def test_what_is_no_number_is_refused_everywhere(setting: str, value: str) -> None:
    assert said_of(f"{setting} = {value}").startswith(f"lab.toml, line 1: {setting} must be")


@pytest.mark.parametrize("seconds", ["0.000001", "0.5", "0.999999"])
def test_a_block_shorter_than_a_second_is_refused(seconds: str) -> None:
    assert "block_s must be a number >= 1.0" in said_of(f"block_s = {seconds}")


def test_a_block_of_a_second_is_the_shortest() -> None:
    assert protocol_of("block_s = 1", "lab.toml").block_us == s(1)


def test_a_number_beyond_all_bounds_is_refused_and_not_cut() -> None:
    assert "seed must be a whole number <=" in said_of(f"seed = {10**30}")
    assert "resamples must be a whole number <= 1000000" in said_of("resamples = 1000001")


def test_a_list_of_too_many_onsets_is_refused() -> None:
    onsets = ", ".join(str(number) for number in range(13))
    assert "onsets_s must be a list of length <= 12" in said_of(f"onsets_s = [{onsets}]")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# ours\n\nname = 'x'\nunit_s = 'one'\n", 4),
        ("name = 'x'\n[[lumps]]\nname = 'a'\ncodes = ['b', 'c']\n[[lumps]]\nname = 7\n", 6),
    ],
    ids=["a setting", "the second lump"],
)
def test_the_line_of_a_fault_is_named(text: str, line: int) -> None:
    assert said_of(text).startswith(f"lab.toml, line {line}: ")


def test_a_setting_that_stands_twice_is_told_as_what_it_is() -> None:
    assert "is not valid TOML" in said_of("unit_s = 1\nunit_s = 2\n")


def test_very_deep_brackets_are_no_crash() -> None:
    assert "is not valid TOML" in said_of("onsets_s = " + "[" * 20_000)


def test_a_folder_is_no_protocol(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        read_protocol(tmp_path)


def test_an_empty_file_is_the_usual_protocol(tmp_path: Path) -> None:
    path = tmp_path / "lab.toml"
    path.write_bytes(b"")
    assert read_protocol(path) == USUAL_PROTOCOL


@pytest.mark.parametrize(
    "name",
    ['a "quoted" name', "back\\slash", "tab\there", "two\nlines", "\x1b[2J", "Größe 😀", "\x7f"],
    ids=["quotes", "backslash", "tab", "line end", "escape", "letters", "delete"],
)
def test_any_name_survives_the_file(name: str) -> None:
    lump = Lump(name=name, codes=(name, "other"))
    protocol = Protocol(
        **{one.name: getattr(USUAL_PROTOCOL, one.name) for one in fields(Protocol)}
        | {"name": name, "lumps": (lump,)}
    )
    text = protocol_text(protocol)
    assert all(sign.isprintable() or sign == "\n" for sign in text)
    assert protocol_of(text, "lab.toml") == protocol


def test_every_setting_of_the_template_may_be_left_out_alone() -> None:
    lines = [line for line in protocol_template().splitlines() if line and line[0] != "#"]
    assert len(lines) == len(fields(Protocol)) - 1, "all but the lumps"
    for left_out in lines:
        text = "\n".join(line for line in lines if line != left_out)
        assert protocol_of(text, "lab.toml") == USUAL_PROTOCOL


def test_the_lumps_of_the_template_can_be_taken_in_by_removing_the_signs() -> None:
    head, _, example = protocol_template().partition("# [[lumps]]")
    text = head + "[[lumps]]" + example.replace("\n# ", "\n")
    (lump,) = protocol_of(text, "lab.toml").lumps
    assert lump.codes == ("group.code", "group.other_code")
