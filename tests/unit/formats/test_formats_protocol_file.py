from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Lump, Protocol, Window
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.protocol_file import (
    protocol_of,
    protocol_sha256,
    protocol_template,
    protocol_text,
    read_protocol,
)
from tests.builders import s

OTHER = Protocol(
    name='our "lab" \\ 2',
    unit_us=s("0.04"),
    tolerance_us=s(0),
    alignment_us=s("3.25"),
    onsets_us=(s("0.25"), s(3)),
    overlap=0.51,
    interval_us=s(10),
    window=Window.CODED,
    lumps=(Lump(name="held", codes=("contact.held_by_c", "contact.held_by_s")),),
    block_us=s(60),
    resamples=500,
    seed=7,
)


def complaint(text: str) -> str:
    with pytest.raises(FormatError) as caught:
        protocol_of(text, "lab.toml")
    return str(caught.value)


@pytest.mark.parametrize("protocol", [USUAL_PROTOCOL, OTHER], ids=["usual", "other"])
def test_a_protocol_that_is_written_is_read_back(protocol: Protocol) -> None:
    assert protocol_of(protocol_text(protocol), "lab.toml") == protocol


def test_the_template_is_the_usual_protocol_with_a_word_on_each_setting() -> None:
    template = protocol_template()
    assert protocol_of(template, "lab.toml") == USUAL_PROTOCOL
    settings = [line for line in template.splitlines() if " = " in line and line[0] != "#"]
    words = [line for line in template.splitlines() if line.startswith("# ")]
    assert len(settings) == 11
    assert len(words) > len(settings)


def test_what_a_file_leaves_out_is_usual() -> None:
    assert protocol_of("tolerance_s = 1.5", "lab.toml") == replace(
        USUAL_PROTOCOL, tolerance_us=s("1.5")
    )
    assert protocol_of("", "lab.toml") == USUAL_PROTOCOL


def test_seconds_are_exact_to_the_microsecond() -> None:
    assert protocol_of("unit_s = 0.033333", "lab.toml").unit_us == 33_333
    assert protocol_of("unit_s = 2", "lab.toml").unit_us == 2_000_000


def test_onsets_are_sorted_and_each_stands_once() -> None:
    assert protocol_of("onsets_s = [2, 0.5, 2.0]", "lab.toml").onsets_us == (s("0.5"), s(2))


def test_any_other_setting_gives_another_hash() -> None:
    hashes = {
        protocol_sha256(protocol)
        for protocol in (
            USUAL_PROTOCOL,
            OTHER,
            replace(USUAL_PROTOCOL, seed=1),
            replace(USUAL_PROTOCOL, overlap=0.61),
            replace(USUAL_PROTOCOL, window=Window.CODED),
        )
    }
    assert len(hashes) == 5
    assert protocol_sha256(protocol_of(protocol_template(), "x")) == protocol_sha256(USUAL_PROTOCOL)


def test_a_setting_that_is_not_known_is_named_with_its_line() -> None:
    words = complaint("name = 'x'\n\ntolerance = 2.0\n")
    assert words.startswith("lab.toml, line 3: tolerance is not a setting; use name, unit_s")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unit_s = 0", "unit_s must be a number"),
        ("unit_s = 0.0000001", "unit_s must be a number"),
        ("unit_s = nan", "unit_s must be a number"),
        ("unit_s = 'one'", "unit_s must be a number, got text"),
        ("tolerance_s = -1", "tolerance_s must be a number >= 0.0"),
        ("alignment_s = 100000", "alignment_s must be a number <= 86400.0"),
        ("overlap = 1.5", "overlap must be a number <= 1.0"),
        ("overlap = 0", "overlap must be a number > 0.0"),
        ("window = 'all'", "window cannot be 'all'"),
        ("resamples = 0", "resamples must be a whole number >= 1"),
        ("resamples = 2.5", "resamples must be a whole number, got a number"),
        ("seed = -1", "seed must be a whole number >= 0"),
        ("onsets_s = []", "onsets_s must be a list of length >= 1"),
        ("onsets_s = [1, -2]", "onsets_s[2] must be"),
        ("[[lumps]]\nname = 'a'\ncodes = ['b']", "lumps[1].codes must be a list of length >= 2"),
        ("[[lumps]]\nnam = 'a'\ncodes = ['b', 'c']", "lumps[1].nam is not a setting"),
    ],
)
def test_what_no_protocol_can_say_is_refused(text: str, words: str) -> None:
    assert words in complaint(text)


def test_a_text_that_is_no_toml_is_refused() -> None:
    assert complaint("unit_s = ").startswith("lab.toml: is not valid TOML")


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lab.toml"
    path.write_bytes(b"\xef\xbb\xbf" + protocol_text(OTHER).replace("\n", "\r\n").encode())
    assert read_protocol(path) == OTHER


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name = '\xff'", "is not UTF-8 text"),
        (b"#" * 200_000, "is larger than 100 kB"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "lab.toml"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=words):
        read_protocol(path)


def test_a_file_that_is_not_there_is_said_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="--protocol-template"):
        read_protocol(tmp_path / "none.toml")
