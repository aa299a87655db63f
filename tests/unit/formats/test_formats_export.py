from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pandas
import pytest

import ssp_coder
from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Classification, Coding, EpisodeMark
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.formats.comparison_table import comparison_table
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.export import FORMATS, export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.timeline_reading import read_timeline
from tests.fixtures.table_schemes import (
    bare_coding,
    event,
    full_coding,
    other_scheme,
    reference_coding,
    small_scheme,
)

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"
SCHEME = small_scheme()
FULL = Exportable(coding=full_coding(), scheme=SCHEME)
LIVE = "=+-@\t\r\n＝＋－＠"
HOSTILE = (
    "'",
    "''",
    "'=1",
    *(
        f"{sign}{rest}"
        for sign in LIVE
        for rest in (
            "1+1",
            "cmd|' /C calc'!A0",
            'HYPERLINK("http://x","y")',
            "SUM(A1:A9)",
            "",
            " ",
            "'",
            '"',
            ",",
            "\n",
            "=",
            "-1",
            "'=1",
            "ë",
            '","',
            ";1",
            "\t=1",
            "\r\n=1",
        )
    ),
)


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def hostile_coding(text: str, number: int) -> Exportable:
    """A coding in which every free text is `text`."""
    coding = replace(
        bare_coding(event("play.look", 1, 2, comment=text)),
        session=f"{text}{number}",
        coder=f"{text}c",
        episodes=(EpisodeMark(episode=EpisodeId("S1"), start_us=None, reason=text, note=text),),
        classification=Classification(
            primary="D", secondary="B1", d_reason=text, rationale=text, disagreement=text
        ),
    )
    return Exportable(coding=coding, scheme=SCHEME)


@pytest.mark.parametrize(
    "table", ["events", "scores", "episodes", "intervals", "frequencies", "comments"]
)
def test_a_table_is_written_as_in_the_golden_file(tmp_path: Path, table: str) -> None:
    export_codings((FULL,), tmp_path)
    written = (tmp_path / f"S001.c01_{table}.csv").read_bytes()
    assert written == (GOLDEN / f"small_{table}.csv").read_bytes()


def test_the_codebook_is_written_as_in_the_golden_file(tmp_path: Path) -> None:
    export_codings((FULL,), tmp_path)
    written = (tmp_path / "codebook.csv").read_bytes()
    assert written == (GOLDEN / "small_codebook.csv").read_bytes()


def test_the_excel_variant_is_written_as_in_the_golden_file(tmp_path: Path) -> None:
    export_codings((FULL,), tmp_path, for_excel=True)
    written = (tmp_path / "S001.c01_scores.csv").read_bytes()
    assert written == (GOLDEN / "small_scores_for_excel.csv").read_bytes()


def test_every_format_has_its_file_and_the_side_file_comes_last(tmp_path: Path) -> None:
    paths = export_codings((FULL,), tmp_path / "new" / "folder")
    assert [path.name for path in paths] == [
        "S001.c01_events.csv",
        "S001.c01_scores.csv",
        "S001.c01_episodes.csv",
        "S001.c01_intervals.csv",
        "S001.c01_frequencies.csv",
        "S001.c01_comments.csv",
        "codebook.csv",
        "S001.c01_export.json",
    ]
    assert [form.file_name("S001.c01") for form in FORMATS] == [path.name for path in paths[:-1]]
    assert all(path.is_file() for path in paths)


def test_the_side_file_says_program_date_dialect_and_scheme(tmp_path: Path) -> None:
    *_, side_file = export_codings((FULL,), tmp_path)
    content = json.loads(side_file.read_text(encoding="utf-8"))
    assert content["program_version"] == ssp_coder.__version__
    assert content["exported_at"].endswith("+00:00")
    assert content["dialect"] == "plain"
    assert content["codings"][0]["scheme"] == {
        "id": "small",
        "version": "1.2.0",
        "sha256": "cd" * 32,
    }


