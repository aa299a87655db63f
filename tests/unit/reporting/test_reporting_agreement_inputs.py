"""Which codings belong together, and what a pair and a study are made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.finding import DomainError, Severity
from ssp_coder.formats.exportable import Exportable
from ssp_coder.reporting.agreement_inputs import (
    Loaded,
    PairFiles,
    codings_in,
    doubts,
    files_of,
    listed_pairs,
    load,
    matched,
    paired_within,
)
from ssp_coder.reporting.agreement_making import pair_report, study_report
from tests.builders import infant_scheme
from tests.unit.agreement.study_desk import QUICK, session_pair

ROWS = "behaviour,subject,start_s,stop_s\nplay,x,0,30\nrest,x,30,60\n"


def loaded_of(**codings: Coding) -> Loaded:
    scheme = infant_scheme()
    return Loaded(
        scheme=scheme,
        by_file={
            Path(name): Exportable(coding=one, scheme=scheme) for name, one in codings.items()
        },
    )


def coding(session: str, coder: str = "c01") -> Coding:
    return replace(session_pair(1).second, session=session, coder=coder)


def paths(*names: str) -> tuple[Path, ...]:
    return tuple(Path(name) for name in names)


def never() -> None:
    raise AssertionError("the usual scheme is not asked for")


def test_a_session_coded_twice_in_a_folder_is_a_pair() -> None:
    loaded = loaded_of(a=coding("S1"), b=coding("S1", "c02"), c=coding("S2"))
    found = paired_within(paths("a", "b", "c"), loaded)
    assert found.pairs == (PairFiles(session="S1", first=Path("a"), second=Path("b")),)
    assert [note.message for note in found.notes] == ["session S2 was coded once only"]


def test_three_codings_of_a_session_are_three_pairs() -> None:
    loaded = loaded_of(a=coding("S1"), b=coding("S1", "c02"), c=coding("S1", "c03"))
    pairs = paired_within(paths("a", "b", "c"), loaded).pairs
    assert [(one.first.name, one.second.name) for one in pairs] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
    ]


def test_no_session_coded_twice_is_refused() -> None:
    loaded = loaded_of(a=coding("S1"), b=coding("S2"))
    with pytest.raises(DomainError, match="coded twice"):
        paired_within(paths("a", "b"), loaded)


def test_a_coding_without_a_session_cannot_be_matched() -> None:
    loaded = loaded_of(a=coding(""), b=coding("S1"))
    with pytest.raises(DomainError, match="names no session"):
        paired_within(paths("a", "b"), loaded)


def test_folders_are_matched_by_session_and_the_rest_is_told() -> None:
    loaded = loaded_of(a=coding("S1"), b=coding("S2"), c=coding("S1", "c02"), d=coding("S3"))
    found = matched(paths("a", "b"), paths("c", "d"), loaded)
    assert [one.session for one in found.pairs] == ["S1"]
    assert [note.message for note in found.notes] == [
        "session S2 is in one folder only",
        "session S3 is in one folder only",
    ]
    assert {note.severity for note in found.notes} == {Severity.WARNING}


def test_of_many_sessions_left_out_a_few_are_named() -> None:
    own = {f"a{number}": coding(f"S{number}") for number in range(9)}
    loaded = loaded_of(**own, b=coding("S0", "c02"))
    notes = matched(paths(*own), paths("b"), loaded).notes
    assert len(notes) == 6
    assert notes[-1].message == "3 further sessions are in one folder only"


def test_a_session_twice_in_one_folder_is_refused() -> None:
    loaded = loaded_of(a=coding("S1"), b=coding("S1", "c02"), c=coding("S1", "c03"))
    with pytest.raises(DomainError, match="there twice"):
        matched(paths("a", "b"), paths("c"), loaded)


def test_folders_without_a_common_session_are_refused() -> None:
    loaded = loaded_of(a=coding("S1"), b=coding("S2"))
    with pytest.raises(DomainError, match="no session is in both folders"):
        matched(paths("a"), paths("b"), loaded)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="holds neither"):
        codings_in(tmp_path)


def test_coding_files_go_before_tables(tmp_path: Path) -> None:
    for name in ("a_events.csv", "other.csv", "b.sspc"):
        (tmp_path / name).write_text("")
    assert [path.name for path in codings_in(tmp_path)] == ["b.sspc"]
    (tmp_path / "b.sspc").unlink()
    assert [path.name for path in codings_in(tmp_path)] == ["a_events.csv"]


def test_a_list_without_pairs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("session,a,b\n")
    with pytest.raises(DomainError, match="names no pair"):
        listed_pairs(path)


def test_the_files_of_a_list_lie_beside_it(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "pairs.csv"):
        (tmp_path / name).write_text("session,a,b\nS1,a.csv,b.csv\n")
    pairs = listed_pairs(tmp_path / "pairs.csv")
    assert files_of(pairs) == (tmp_path / "a.csv", tmp_path / "b.csv")


def test_every_file_is_read_once_and_progress_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ROWS)
    told = []
    loaded = load((path, path), infant_scheme, lambda done, of: told.append((done, of)))
    assert list(loaded.by_file) == [path]
    assert told[-1] == (1, 1)
    assert "codes were taken from the files" in loaded.notes[0].message


def test_a_broken_file_is_refused_before_the_usual_scheme_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.sspc"
    path.write_bytes(b"no coding")
    with pytest.raises(DomainError, match=r"a\.sspc"):
        load((path,), never, lambda _done, _of: None)


def test_a_reference_stands_first_wherever_it_was_named() -> None:
    pair = session_pair(1)
    loaded = loaded_of(a=pair.second, b=pair.first)
    first, second = loaded.pair(PairFiles(session="", first=Path("a"), second=Path("b")))
    assert first.coding.role is CodingRole.REFERENCE
    assert second.coding is pair.second


def test_a_session_that_a_table_does_not_name_is_no_doubt() -> None:
    scheme = infant_scheme()
    named, other, silent = (
        Exportable(coding=coding(name), scheme=scheme) for name in ("S1", "S2", "")
    )
    assert [one.code for one in doubts((named, other), "b")] == ["comparison.other_session"]
    assert list(doubts((named, silent), "b")) == []


def test_the_report_of_a_pair_knows_that_one_is_the_reference() -> None:
    pair = session_pair(1)
    loaded = loaded_of(a=pair.second, b=pair.first)
    shares: list[float] = []
    files = PairFiles(session="", first=Path("a"), second=Path("b"))
    report = pair_report(files, loaded, QUICK, watch=shares.append)
    assert report.against_reference
    assert report.pair.coders == ("ref", "c02")
    assert shares[-1] == 1.0


def test_the_report_of_a_study_names_sessions_as_the_list_does() -> None:
    pair = session_pair(1)
    loaded = loaded_of(a=pair.first, b=pair.second)
    own = PairFiles(session="ours", first=Path("a"), second=Path("b"))
    named = study_report((own,), loaded, QUICK).study
    plain = study_report((replace(own, session=""),), loaded, QUICK).study
    assert named.sessions == ("ours",)
    assert plain.sessions == ("S001",)
