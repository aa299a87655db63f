"""Laws of copies: whatever is copied, under whatever names, judges every child as before."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog import load_scheme
from ssp_coder.catalog.copying import (
    InstrumentCopy,
    ancestor_of,
    copy_of,
    files_named,
    ids_for_all,
    ids_for_tables,
    next_version,
)
from ssp_coder.catalog.differences import Concern
from ssp_coder.catalog.placing import taken, write_copy
from ssp_coder.catalog.shelf import instruments_on_shelf
from ssp_coder.catalog.versions import compare_versions, version_on_path
from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.verdict import Facts, Verdict
from ssp_coder.rules.brief import Brief, Briefing
from ssp_coder.rules.evaluate import evaluate
from tests.builders import infant_scheme
from tests.fixtures.rule_tables import facts, prototype

SCHEME = "schemas/schemes/infant.toml"
FILES = files_named(SCHEME)
ON_SHELF = instruments_on_shelf()
ORIGINAL = infant_scheme()
JUDGED = [one.id for one in ORIGINAL.rules.inputs]
NAMINGS = {"all": ids_for_all, "tables": ids_for_tables}
ids = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,24}", fullmatch=True)


@lru_cache(maxsize=len(NAMINGS))
def copied(naming: str) -> InstrumentCopy:
    return copy_of(SCHEME, new_ids=NAMINGS[naming](FILES, "my-lab"))


@pytest.fixture(scope="module", params=sorted(NAMINGS))
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lab")
    write_copy(copied(request.param), folder)
    return folder


@pytest.fixture(scope="module")
def asked(lab: Path) -> tuple[Briefing, Briefing]:
    """The original and the copy, made ready."""
    copy = load_scheme("my-lab", folders=(lab,))
    return Briefing(ORIGINAL.rules), Briefing(copy.rules)


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    """Ratings of which up to three are not known."""
    row = {
        one.id: float(draw(st.integers(int(one.minimum), int(one.maximum))))
        for one in ORIGINAL.rules.inputs
    }
    for name in draw(st.lists(st.sampled_from(JUDGED), max_size=3, unique=True)):
        del row[name]
    return facts(row, d_decision=draw(st.sampled_from([None, *DDecision])))


def reasons(verdict: Verdict) -> tuple[object, ...]:
    """All that a verdict says, but not the name of the table that said it."""
    return (verdict.fits, verdict.fired, verdict.undecided, verdict.turns, verdict.needs)


@given(seen=any_facts())
def test_a_copied_scheme_says_of_every_child_what_the_original_says(
    asked: tuple[Briefing, Briefing], seen: Facts
) -> None:
    original, copy = asked
    said: Brief = copy.of(seen)
    assert said == original.of(seen)


@pytest.mark.parametrize("subgroup", ["A1", "B1", "B4", "C2"])
def test_a_copied_scheme_gives_the_same_reasons_too(lab: Path, subgroup: str) -> None:
    rules = load_scheme("my-lab", folders=(lab,)).rules
    seen = facts(prototype(subgroup))
    mine, theirs = evaluate(rules, seen), evaluate(ORIGINAL.rules, seen)
    assert reasons(mine) == reasons(theirs)
    assert mine.table.id != theirs.table.id


def test_nothing_but_names_and_versions_differs(lab: Path) -> None:
    before = version_on_path(SCHEME)
    after = version_on_path("schemas/schemes/my-lab.toml", folders=(lab,))
    found = compare_versions(before, after)
    assert Concern.SUGGESTION not in {one.concerns for one in found}
    recorded = {one.key[-1] for one in found if one.concerns is Concern.RECORDING}
    assert recorded <= {"bears_on"}  # the scales' new names in the hints of the codes
    assert {one.key[0] for one in found} >= {"id", "version"}


def test_a_copy_that_was_written_is_in_nobodys_way(lab: Path) -> None:
    naming = "all" if (lab / "episodes" / "my-lab-standard.toml").exists() else "tables"
    assert taken(copied(naming), lab) == ()
    kept = {path: path.read_bytes() for path in lab.rglob("*.toml")}
    write_copy(copied(naming), lab)
    assert {path: path.read_bytes() for path in lab.rglob("*.toml")} == kept


@given(new_id=ids)
def test_whatever_the_new_id_every_file_gets_a_place_of_its_own(new_id: str) -> None:
    for naming in NAMINGS.values():
        given_ids = naming(FILES, new_id)
        places = [
            str(PurePosixPath(file.path).with_stem(given_ids.get(file.path, file.record.id)))
            for file in FILES
        ]
        assert len(set(places)) == len(FILES)
        assert places[-1] == f"schemas/schemes/{new_id}.toml"


@pytest.mark.parametrize("one", ON_SHELF, ids=lambda one: one.path)
def test_every_instrument_can_be_copied_and_knows_its_original(one, tmp_path: Path) -> None:
    copy = copy_of(one.path, new_ids={one.path: "own"}, title="Ours")
    write_copy(copy, tmp_path)
    main = copy.main
    written = (tmp_path / main.path).read_text("utf-8")
    ancestor = ancestor_of(written)
    assert ancestor is not None
    assert (ancestor.id, ancestor.version) == (one.id, one.version)
    assert ancestor.sha256 == main.original.sha256
    read = files_named(main.path, folders=(tmp_path,))[-1]
    assert (read.record.id, read.record.version) == ("own", "1.0.0")


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 999))
def test_the_next_version_is_higher_and_only_in_its_last_number(
    major: int, minor: int, patch: int
) -> None:
    after = [int(number) for number in next_version(f"{major}.{minor}.{patch}").split(".")]
    assert after == [major, minor, patch + 1]