@pytest.mark.parametrize("scheme_id", ["infant", "demonstration"])
def test_the_codebook_describes_every_column_of_every_table(tmp_path: Path, scheme_id: str) -> None:
    scheme = load_scheme(scheme_id)
    coding = Coding(session="S1", coder="c1")
    paths = export_codings((Exportable(coding=coding, scheme=scheme),), tmp_path)
    described = {(row["table"], row["name"]) for row in csv_rows(tmp_path / "codebook.csv")}
    written = set()
    for path in paths[:-1]:
        table = "codebook" if path.name == "codebook.csv" else path.stem.rsplit("_", 1)[1]
        header = next(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        written |= {(table, name) for name in header}
    written |= {("comparison", name) for name in comparison_table().names()}
    assert described == written


def test_every_column_of_the_codebook_has_label_type_and_provenance(tmp_path: Path) -> None:
    scheme = load_scheme("infant")
    export_codings((Exportable(coding=Coding(session="S1", coder="c1"), scheme=scheme),), tmp_path)
    rows = csv_rows(tmp_path / "codebook.csv")
    assert all(row["label"] and row["type"] and row["provenance"] for row in rows)


def test_several_codings_are_stacked_in_one_file_a_table(tmp_path: Path) -> None:
    other = Exportable(coding=replace(full_coding("c02")), scheme=other_scheme())
    paths = export_codings((FULL, other), tmp_path)
    assert paths[0].name == "codings_events.csv"
    scores = csv_rows(tmp_path / "codings_scores.csv")
    assert [(row["coder_id"], row["scheme_id"]) for row in scores] == [
        ("c01", "small"),
        ("c02", "other"),
    ]
    assert "voice" in csv_rows(paths[0])[0]


def test_totals_agree_across_tables_and_with_the_coding(tmp_path: Path) -> None:
    reference = Exportable(coding=reference_coding(), scheme=SCHEME)
    export_codings((FULL, reference), tmp_path)
    events = csv_rows(tmp_path / "codings_events.csv")
    episodes = csv_rows(tmp_path / "codings_episodes.csv")
    scores = csv_rows(tmp_path / "codings_scores.csv")
    assert len(events) == 2 * len(full_coding().events)
    assert {row["session_id"] for row in events} == {row["session_id"] for row in scores}
    assert len(episodes) == len(scores) * len(SCHEME.procedure.episodes)
    starts = {(row["coder_id"], row["episode"]): float(row["start_s"]) for row in episodes}
    ends = {(row["coder_id"], row["episode"]): float(row["end_s"]) for row in episodes}
    for row in events:
        key = row["coder_id"], row["episode"]
        assert starts[key] <= float(row["start_s"]) < ends[key]


def test_the_same_coding_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="session S001 by coder c01 as independent is there tw"):
        export_codings((FULL, FULL), tmp_path)


def test_nothing_to_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="there is no coding to export; name at least one"):
        export_codings((), tmp_path)


def test_an_unchanged_coding_can_be_exported_again(tmp_path: Path) -> None:
    first = export_codings((FULL,), tmp_path)
    assert export_codings((FULL,), tmp_path) == first


def test_a_changed_coding_is_not_written_over_the_old_tables_unasked(tmp_path: Path) -> None:
    export_codings((FULL,), tmp_path)
    before = texts(tmp_path)
    changed = Exportable(coding=replace(full_coding(), classification=None), scheme=SCHEME)
    with pytest.raises(FormatError, match=r"S001\.c01_scores\.csv is already there"):
        export_codings((changed,), tmp_path)
    assert texts(tmp_path) == before
    export_codings((changed,), tmp_path, overwrite=True)
    assert csv_rows(tmp_path / "S001.c01_scores.csv")[0]["primary"] == ""


def test_two_codings_can_be_exported_one_by_one_into_one_folder(tmp_path: Path) -> None:
    export_codings((FULL,), tmp_path)
    export_codings((Exportable(coding=full_coding("c02"), scheme=SCHEME),), tmp_path)
    assert len(list(tmp_path.glob("*_events.csv"))) == 2


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FormatError, match="choose another folder"):
        export_codings((FULL,), tmp_path / "file")


