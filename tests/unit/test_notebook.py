from __future__ import annotations

import ast
import subprocess
import sys
from inspect import isfunction
from pathlib import Path

import pytest

import ssp_coder
from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import DomainError
from ssp_coder.editing.edits import AddEvent
from ssp_coder.notebook import NotebookCoding
from ssp_coder.storage.coding_file import create
from tests.fixtures.table_schemes import full_coding, small_scheme, us

NOTEBOOK = NotebookCoding(coding=full_coding(), scheme=small_scheme())


def test_a_coding_file_is_opened_with_its_scheme(tmp_path: Path) -> None:
    path = tmp_path / "S1.c1.sspc"
    scheme = load_scheme("infant")
    code = next(code for code in scheme.ethogram.codes() if code.kind.value == "point")
    subject = scheme.ethogram.group(code.group).subjects[0]
    with create(path, coding=Coding(session="S1", coder="c1"), scheme=scheme, who="tester") as file:
        file.document().submit(AddEvent(code=code.id, subject=subject, at_us=us(2.5), frame=75))
    before = path.read_bytes()
    opened = ssp_coder.open_coding(path)
    events = opened.events_frame()
    assert events.loc[0, ["code", "start_us", "start_frame"]].tolist() == [code.id, 2_500_000, 75]
    assert len(opened.ratings_frame()) == len(scheme.slots)
    assert len(opened.episodes_frame()) == len(scheme.procedure.episodes)
    assert path.read_bytes() == before


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"none\.sspc"):
        ssp_coder.open_coding(str(tmp_path / "none.sspc"))


def test_events_have_exact_times_frames_and_presence() -> None:
    events = NOTEBOOK.events_frame()
    cry = events[events.code == "distress.cry"].iloc[0]
    assert (cry.start_us, cry.stop_us, cry.duration_us) == (40_123_456, 95_500_000, 55_376_544)
    assert cry.duration_s == pytest.approx(55.376544)
    assert (cry.start_frame, cry.episode, cry.c_present) == (1003, "S1", False)


def test_an_open_state_has_missing_end_and_length() -> None:
    events = NOTEBOOK.events_frame()
    state = events[events.code == "presence.in_room"].iloc[0]
    assert state[["stop_us", "duration_us", "stop_frame"]].isna().all()


def test_events_have_documented_types() -> None:
    kinds = NOTEBOOK.events_frame().dtypes.astype(str)
    assert kinds["start_s"] == "float64"
    assert {kinds[name] for name in ("event_id", "start_us", "start_frame")} == {"Int64"}
    assert {kinds[name] for name in ("c_present", "s_present")} == {"boolean"}
    assert kinds["comment"].startswith("str")


def test_frames_carry_their_units() -> None:
    assert NOTEBOOK.events_frame().attrs["units"]["start_us"] == "us of media time"
    assert NOTEBOOK.episodes_frame().attrs["units"]["planned_s"] == "s"


def test_ratings_tell_a_number_a_reason_and_not_rated_apart() -> None:
    ratings = NOTEBOOK.ratings_frame().set_index("slot")
    assert ratings.loc["near_c_2", ["value", "note"]].tolist() == [6.5, "clear"]
    assert ratings.loc["near_s_1", "missing"] == "NA_view"
    empty = NotebookCoding(coding=Coding(session="S", coder="c"), scheme=small_scheme())
    assert set(empty.ratings_frame().missing) == {"not_rated"}
    assert empty.ratings_frame().value.isna().all()


def test_a_place_of_the_whole_session_has_neither_episode_nor_person() -> None:
    odd = NOTEBOOK.ratings_frame().set_index("slot").loc["odd"]
    assert odd[["episode", "toward"]].isna().all()


def test_episodes_have_lengths_in_both_units() -> None:
    episodes = NOTEBOOK.episodes_frame().set_index("episode")
    assert episodes.loc["R2", ["actual_s", "difference_us"]].tolist() == [40.0, -20_000_000]


def test_intervals_are_numbers_with_gaps_and_frequencies_add_them_up() -> None:
    intervals, frequencies = NOTEBOOK.intervals_frame(), NOTEBOOK.frequencies_frame()
    kinds = intervals.dtypes.astype(str)
    assert (kinds["interval"], kinds["wailing"], kinds["wailing_source"]) == (
        "Int64",
        "Int64",
        "string",
    )
    scored = frequencies[frequencies.measure == "wailing"].set_index("episode").raw
    summed = intervals.groupby("episode").wailing.sum()
    assert {**scored} == {**summed}


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = (
        "import sys, ssp_coder\n"
        "heavy = {'pandas', 'numpy', 'scipy', 'cv2', 'av', 'PySide6', 'sqlite3'}\n"
        "loaded = heavy & set(sys.modules)\n"
        "sys.exit(f'loaded {loaded}' if loaded else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_pandas_is_loaded_with_the_first_frame_only() -> None:
    script = (
        "import sys, ssp_coder.notebook\n"
        "sys.exit('loaded pandas' if 'pandas' in sys.modules else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_coding_that_is_being_worked_on_can_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "S1.c1.sspc"
    scheme = load_scheme("infant")
    code = next(code for code in scheme.ethogram.codes() if code.kind.value == "point")
    subject = scheme.ethogram.group(code.group).subjects[0]
    with create(path, coding=Coding(session="S1", coder="c1"), scheme=scheme, who="me") as file:
        document = file.document()
        for second in range(3):
            document.submit(AddEvent(code=code.id, subject=subject, at_us=us(second)))
        assert file.flush()
        seen = ssp_coder.open_coding(path)
        assert len(seen.events_frame()) == 3
        document.submit(AddEvent(code=code.id, subject=subject, at_us=us(9)))
        assert len(seen.events_frame()) == 3


def test_nothing_is_left_beside_a_coding_that_was_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "S1.c1.sspc"
    scheme = load_scheme("infant")
    create(path, coding=Coding(session="S1", coder="c1"), scheme=scheme, who="me").close()
    before = sorted(entry.name for entry in tmp_path.iterdir())
    ssp_coder.open_coding(path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == before


def test_what_is_no_coding_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "S1.csv"
    path.write_text("session_id\nS1\n", encoding="utf-8")
    with pytest.raises(DomainError, match=r"S1\.csv"):
        ssp_coder.open_coding(path)


def test_a_frame_is_the_readers_own_and_changes_nothing() -> None:
    frame = NOTEBOOK.events_frame()
    frame.loc[:, "comment"] = "changed"
    assert "changed" not in set(NOTEBOOK.events_frame().comment.dropna())


def test_totals_over_frames_agree_with_the_coding() -> None:
    events, episodes = NOTEBOOK.events_frame(), NOTEBOOK.episodes_frame()
    counts = events.groupby("episode").size()
    assert counts.to_dict() == {"S1": 3, "R2": 2}
    assert episodes.actual_us.sum() == us(112) - us(10.04)


def test_the_types_of_the_package_name_what_it_offers() -> None:
    stub = ast.parse(Path(ssp_coder.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    declared = {node.name for node in stub.body if isinstance(node, ast.FunctionDef)}
    offered = {name for name, value in vars(ssp_coder).items() if isfunction(value)}
    # What the implementation itself imports is not offered.
    assert declared == offered - {"import_module"}
    assert isinstance(ssp_coder.__version__, str)
