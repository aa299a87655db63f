"""The usual instruments are read before they are needed, and nothing is read twice."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssp_coder.catalog import CatalogError, available_schemes, load_scheme, scheme_from_files
from ssp_coder.catalog.reading import read_instrument
from ssp_coder.catalog.reading_ahead import read_ahead
from ssp_coder.domain.scheme import Scheme

LINE = b'kind = "wordless"\n'


@pytest.fixture(autouse=True)
def nothing_read() -> Iterator[None]:
    read_instrument.cache_clear()
    yield
    read_instrument.cache_clear()


@pytest.fixture
def usual() -> Scheme:
    (found,) = (summary for summary in available_schemes() if summary.usual)
    return load_scheme(found.id)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text of every file that was parsed."""
    texts: list[str] = []
    loads = tomllib.loads

    def note(text: str) -> object:
        texts.append(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", note)
    return texts


def test_every_file_of_the_usual_scheme_is_read_once(usual: Scheme) -> None:
    profiles = len([file for file in usual.files if "/rules/" in file.path]) - 1
    read = list(read_ahead())
    assert len(read) == len(set(read)) == len(usual.files) - profiles
    assert set(read) <= {file.path for file in usual.files}


def test_a_coding_of_the_usual_scheme_then_opens_without_parsing(
    usual: Scheme, counted: list[str]
) -> None:
    for _path in read_ahead():
        pass
    counted.clear()
    assert scheme_from_files(usual.id, usual.files) == usual
    assert counted == []


def test_one_file_is_read_between_two_breaths(counted: list[str]) -> None:
    schemes = len(available_schemes())
    assert len(counted) == schemes
    reading = read_ahead()
    steps = []
    while True:
        before = len(counted)
        if next(reading, None) is None:
            break
        steps.append(len(counted) - before)
    assert max(steps) <= 2  # a rule table with its profiles


def test_the_same_content_is_the_same_record(usual: Scheme) -> None:
    file = usual.files[-1]
    first = read_instrument(file.path, file.content, file.path)
    assert read_instrument(file.path, bytes(bytearray(file.content)), file.path) is first


def test_another_content_is_read_anew(usual: Scheme) -> None:
    file = usual.files[-1]
    first = read_instrument(file.path, file.content, file.path)
    other = read_instrument(file.path, file.content + b"\n# a lab's own remark\n", file.path)
    assert other.sha256 != first.sha256
    assert other.text.endswith("# a lab's own remark\n")


def test_a_finding_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    places = []
    for shown in ("here.toml", str(tmp_path / "there.toml")):
        with pytest.raises(CatalogError) as caught:
            read_instrument("schemas/scales/x.toml", LINE, shown)
        places.append(caught.value.finding.place)
    assert places == ["here.toml:1", f"{tmp_path / 'there.toml'}:1"]


def test_a_wrong_file_is_told_every_time(counted: list[str]) -> None:
    for _ in range(2):
        with pytest.raises(CatalogError):
            read_instrument("schemas/scales/x.toml", LINE, "x.toml")
    assert len(counted) == 2