@pytest.mark.parametrize("session", ["../../etc", "a/b", "C:\\x", ".hidden", "Zoë 1", "x" * 300])
def test_file_names_stay_inside_the_folder(tmp_path: Path, session: str) -> None:
    coding = replace(full_coding(), session=session)
    folder = tmp_path / "out"
    paths = export_codings((Exportable(coding=coding, scheme=SCHEME),), folder)
    assert {path.resolve().parent for path in paths} == {folder.resolve()}
    assert not any(path.name.startswith(".") for path in paths)


def test_hostile_text_is_dead_in_the_excel_variant_and_comes_back_exactly(tmp_path: Path) -> None:
    entries = tuple(hostile_coding(text, number) for number, text in enumerate(HOSTILE))
    assert len(entries) >= 200
    paths = export_codings(entries, tmp_path, for_excel=True)
    for path in paths[:-2]:
        for row in csv_rows(path):
            live = [
                (name, cell)
                for name, cell in row.items()
                if cell.startswith(tuple(LIVE)) and name != "difference_s"
            ]
            assert live == []
    comments = [one.comment for one in read_timeline(paths[0], SCHEME).events]
    assert sorted(comments) == sorted(HOSTILE)


def test_hostile_text_is_unchanged_in_the_plain_variant(tmp_path: Path) -> None:
    entries = tuple(hostile_coding(text, number) for number, text in enumerate(HOSTILE))
    paths = export_codings(entries, tmp_path)
    assert [row["comment"] for row in csv_rows(paths[0])] == list(HOSTILE)


def test_numbers_are_the_same_in_both_variants(tmp_path: Path) -> None:
    numbers = {"near_c_2", "odd", "cry_2", "start_s", "stop_s", "difference_s", "start_frame"}
    plain = export_codings((FULL,), tmp_path / "plain")
    excel = export_codings((FULL,), tmp_path / "excel", for_excel=True)
    for one, other in zip(plain[:3], excel[:3], strict=True):
        for row, twin in zip(csv_rows(one), csv_rows(other), strict=True):
            assert {n: row[n] for n in numbers & set(row)} == {
                n: twin[n] for n in numbers & set(twin)
            }


def test_an_apostrophe_is_kept_where_no_codebook_declares_a_guard(tmp_path: Path) -> None:
    coding = bare_coding(event("play.look", 1, 2, comment="'quoted"))
    paths = export_codings((Exportable(coding=coding, scheme=SCHEME),), tmp_path)
    assert read_timeline(paths[0], SCHEME).events[0].comment == "'quoted"


def test_a_strangers_codebook_says_nothing_about_a_guard(tmp_path: Path) -> None:
    paths = export_codings((FULL,), tmp_path)
    (tmp_path / "codebook.csv").write_bytes(b"\xff")
    assert read_timeline(paths[0], SCHEME).events == full_coding().events


def test_pandas_reads_every_table_with_fitting_types(tmp_path: Path) -> None:
    events, scores, episodes, intervals, frequencies, comments, codebook, _ = export_codings(
        (FULL,), tmp_path
    )
    frame = pandas.read_csv(events)
    assert str(frame.start_s.dtype) == "float64"
    assert str(frame.c_present.dtype) == "int64"
    assert frame.stop_s.isna().sum() == 1
    assert str(pandas.read_csv(scores).near_c_2.dtype) == "float64"
    assert str(pandas.read_csv(episodes).number.dtype) == "int64"
    assert str(pandas.read_csv(intervals).length_s.dtype) == "float64"
    assert str(pandas.read_csv(frequencies).n_intervals.dtype) == "int64"
    assert str(pandas.read_csv(comments).start_s.dtype) == "float64"
    assert len(pandas.read_csv(codebook)) == len(csv_rows(codebook))
