"""Reports of agreement where little or nothing is there: all is said, nothing is made up."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.estimate import Undefined, known, missing
from ssp_coder.agreement.protocol import Lump, Window
from ssp_coder.agreement.study import study_agreement
from ssp_coder.agreement.study_cases import CodingPair
from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.settlement import Origin
from ssp_coder.formats.dialect import FOR_EXCEL, PLAIN
from ssp_coder.formats.exportable import Exportable
from ssp_coder.reporting.agreement_before import agreement_before, agreement_path
from ssp_coder.reporting.agreement_csv import agreement_files
from ssp_coder.reporting.agreement_figures import pair_rows, study_rows
from ssp_coder.reporting.agreement_inputs import Loaded, PairFiles, listed_pairs, refuse_same
from ssp_coder.reporting.agreement_json import pair_json, protocol_json, study_json
from ssp_coder.reporting.agreement_making import pair_report, study_report
from ssp_coder.reporting.agreement_method import Used, method_paragraph, settings_words, sources
from ssp_coder.reporting.agreement_page import (
    Block,
    Grid,
    Heading,
    Passage,
    Picture,
    Pictures,
    page_html,
    page_text,
)
from ssp_coder.reporting.agreement_pair import pair_blocks
from ssp_coder.reporting.agreement_report import PairReport, StudyReport
from ssp_coder.reporting.agreement_study import study_blocks
from ssp_coder.reporting.signs import (
    MINUS,
    interval_words,
    minus,
    percent,
    two_decimals,
    value_words,
    why_undefined,
    with_interval,
)
from ssp_coder.reporting.words import plain
from tests.builders import infant_scheme, s
from tests.unit.agreement.study_desk import QUICK, coded, event, moments, rated, states
from tests.unit.reporting.agreement_desk import report_of

HELD, NOT_HELD = "contact.held_by_c", "contact.not_held"
EMPTY = coded("S1", "a")


def brief(coder: str, split_us: int) -> Coding:
    """A session that ends before the first unit of time is over; no episode is marked."""
    events = (event(1, HELD, 0, split_us), event(2, NOT_HELD, split_us, 400_000))
    return Coding(session="S1", coder=coder, events=events)


def study_of(*pairs: CodingPair) -> StudyReport:
    scheme = infant_scheme()
    return StudyReport(study=study_agreement(pairs, scheme, QUICK), scheme=scheme)


def session(name: str, first: Coding, second: Coding) -> CodingPair:
    return CodingPair(
        session=name, first=replace(first, session=name), second=replace(second, session=name)
    )


REPORTS = {
    "both empty": lambda: report_of(EMPTY, replace(EMPTY, coder="b")),
    "one empty": lambda: report_of(coded("S1", "a", states(1)), replace(EMPTY, coder="b")),
    "shorter than a unit": lambda: report_of(brief("a", 200_000), brief("b", 250_000)),
    "moments alone": lambda: report_of(coded("S1", "a", moments(1)), coded("S1", "b", moments(2))),
    "one code": lambda: report_of(
        *(coded("S1", who, (event(1, HELD, s(30), s(60)),)) for who in "ab")
    ),
    "ratings alone": lambda: report_of(
        *(coded("S1", who, ratings=rated(avo_c_5=score)) for who, score in (("a", 3), ("b", 5)))
    ),
    "study of nothing": lambda: study_of(session("S1", EMPTY, replace(EMPTY, coder="b"))),
    "study of brief ones": lambda: study_of(
        session("S1", brief("a", 200_000), brief("b", 250_000)),
        session("S2", brief("a", 200_000), brief("b", 200_000)),
    ),
    "study of one rating": lambda: study_of(
        session(
            "S1",
            coded("S1", "a", ratings=rated(avo_c_5=3)),
            coded("S1", "b", ratings=rated(avo_c_5=4)),
        )
    ),
}


@lru_cache(maxsize=len(REPORTS))
def made(name: str) -> PairReport | StudyReport:
    return REPORTS[name]()


def blocks_of(name: str) -> tuple[Block, ...]:
    report = made(name)
    found = pair_blocks(report) if isinstance(report, PairReport) else study_blocks(report)
    return tuple(found)


def object_of(name: str) -> dict[str, object]:
    report = made(name)
    return pair_json(report) if isinstance(report, PairReport) else study_json(report)


def rows_of(name: str) -> tuple:
    report = made(name)
    return pair_rows(report) if isinstance(report, PairReport) else study_rows(report.study)


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield from block.pictures if isinstance(block, Pictures) else (block,)


every_report = pytest.mark.parametrize("name", list(REPORTS))


@every_report
def test_a_report_of_little_is_written_in_every_form(name: str) -> None:
    text, html = page_text(blocks_of(name)), page_html("x", blocks_of(name))
    assert "Method, to paste" in text
    assert "Settings" in html
    assert "nan" not in text
    assert "None" not in text
    json.loads(json.dumps(object_of(name), allow_nan=False))
    files = agreement_files(rows_of(name), PLAIN)
    assert set(files) == {"agreement.csv", "codebook.csv"}


@every_report
def test_no_number_of_little_stands_without_a_reason_or_a_value(name: str) -> None:
    for row in rows_of(name):
        estimate = row.figure.estimate
        assert (estimate.value is None) == (estimate.undefined is not None), row.figure
        assert (estimate.low is None) == (estimate.high is None)
        if estimate.low is not None:
            assert estimate.low <= estimate.high
            assert row.figure.interval


@every_report
def test_every_row_of_a_grid_has_as_many_cells_as_its_head(name: str) -> None:
    for block in blocks_of(name):
        if isinstance(block, Grid):
            assert {len(row) for row in block.rows} <= {len(block.head)}
            assert all(0 <= place < len(block.head) for place, _ in block.hints)


@every_report
def test_every_picture_says_in_words_what_it_shows(name: str) -> None:
    for block in flat(blocks_of(name)):
        if isinstance(block, Picture):
            assert block.figure.words
            assert block.caption.endswith(".")


def test_a_session_shorter_than_a_unit_has_events_and_no_table_of_seconds() -> None:
    blocks = tuple(flat(blocks_of("shorter than a unit")))
    captions = [one.caption for one in blocks if isinstance(one, Picture)]
    assert any(caption.startswith("Aligned events") for caption in captions)
    assert "undefined (nothing to compare)" in page_text(blocks)


def test_a_study_of_such_sessions_can_be_told_too() -> None:
    text = page_text(blocks_of("study of brief ones"))
    assert "undefined (nothing to compare)" in text
    assert "2 sessions" in text


def test_a_coder_who_saw_nothing_has_misses_and_no_lags() -> None:
    text = page_text(blocks_of("one empty"))
    assert "0 false alarms" in text
    contact = next(
        row
        for row in rows_of("one empty")
        if row.figure.statistic == "lag_median_us" and row.figure.code == HELD
    )
    assert contact.figure.estimate.value is None


def test_where_nothing_was_recorded_no_method_of_times_and_no_source_is_told() -> None:
    said = object_of("both empty")
    assert said["sources"] == []
    assert "Time-based agreement" not in said["method"]
    assert "There is nothing to compare" in page_text(blocks_of("both empty"))


def test_one_session_of_ratings_gives_no_coefficient_and_says_so() -> None:
    text = page_text(blocks_of("ratings alone"))
    assert "1 place rated by both: 0 equal, 0 within one point." in text
    assert "One session gives no coefficient" in text
    assert "+2" in text


def test_a_rating_of_one_case_is_told_as_resting_on_few() -> None:
    text = page_text(blocks_of("study of one rating"))
    assert "1 of 1 rest on fewer than 10 cases: avo_c_5 (n = 1)." in text
    assert "undefined (too few)" in text


# ---- words of the page


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_no_word_moves_the_cursor_of_a_terminal(words: str) -> None:
    blocks = (
        Heading(words=words),
        Passage(words=words),
        Grid(head=(words, "n"), rows=((words, words),)),
    )
    text = page_text(blocks)
    assert all(sign.isprintable() or sign == "\n" for sign in text)
    lines = [line for line in text.splitlines() if line]
    assert len(lines) <= 5


@given(st.text(max_size=30))
def test_plain_words_stay_as_they_are_and_as_long(words: str) -> None:
    assert len(plain(words)) == len(words)
    assert plain(plain(words)) == plain(words)
    assert plain("Größe − 5 %") == "Größe − 5 %"


def test_a_word_longer_than_the_line_stands_whole_on_its_own() -> None:
    long = "x" * 150
    assert page_text((Passage(words=f"before {long} after"),)).splitlines() == [
        "before",
        long,
        "after",
    ]


def test_a_page_without_blocks_is_a_page() -> None:
    assert page_text(()) == "\n"
    assert page_html("Title & more", ()).count("<title>Title &amp; more</title>") == 1


def test_the_name_of_a_protocol_cannot_break_the_table_of_settings() -> None:
    odd = replace(QUICK, name="ours\n\x1b[2Jx")
    rows = settings_words(odd)
    text = page_text((Grid(head=("Setting", "Value"), rows=rows),))
    assert len(text.splitlines()) == len(rows) + 1


# ---- the method


@pytest.mark.parametrize(
    ("used", "words", "not_words"),
    [
        (Used(states=True, events=True, sessions=1), "interval by interval", "of sessions (seed"),
        (Used(states=True, events=True, sessions=5), "of sessions (seed", "interval by interval"),
        (Used(states=False, events=True, sessions=1), "Onsets of each code", "linked by overlap"),
        (Used(states=False, events=False, sessions=2, scales=True), "ICC(2,1)", "Onsets of each"),
        (Used(states=False, events=False, sessions=2, classes=True), "AC1", "ICC"),
        (Used(states=False, events=False, sessions=2, several=True), "alpha", "AC1"),
    ],
    ids=["one session", "many sessions", "moments", "ratings", "classes", "three coders"],
)
def test_the_method_tells_of_what_was_used(used: Used, words: str, not_words: str) -> None:
    method = method_paragraph(QUICK, used)
    assert words in method
    assert not_words not in method


@given(
    st.builds(
        Used,
        states=st.booleans(),
        events=st.booleans(),
        sessions=st.integers(1, 9),
        scales=st.booleans(),
        classes=st.booleans(),
        several=st.booleans(),
    )
)
def test_sources_stand_once_and_by_the_alphabet(used: Used) -> None:
    found = sources(used)
    assert list(found) == sorted(set(found))
    assert bool(found) == any((used.states, used.events, used.scales, used.classes, used.several))


def test_lumped_codes_and_the_part_compared_are_told_in_method_and_settings() -> None:
    lump = Lump(name="held", codes=(HELD, "contact.held_by_s"))
    protocol = replace(QUICK, lumps=(lump,), window=Window.CODED)
    method = method_paragraph(protocol, Used(states=True, events=True, sessions=1))
    assert f"{HELD} and contact.held_by_s counted as one (held)." in method
    assert "from the start of the video to the last coded event" in method
    settings = dict(settings_words(protocol))
    assert settings["Codes that count as one"] == f"held = {HELD} + contact.held_by_s"
    assert settings["Part compared"] == "all coded"
    assert protocol_json(protocol)["sha256"] == settings["SHA-256 of these settings"]


# ---- signs


@given(st.floats(-10, 10))
def test_a_value_is_never_minus_nothing_and_has_a_real_minus(value: float) -> None:
    said = two_decimals(value)
    assert "-" not in said
    assert said != f"{MINUS}0.00"
    assert float(said.replace(MINUS, "-")) == pytest.approx(value, abs=0.0051)


@given(st.floats(0, 1))
def test_all_of_it_is_said_of_nothing_less(share: float) -> None:
    assert (percent(share) == "100 %") == (share == 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-1", f"{MINUS}1"),
        ("-.5", f"{MINUS}.5"),
        ("a-b", "a-b"),
        ("-", "-"),
        ("--1", f"-{MINUS}1"),
        ("", ""),
    ],
)
def test_a_hyphen_is_a_minus_before_a_digit_alone(text: str, said: str) -> None:
    assert minus(text) == said


@given(st.sampled_from(Undefined), st.integers(0, 99))
def test_what_is_undefined_says_why_and_never_a_number(why: Undefined, n: int) -> None:
    estimate = missing(why, n)
    assert (
        value_words(estimate) == with_interval(estimate) == f"undefined ({why_undefined(estimate)})"
    )
    assert interval_words(estimate) == ""
    assert why_undefined(known(0.0, n)) == ""


# ---- what is compared


def loaded(**codings: Coding) -> Loaded:
    scheme = infant_scheme()
    entries = {Path(name): Exportable(coding=one, scheme=scheme) for name, one in codings.items()}
    return Loaded(scheme=scheme, by_file=entries)


def files(first: str, second: str, name: str = "") -> PairFiles:
    return PairFiles(session=name, first=Path(first), second=Path(second))


@pytest.mark.parametrize("second", ["a", "./a", "x/../a"])
def test_a_file_is_not_compared_with_itself_however_it_is_named(second: str) -> None:
    given_files = loaded(**{"a": EMPTY, second: EMPTY})
    with pytest.raises(DomainError, match="is compared with itself"):
        pair_report(files("a", second), given_files, QUICK)
    with pytest.raises(DomainError, match="is compared with itself"):
        study_report([files("a", second)], given_files, QUICK)


def test_two_files_of_one_name_in_two_folders_are_two() -> None:
    refuse_same(files("one/a", "two/a"))


def test_a_consensus_is_no_independent_coding_of_a_pair() -> None:
    drawn = replace(EMPTY, role=CodingRole.CONSENSUS)
    for first, second in (("a", "b"), ("b", "a")):
        with pytest.raises(DomainError, match="consensus"):
            pair_report(files(first, second), loaded(a=EMPTY, b=drawn), QUICK)


def listed(folder: Path, *rows: str) -> Path:
    for name in ("a.csv", "b.csv", "c.csv"):
        (folder / name).touch()
    path = folder / "pairs.csv"
    path.write_text("\n".join(("session,a,b", *rows)) + "\n")
    return path


@pytest.mark.parametrize(
    "again", ["S1,a.csv,b.csv", "S2,a.csv,b.csv", "S1,b.csv,a.csv", "S1,./a.csv,b.csv"]
)
def test_a_pair_that_is_listed_again_would_count_twice_and_is_refused(
    tmp_path: Path, again: str
) -> None:
    path = listed(tmp_path, "S1,a.csv,b.csv", again)
    with pytest.raises(DomainError, match="line 3: the same two files stand in line 2"):
        listed_pairs(path)


def test_one_file_may_stand_in_several_pairs(tmp_path: Path) -> None:
    path = listed(tmp_path, "S1,a.csv,b.csv", "S1,a.csv,c.csv", "S1,b.csv,c.csv")
    assert len(listed_pairs(path)) == 3


def test_every_fault_of_a_list_is_told_with_its_line(tmp_path: Path) -> None:
    path = listed(tmp_path, "S1,a.csv,a.csv", "S2,,b.csv", "S3,a.csv,gone.csv")
    with pytest.raises(DomainError) as caught:
        listed_pairs(path)
    said = caught.value.sentences()
    assert [sentence.split(":")[0].split(",")[1] for sentence in said] == [
        " line 2",
        " line 3",
        " line 4",
    ]


def test_sessions_without_any_name_are_called_after_their_file() -> None:
    one, other = replace(EMPTY, session=""), replace(EMPTY, session="", coder="b")
    report = study_report(
        [files("F1.csv", "F2.csv")], loaded(**{"F1.csv": one, "F2.csv": other}), QUICK
    )
    assert report.study.sessions == ("F1",)


# ---- tables


def test_formulas_in_names_are_guarded_for_a_spreadsheet_alone() -> None:
    report = report_of(
        replace(coded("=S1", "=cmd()", states(1)), session="=S1"),
        replace(coded("=S1", "+b", states(2)), session="=S1"),
    )
    for dialect, first in ((FOR_EXCEL, "'=cmd()"), (PLAIN, "=cmd()")):
        content = agreement_files(pair_rows(report), dialect)["agreement.csv"]
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert {row["first_coder_id"] for row in rows} == {first}


# ---- before a consensus


def test_the_agreement_before_a_consensus_lies_beside_it() -> None:
    assert agreement_path(Path("lab/S1.consensus.sspc")) == Path("lab/S1.consensus.agreement.json")


def test_the_agreement_before_a_consensus_names_both_codings_as_they_were() -> None:
    origins = tuple(
        Origin(coder=who, file=f"{who}.sspc", head=sign * 64)
        for who, sign in (("é", "0"), ("b", "1"))
    )
    content = agreement_before(made("moments alone"), origins)
    found = json.loads(content)
    assert [one["head"][0] for one in found["codings"]] == ["0", "1"]
    assert "é".encode() in content, "names can be read in the file"
    assert found["agreement"] == json.loads(json.dumps(object_of("moments alone")))


def test_doubts_are_told_in_every_form() -> None:
    doubt = Finding(code="x", message="was coded on another video", place="b.sspc")
    report = replace(made("one code"), doubts=(doubt,))
    assert "Careful: b.sspc: was coded on another video." in page_text(tuple(pair_blocks(report)))
    assert pair_json(report)["doubts"] == ["b.sspc: was coded on another video"]
