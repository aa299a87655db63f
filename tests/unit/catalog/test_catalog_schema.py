"""JSON Schemas of the data files: true to the code, and the bundled files are valid by them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from ssp_coder.catalog import format_schemas
from ssp_coder.catalog.schema import schema_files
from ssp_coder.resources import bundled

FORMAT = bundled("schemas") / "format"
KINDS_OF_FOLDER = {
    "episodes": {"procedure"},
    "ethograms": {"ethogram"},
    "scales": {"scale"},
    "rules": {"profile_table", "decision_table", "discriminant_table"},
    "handbooks": {"handbook"},
    "keymaps": {"keymap"},
    "schemes": {"scheme"},
}
ONLY_OF_A_LAB = {"wording"}
BUNDLED = tuple(
    path
    for folder in KINDS_OF_FOLDER
    for path in sorted(
        (bundled("episodes") if folder == "episodes" else bundled("schemas") / folder).glob(
            "*.toml"
        )
    )
)


def read(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def validator(path: Path) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(format_schemas()[kind_of(path)])


def kind_of(path: Path) -> str:
    return str(read(path)["kind"])


def test_there_is_a_schema_for_every_kind_of_file() -> None:
    kinds = set().union(*KINDS_OF_FOLDER.values()) | ONLY_OF_A_LAB
    assert set(format_schemas()) == kinds


@pytest.mark.parametrize("path", BUNDLED, ids=[f"{p.parent.name}-{p.stem}" for p in BUNDLED])
def test_a_bundled_file_lies_in_the_folder_of_its_kind(path: Path) -> None:
    assert kind_of(path) in KINDS_OF_FOLDER[path.parent.name]


@pytest.mark.parametrize("name", sorted(schema_files()))
def test_the_schema_files_are_what_the_code_says(name: str) -> None:
    written = (FORMAT / name).read_text(encoding="utf-8")
    assert written == schema_files()[name], "write ssp_coder.catalog.schema.schema_files() anew"


def test_there_is_no_other_schema_file() -> None:
    assert {path.name for path in FORMAT.iterdir()} == set(schema_files())


@pytest.mark.parametrize("kind", sorted(format_schemas()))
def test_a_schema_is_a_schema(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(format_schemas()[kind])
    assert json.loads(json.dumps(format_schemas()[kind])) == format_schemas()[kind]


@pytest.mark.parametrize("path", BUNDLED, ids=[f"{p.parent.name}-{p.stem}" for p in BUNDLED])
def test_a_bundled_file_is_valid(path: Path) -> None:
    assert list(validator(path).iter_errors(read(path))) == []


@pytest.mark.parametrize("path", BUNDLED, ids=[f"{p.parent.name}-{p.stem}" for p in BUNDLED])
def test_a_bundled_file_names_its_schema_for_editors(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("#:schema ")
    target = (path.parent / first.removeprefix("#:schema ")).resolve()
    assert target == (FORMAT / f"{kind_of(path)}.schema.json").resolve()


@pytest.mark.parametrize("path", BUNDLED, ids=[f"{p.parent.name}-{p.stem}" for p in BUNDLED])
def test_an_unknown_key_is_not_valid(path: Path) -> None:
    assert not validator(path).is_valid({**read(path), "unheard": 1})


@pytest.mark.parametrize("key", ["kind", "id", "version", "title"])
@pytest.mark.parametrize("path", BUNDLED, ids=[f"{p.parent.name}-{p.stem}" for p in BUNDLED])
def test_a_file_without_its_head_is_not_valid(path: Path, key: str) -> None:
    tree = read(path)
    del tree[key]
    assert not validator(path).is_valid(tree)


def test_a_text_without_english_is_not_valid() -> None:
    path = next(path for path in BUNDLED if path.parent.name == "scales")
    assert validator(path).is_valid({**read(path), "title": {"en": "Seeking", "de": "Suche"}})
    assert not validator(path).is_valid({**read(path), "title": {"de": "Suche"}})


def test_every_bundled_file_is_looked_at() -> None:
    everywhere = [*bundled("episodes").glob("*.toml"), *bundled("schemas").rglob("*.toml")]
    instruments = [path for path in everywhere if "training" not in path.parts[-3:]]
    assert sorted(BUNDLED) == sorted(instruments)
