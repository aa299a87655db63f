from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.finding import DomainError
from ssp_coder.reporting.clip_names import (
    DEFAULT_PATTERN,
    FIELDS,
    LONGEST_NAME,
    free_place,
    refuse_pattern,
    safe_name,
    stem_of_clip,
    unlike,
)

FORBIDDEN = set('<>:"/\\|?*.') | {chr(number) for number in range(32)}


def test_a_pattern_is_filled_with_what_is_known() -> None:
    values = {"session": "S01", "episode": "EP5", "code": "cry", "time": "00-06-10-000"}
    assert stem_of_clip(DEFAULT_PATTERN, values) == "S01-EP5-cry-00-06-10-000"


@pytest.mark.parametrize(
    ("values", "stem"),
    [
        ({"session": "S01", "time": "1"}, "S01-1"),
        ({"time": "1"}, "1"),
        ({"session": "S01", "code": "cry"}, "S01-cry"),
        ({}, "clip"),
    ],
)
def test_an_empty_field_leaves_no_gap(values: dict[str, str], stem: str) -> None:
    assert stem_of_clip(DEFAULT_PATTERN, values) == stem


@pytest.mark.parametrize(
    "pattern", ["{who}", "{session", "session}", "{}", "{session!r}", "{session:>9}", "", " - "]
)
def test_a_pattern_that_cannot_be_filled_is_refused_with_the_fields(pattern: str) -> None:
    with pytest.raises(DomainError, match=r"\{session\}, \{camera\}"):
        refuse_pattern(pattern)


def test_a_pattern_never_reaches_into_values() -> None:
    with pytest.raises(DomainError):
        stem_of_clip("{session.__class__}", {"session": "S01"})


def test_every_field_that_is_offered_can_be_used() -> None:
    pattern = "-".join(f"{{{field}}}" for field in FIELDS)
    refuse_pattern(pattern)
    values = {field: field[:3] for field in FIELDS}
    assert stem_of_clip(pattern, values) == "-".join(field[:3] for field in FIELDS)


def test_doubled_braces_are_plain_text() -> None:
    assert stem_of_clip("{{a}}{session}", {"session": "S1"}) == "-a-S1".strip("-")


@given(pattern=st.text(), session=st.text(), code=st.text())
def test_no_name_holds_what_a_file_name_may_not(pattern: str, session: str, code: str) -> None:
    safe_text = pattern.replace("{", "").replace("}", "")
    stem = stem_of_clip(f"{{session}}-{safe_text}-{{code}}", {"session": session, "code": code})
    assert stem
    assert not set(stem) & FORBIDDEN
    assert len(stem) <= LONGEST_NAME
    assert stem == stem.strip()


def test_a_long_name_in_any_script_fits_into_a_file_system() -> None:
    stem = stem_of_clip("{session}", {"session": "\N{CJK UNIFIED IDEOGRAPH-611B}" * 200})
    assert len(stem) >= 30
    assert len(f"{stem}-12.mp4".encode()) < 255


@pytest.mark.parametrize("device", ["con", "NUL", "com1", "LPT9"])
def test_names_of_devices_are_not_taken(device: str) -> None:
    assert stem_of_clip("{session}", {"session": device}) == f"{device}-clip"


def test_names_that_are_alike_are_numbered() -> None:
    assert unlike(("a", "A", "b", "a", "a-2")) == ("a", "A-2", "b", "a-3", "a-2-2")


@given(st.lists(st.text(alphabet="aAb-2", max_size=4)))
def test_no_two_names_are_alike_on_any_disk(names: list[str]) -> None:
    folded = [name.casefold() for name in unlike(names)]
    assert len(set(folded)) == len(names)


def test_a_free_place_is_left_as_it_is(tmp_path: Path) -> None:
    assert free_place(tmp_path / "a.mp4") == tmp_path / "a.mp4"


def test_a_place_that_is_taken_gets_the_next_free_number(tmp_path: Path) -> None:
    for name in ("a.mp4", "a-2.mp4"):
        (tmp_path / name).touch()
    assert free_place(tmp_path / "a.mp4") == tmp_path / "a-3.mp4"
    assert free_place(tmp_path / "a.mp4", {tmp_path / "a-3.mp4"}) == tmp_path / "a-4.mp4"


def test_letters_of_every_language_are_kept() -> None:
    assert safe_name("Kind_ä-1/б.2") == "Kind_ä-1-б-2"
