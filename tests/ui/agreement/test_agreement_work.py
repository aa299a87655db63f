"""The work behind the windows: values in, values out, stopped when asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.catalog import available_schemes
from ssp_coder.domain.finding import DomainError
from ssp_coder.media.errors import Abandoned
from ssp_coder.ui.agreement.work import (
    PairOrder,
    PairResult,
    Shelf,
    StudyOrder,
    StudyResult,
    pair_work,
    study_work,
    usual_scheme,
)
from tests.ui.agreement.agreement_results import write_pair
from tests.unit.agreement.study_desk import QUICK

ROWS = "behaviour,subject,start_s,stop_s\nplay,x,0,{0}\nrest,x,{0},60\n"


def run(work) -> tuple[object, list[float]]:
    shares: list[float] = []
    return work(shares.append, lambda: False), shares


@pytest.fixture
def order(tmp_path: Path) -> PairOrder:
    first, second = write_pair(tmp_path)
    return PairOrder(first=first, second=second, protocol=QUICK)


def test_a_pair_comes_with_its_report_and_every_number(order):
    result, _ = run(pair_work(order))
    assert isinstance(result, PairResult)
    assert result.report.pair.protocol == QUICK
    assert result.rows
    assert result.files.first == order.first


def test_a_pair_tells_how_far_it_is_up_to_the_end(order):
    _, shares = run(pair_work(order))
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


def test_the_same_order_gives_the_same_numbers(order):
    first, _ = run(pair_work(order))
    again, _ = run(pair_work(order))
    assert first.rows == again.rows


def test_the_order_of_the_files_does_not_turn_a_reference_round(order):
    turned = replace(order, first=order.second, second=order.first)
    plain, _ = run(pair_work(order))
    other, _ = run(pair_work(turned))
    assert other.report.pair.coders == plain.report.pair.coders
    assert other.rows == plain.rows


@pytest.mark.parametrize("after", [0, 1, 4])
def test_a_cancelled_pair_stops_at_its_next_step(order, after):
    told = []
    with pytest.raises(Abandoned):
        pair_work(order)(told.append, lambda: len(told) >= after)
    assert len(told) == after


def test_the_scheme_is_worded_in_the_language_asked_for(order):
    german, _ = run(pair_work(replace(order, shelf=Shelf(language="de"))))
    english, _ = run(pair_work(order))
    names = [
        [str(group.title) for group in result.scheme.ethogram.groups]
        for result in (german, english)
    ]
    assert names[0] != names[1]
    assert german.rows == english.rows


def test_tables_of_another_program_bring_their_own_codes(tmp_path):
    for name, end in (("a.csv", 30), ("b.csv", 40)):
        (tmp_path / name).write_text(ROWS.format(end))
    work = pair_work(PairOrder(first=tmp_path / "a.csv", second=tmp_path / "b.csv"))
    result, _ = run(work)
    assert result.notes
    assert {code.name for code in result.scheme.ethogram.codes()} == {"play", "rest"}


def test_the_usual_scheme_is_one_that_says_so():
    usual = {summary.id for summary in available_schemes() if summary.usual}
    assert usual_scheme(Shelf()).id in usual


def test_without_a_usual_scheme_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr("ssp_coder.catalog.available_schemes", lambda _folders: ())
    with pytest.raises(DomainError, match="no scheme is the usual one"):
        usual_scheme(Shelf())


def test_a_study_knows_the_figures_of_each_session(tmp_path):
    for number in (1, 2, 3):
        write_pair(tmp_path, number)
    result, _ = run(study_work(StudyOrder(source=tmp_path, protocol=QUICK)))
    assert isinstance(result, StudyResult)
    assert [one.session for one in result.sessions] == ["S001", "S002", "S003"]
    tracks = {one.track.id for one in result.report.tracks}
    for session in result.sessions:
        assert len(session.pairs) == 1
        assert set(session.kappas) <= tracks
        assert session.kappas


def test_a_study_of_a_folder_gives_the_numbers_of_its_list(tmp_path):
    lines = ["session,a,b"]
    for number in (1, 2):
        first, second = write_pair(tmp_path, number)
        lines.append(f"S{number:03},{first.name},{second.name}")
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("\n".join(lines) + "\n")
    by_list, _ = run(study_work(StudyOrder(source=pairs, protocol=QUICK)))
    by_folder, _ = run(study_work(StudyOrder(source=tmp_path, protocol=QUICK)))
    assert by_list.rows == by_folder.rows
