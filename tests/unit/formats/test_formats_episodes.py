from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Coding, EpisodeMark, SessionEnd
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.time import Micros, micros
from ssp_coder.formats.columns import table_text
from ssp_coder.formats.episodes import episode_rows, episodes_table
from ssp_coder.formats.exportable import Exportable
from tests.fixtures.table_schemes import bare_coding, full_coding, small_scheme, us

SCHEME = small_scheme()


def rows(coding: Coding) -> list[dict[str, str]]:
    entry = Exportable(coding=coding, scheme=SCHEME)
    text = table_text(episodes_table((SCHEME,)), episode_rows(entry))
    return list(csv.DictReader(io.StringIO(text)))


def test_every_episode_of_the_plan_has_a_row_even_when_nothing_is_marked() -> None:
    found = rows(bare_coding())
    assert [(row["episode"], row["status"]) for row in found] == [
        ("S1", "unmarked"),
        ("R2", "unmarked"),
    ]
    assert all(row["start_s"] == row["actual_s"] == "" for row in found)
    assert [row["planned_s"] for row in found] == ["60.000000", "60.000000"]


def test_lengths_and_their_difference_are_exact() -> None:
    first, second = rows(full_coding())
    assert (first["actual_s"], first["difference_s"]) == ("61.960000", "1.960000")
    assert (second["actual_s"], second["difference_s"]) == ("40.000000", "-20.000000")


def test_a_curtailed_reunion_deviates_from_a_procedure_that_does_not_foresee_it() -> None:
    first, second = rows(full_coding())
    assert (first["status"], first["deviates_from_procedure"]) == ("as_planned", "0")
    assert (second["status"], second["deviates_from_procedure"]) == ("curtailed", "1")
    assert second["reason"] == "tired, ended"


def test_only_reunions_are_counted_as_reunions() -> None:
    assert [row["reunion_index"] for row in rows(full_coding())] == ["", "1"]


def test_an_episode_ends_with_the_frame_of_the_mark_that_ends_it() -> None:
    first, second = rows(full_coding())
    assert (first["start_frame"], first["end_frame"]) == ("251", "1800")
    assert (second["start_frame"], second["end_frame"]) == ("1800", "2800")


def test_a_missing_episode_keeps_its_reason() -> None:
    missing = EpisodeMark(episode=EpisodeId("S1"), start_us=None, reason="baby asleep")
    first, _ = rows(replace(bare_coding(), episodes=(missing,)))
    assert (first["status"], first["reason"], first["start_s"]) == ("missing", "baby asleep", "")


def test_a_running_episode_has_no_end() -> None:
    mark = EpisodeMark(episode=EpisodeId("R2"), start_us=us(20))
    _, second = rows(replace(bare_coding(), episodes=(mark,)))
    assert (second["status"], second["start_s"], second["end_s"], second["actual_s"]) == (
        "running",
        "20.000000",
        "",
        "",
    )


@given(
    st.lists(st.integers(0, 120_000_000), min_size=3, max_size=3, unique=True).map(sorted),
)
def test_lengths_of_all_episodes_fill_the_session(times: list[int]) -> None:
    first, second, end = (Micros(time) for time in times)
    coding = replace(
        bare_coding(),
        episodes=(
            EpisodeMark(episode=EpisodeId("S1"), start_us=first),
            EpisodeMark(episode=EpisodeId("R2"), start_us=second),
        ),
        session_end=SessionEnd(at_us=end),
    )
    found = rows(coding)
    lengths = [micros(row["actual_s"]) for row in found]
    assert sum(lengths) == end - first
    for row in found:
        assert micros(row["end_s"]) - micros(row["start_s"]) == micros(row["actual_s"])
        assert micros(row["actual_s"]) - micros(row["planned_s"]) == micros(row["difference_s"])


@pytest.mark.parametrize(
    ("length_s", "status", "deviates"),
    [
        (60, "as_planned", "0"),
        (55, "as_planned", "0"),
        (54.999999, "curtailed", "0"),
        (65, "as_planned", "0"),
        (65.000001, "extended", "1"),
    ],
)
def test_a_length_beyond_the_tolerance_is_called_curtailed_or_extended(
    length_s: float, status: str, deviates: str
) -> None:
    coding = replace(
        bare_coding(),
        episodes=(
            EpisodeMark(episode=EpisodeId("S1"), start_us=us(10)),
            EpisodeMark(episode=EpisodeId("R2"), start_us=us(10 + length_s)),
        ),
    )
    first, _ = rows(coding)
    assert (first["status"], first["deviates_from_procedure"]) == (status, deviates)


def test_the_bundled_procedure_has_eight_rows_with_two_reunions() -> None:
    scheme = load_scheme("infant")
    entry = Exportable(coding=Coding(session="S1", coder="c1"), scheme=scheme)
    text = table_text(episodes_table((scheme,)), episode_rows(entry))
    found = list(csv.DictReader(io.StringIO(text)))
    assert [row["number"] for row in found] == [str(number) for number in range(1, 9)]
    assert [row["episode"] for row in found if row["reunion_index"]] == ["EP5", "EP8"]
