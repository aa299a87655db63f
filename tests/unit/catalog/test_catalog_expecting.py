"""What to write instead, told from the schema of the file."""

from __future__ import annotations

import pytest

from ssp_coder.catalog import format_schemas
from ssp_coder.catalog.expecting import remedy_at
from ssp_coder.catalog.locating import Key
from tests.unit.catalog.catalog_lab import Lab

COMPARE = "compare with a bundled file of this kind, or with its schema in schemas/format"


@pytest.mark.parametrize(
    ("kind", "key", "remedy"),
    [
        (
            "procedure",
            ("episodes", 2, "kind"),
            "write one of introduction, preseparation, reunion, separation",
        ),
        ("procedure", ("origin",), "write one of lab, literature, project_default, verified"),
        ("ethogram", ("groups", 0, "codes", 1, "kind"), "write one of point, state"),
        ("scheme", ("suggestion",), "write one of after_own, always, never"),
        (
            "scale",
            ("id",),
            "expected here: Letters, digits, _ and -; starts with a letter.",
        ),
        ("scale", ("version",), "expected here: Such as 1.0.0."),
        ("scale", ("minimum",), COMPARE),
        ("scale", ("anchors", 0), COMPARE),
        ("scale", ("unheard", 3, "of"), COMPARE),
        ("scale", (), COMPARE),
    ],
)
def test_a_wrong_value_is_told_what_may_stand_there(kind: str, key: Key, remedy: str) -> None:
    assert remedy_at(kind, key, unknown=False) == remedy


@pytest.mark.parametrize(
    ("kind", "key", "remedy"),
    [
        ("procedure", ("episodes", 0, "planned"), "did you mean 'planned_s'?"),
        ("scale", ("minimun",), "did you mean 'minimum'?"),
        ("ethogram", ("groups", 3, "codes", 0, "bear_on"), "did you mean 'bears_on'?"),
        ("scale", ("qqqq",), COMPARE),
        ("profile_table", ("profiles", 0, "band"), "did you mean 'bands'?"),
    ],
)
def test_a_mistyped_key_is_told_the_nearest(kind: str, key: Key, remedy: str) -> None:
    assert remedy_at(kind, key, unknown=True) == remedy


@pytest.mark.parametrize("kind", [None, "sclae", 3, [], {}])
def test_a_file_of_no_kind_is_told_the_kinds(kind: object) -> None:
    words = f"one of {', '.join(format_schemas())}"
    assert remedy_at(kind, (), unknown=False).endswith(words)


def test_the_remedy_reaches_the_person(lab: Lab) -> None:
    lab.change("episodes/standard.toml", "planned_s = 30", "planned = 30")
    assert lab.finding().sentence().endswith("not known here; did you mean 'planned_s'?")


def test_the_choices_reach_the_person(lab: Lab) -> None:
    lab.change("schemas/ethograms/infant.toml", 'slot = "green"', 'slot = "pink"')
    remedy = lab.finding().remedy
    assert remedy == "write one of blue, green, grey, orange, rose, sky, vermilion, yellow"
