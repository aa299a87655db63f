"""Which sessions a fit gets, and what is said of the others."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ssp_coder.cli.refit_cases import Gathered, Secondary, from_ratings, from_study
from ssp_coder.domain.coding import Classification, CodingRole
from ssp_coder.domain.finding import DomainError
from ssp_coder.formats.errors import FormatError
from ssp_coder.storage.errors import StorageError
from tests.builders import infant_scheme
from tests.unit.cli.refit_desk import coding_file, columns, rated, ratings_csv, row, study

MIDDLING = (3,) * 8


def gathered(path: Path, secondary: Secondary = Secondary.LEFT_OUT, **more: str) -> Gathered:
    return from_ratings(path, infant_scheme(), secondary, **more)


def table(tmp_path: Path, *lines: str, head: str = "session_id,class,avo_c_8,res_c_8") -> Path:
    path = tmp_path / "table.csv"
    path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return path


def told(found: Gathered) -> dict[str, str]:
    return {finding.code: finding.message for finding in found.notes}


def test_rows_come_with_their_class_and_ratings(tmp_path: Path) -> None:
    found = gathered(table(tmp_path, "S1,A,6,1", "S2,B,1,2"))
    assert [(one.session, one.group) for one in found.sessions] == [("S1", "A"), ("S2", "B")]
    case = found.sessions[0].case(("avo_c_8", "res_c_8"))
    assert (case.values, case.group) == ((6.0, 1.0), "A")
    assert found.notes == ()


def test_variables_keep_the_order_asked_for(tmp_path: Path) -> None:
    found = gathered(table(tmp_path, "S1,A,6,1"))
    assert found.sessions[0].case(("res_c_8", "avo_c_8")).values == (1.0, 6.0)


def test_empty_cell_column_that_is_not_there_and_missing_reason_are_no_number(
    tmp_path: Path,
) -> None:
    reason = infant_scheme().scales[0].missing_reasons[0].id
    found = gathered(table(tmp_path, f"S1,A,{reason},", "S2,A,2,"))
    assert found.sessions[0].case(("avo_c_8", "res_c_8", "pcs_c_8")).values == (None, None, None)
    assert found.sessions[1].case(("avo_c_8", "res_c_8")).values == (2.0, None)


def test_class_column_wins_over_that_of_the_scores_file(tmp_path: Path) -> None:
    head = "session_id,primary,class,avo_c_8"
    found = gathered(table(tmp_path, "S1,A,B,3", head=head))
    assert found.sessions[0].group == "B"


def test_secondary_is_used_only_when_asked(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "S1,D,B3,2",
        "S2,U,A1,2",
        "S3,D,,2",
        "S4,C,,2",
        head="session_id,class,secondary,avo_c_8",
    )
    by_default = gathered(path)
    assert [one.session for one in by_default.sessions] == ["S4"]
    left_out = "left out: 1 of class D, 1 of class D without a secondary subgroup, 1 of class U"
    assert told(by_default) == {"refit.left_out": left_out}
    asked = gathered(path, Secondary.USED)
    assert [(one.session, one.group) for one in asked.sessions] == [
        ("S1", "B"),
        ("S2", "A"),
        ("S4", "C"),
    ]
    assert told(asked)["refit.forced"].endswith("1 of class D, 1 of class U")


def test_secondary_of_an_organised_class_is_not_looked_at(tmp_path: Path) -> None:
    path = table(tmp_path, "S1,A,B3,2", head="session_id,class,secondary,avo_c_8")
    assert gathered(path, Secondary.USED).sessions[0].group == "A"


def test_headers_of_another_laboratory_are_read_and_told(tmp_path: Path) -> None:
    path = table(tmp_path, "S1,A,6", head="session_id,class,AV_8")
    found = gathered(path)
    assert any("AV_8" in finding.message for finding in found.notes)
    assert found.sessions[0].case(("avo_c_8",)).values == (6.0,)


def test_rating_outside_its_scale_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        gathered(table(tmp_path, "S1,A,6,1", "S2,B,9,1"))
    assert "line 3, column avo_c_8" in str(caught.value)


def test_unknown_classes_are_all_listed(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        gathered(table(tmp_path, "S1,a,6,1", "S2,B,1,1", "S3,secure,1,1"))
    assert [finding.place for finding in caught.value.findings] == [
        "table.csv, line 2, column class",
        "table.csv, line 4, column class",
    ]


def test_damaged_table_gives_clean_errors_or_whole_rows(tmp_path: Path) -> None:
    whole = ratings_csv(tmp_path / "whole.csv", n=30).read_bytes()
    path = tmp_path / "half.csv"
    chance = random.Random(5)
    read = refused = 0
    for _ in range(200):
        damaged = bytearray(whole[: chance.randrange(1, len(whole))])
        for _ in range(chance.randrange(3)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(bytes(damaged))
        try:
            found = gathered(path)
        except FormatError:
            refused += 1
        else:
            read += 1
            assert {one.group for one in found.sessions} <= {"A", "B", "C"}
    assert read
    assert refused


def test_folders_within_a_study_are_looked_through(tmp_path: Path) -> None:
    folder = study(tmp_path / "study", n=3)
    study(folder / "later", n=3)
    found = from_study(folder, CodingRole.CONSENSUS, Secondary.LEFT_OUT)
    assert len(found.sessions) == 6
    assert told(found)["refit.repeated"].startswith("of a session that is there already: 3")


def test_study_gives_the_ratings_that_were_coded(tmp_path: Path) -> None:
    found = from_study(study(tmp_path / "study", n=3), CodingRole.CONSENSUS, Secondary.LEFT_OUT)
    values = [one.case(columns()).values for one in found.sessions]
    assert values == [tuple(map(float, drawn)) for _, drawn in rated(3)]
    assert found.source == "locked consensus codings"


def test_damaged_coding_stops_the_work_and_is_named(tmp_path: Path) -> None:
    folder = study(tmp_path / "study", n=3)
    (folder / "broken.sspc").write_bytes(b"no coding")
    with pytest.raises(StorageError) as caught:
        from_study(folder, CodingRole.CONSENSUS, Secondary.LEFT_OUT)
    assert "broken.sspc" in str(caught.value)


def test_empty_folder_is_refused_without_counting(tmp_path: Path) -> None:
    with pytest.raises(DomainError) as caught:
        from_study(tmp_path, CodingRole.CONSENSUS, Secondary.LEFT_OUT)
    assert caught.value.finding.message == "holds no locked consensus coding"


def test_codings_of_a_study_are_only_read(tmp_path: Path) -> None:
    folder = study(tmp_path / "study", n=2)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    from_study(folder, CodingRole.CONSENSUS, Secondary.LEFT_OUT)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_subgroup_of_the_coder_makes_no_difference_to_the_group(tmp_path: Path) -> None:
    given = Classification(primary="B", subgroup="B4")
    coding_file(tmp_path, "T1", given, MIDDLING)
    found = from_study(tmp_path, CodingRole.CONSENSUS, Secondary.LEFT_OUT)
    assert found.sessions[0].group == "B"


def test_row_appended_for_a_test_has_every_rating(tmp_path: Path) -> None:
    path = ratings_csv(tmp_path / "r.csv", n=3, more=row("T1", "C", missing=columns()[0]))
    last = gathered(path).sessions[-1].case(columns())
    assert last.values == (None, *(3.0,) * 7)
