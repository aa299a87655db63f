"""Bytes that are no data file are refused without a crash and without delay."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.catalog import CatalogError
from ssp_coder.catalog.reading import MAXIMUM_BYTES, key_name, read_bytes, read_instrument
from ssp_coder.domain.finding import Finding


def refusal(content: bytes) -> Finding:
    with pytest.raises(CatalogError) as caught:
        read_instrument("schemas/scales/x.toml", content, "x.toml")
    return caught.value.finding


@pytest.mark.parametrize("content", [b"", b"\n", b"  \t\r\n"])
def test_an_empty_file(content: bytes) -> None:
    assert refusal(content).sentence() == "x.toml: is empty; copy a bundled file and change it"


def test_a_file_with_a_comment_alone_has_no_kind() -> None:
    assert refusal(b"# nothing yet\n").message == "key 'kind' is missing"


def test_a_file_of_an_unknown_kind() -> None:
    finding = refusal(b'\nkind = "sclae"\n')
    assert finding.place == "x.toml:2"
    assert finding.message == "kind: 'sclae' is not one of the words allowed here"


def test_a_file_beyond_two_megabytes() -> None:
    assert refusal(b"#" * (MAXIMUM_BYTES + 1)).code == "file.too_large"


def test_a_file_of_two_megabytes_is_still_read() -> None:
    assert refusal(b"#" * MAXIMUM_BYTES).code == "toml.shape"


@pytest.mark.parametrize("content", [b"\xff\xfe", b'a = 1\nb = "\xe4"\n', bytes(range(128, 256))])
def test_a_file_that_is_not_utf8_names_the_byte(content: bytes) -> None:
    finding = refusal(content)
    assert finding.code == "file.not_utf8"
    assert finding.place == f"x.toml:{1 + content.startswith(b'a')}"
    assert "save the file as UTF-8" in finding.remedy


def test_a_film_is_no_data_file() -> None:
    assert refusal(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00").code == "toml.syntax"


def test_lists_in_lists_without_end() -> None:
    finding = refusal(b"a = " + b"[" * 100_000)
    assert finding.code == "toml.syntax"
    assert "nested too deeply" in finding.message


def test_tables_in_tables_without_end() -> None:
    finding = refusal(b"[" + b".".join([b"a"] * 500) + b"]")
    assert "nested too deeply" in finding.message


def test_a_key_of_a_hundred_thousand_parts_is_refused_at_once() -> None:
    finding = refusal(b"# first\n[" + b".".join([b"a"] * 100_000) + b"]")
    assert finding.place == "x.toml:2"
    assert "too many dots" in finding.message


def test_a_number_of_five_thousand_digits_has_its_line() -> None:
    finding = refusal(b"a = 1\nb = " + b"9" * 5_000 + b"\nc = 2\n")
    assert finding.place == "x.toml:2"


def test_a_date_is_no_number() -> None:
    finding = refusal(b'kind = "keymap"\nid = 1979-05-27\n')
    assert finding.place == "x.toml:2"
    assert finding.message.startswith("id: expected text")


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e999"])
def test_what_is_not_finite_is_refused_wherever_it_stands(value: str) -> None:
    finding = refusal(f"[a]\nb = [ 1,\n { {'c': 0} and '{ c = ' + value + ' }' } ]\n".encode())
    assert finding.code == "toml.not_finite"
    assert finding.place == "x.toml:3"
    assert finding.message == "a.b[2].c is not a finite number"


def test_a_folder_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="this is a folder"):
        read_bytes(tmp_path)


def test_a_file_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="cannot be read") as caught:
        read_bytes(tmp_path / "none.toml")
    assert caught.value.finding.place == str(tmp_path / "none.toml")


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(CatalogError, match="cannot be read"):
        read_bytes(Path("a\0b"))


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.toml"
    with path.open("wb") as stream:
        stream.truncate(10 * MAXIMUM_BYTES)
    with pytest.raises(CatalogError, match="larger than 2 MB"):
        read_bytes(path)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (("title",), "title"),
        (("groups", 2, "codes", 0, "hint"), "groups[3].codes[1].hint"),
        ((), ""),
    ],
)
def test_a_key_is_written_as_people_count(key: tuple[str | int, ...], name: str) -> None:
    assert key_name(key) == name
