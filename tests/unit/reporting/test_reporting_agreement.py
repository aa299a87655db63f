from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Lump, Window
from ssp_coder.domain.finding import Finding
from ssp_coder.formats.dialect import FOR_EXCEL, PLAIN
from ssp_coder.formats.protocol_file import protocol_sha256
from ssp_coder.reporting.agreement_csv import agreement_files
from ssp_coder.reporting.agreement_figures import pair_rows, study_rows
from ssp_coder.reporting.agreement_json import pair_json, study_json
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
from ssp_coder.reporting.agreement_study import study_blocks
from ssp_coder.reporting.figures_svg import figure
from tests.builders import s
from tests.unit.agreement.study_desk import QUICK, coded, event, states
from tests.unit.reporting.agreement_desk import pair_report, report_of, study_report

EVERYTHING = Used(states=True, events=True, sessions=2, scales=True, classes=True, several=True)


def grid_after(blocks: Iterable[Block], heading: str) -> Grid:
    waiting = False
    for block in blocks:
        if isinstance(block, Heading):
            waiting = block.words == heading
        elif waiting and isinstance(block, Grid):
            return block
    raise AssertionError(f"no table under {heading}")


def column(grid: Grid, row: str, name: str) -> str:
    cells = next(cells for cells in grid.rows if cells[0] == row)
    return cells[grid.head.index(name)]


def pictures_in(blocks: Iterable[Block]) -> list[Picture]:
    found: list[Picture] = []
    for block in blocks:
        if isinstance(block, Picture):
            found.append(block)
        elif isinstance(block, Pictures):
            found += block.pictures
    return found


# ---- a pair


def test_each_exclusive_group_has_a_time_and_an_event_index() -> None:
    grid = grid_after(pair_blocks(pair_report()), "Time and events, per person and group")
    time = column(grid, "infant: Contact", "kappa, 1 s units")
    events = column(grid, "infant: Contact", "kappa, events")
    one = pair_report().pair.track("infant/contact")
    assert time.startswith(f"{one.time.exact.kappa.value:.2f} [")
    assert events.startswith(f"{one.alignment.kappa.kappa.value:.2f}")


def test_moments_have_an_event_index_alone() -> None:
    grid = grid_after(pair_blocks(pair_report()), "Time and events, per person and group")
    assert column(grid, "infant: Seeking", "kappa, 1 s units") == "moments"
    assert column(grid, "infant: Seeking", "kappa, events").startswith("1.00")


def test_tracks_that_nobody_used_are_left_out_of_the_page() -> None:
    grid = grid_after(pair_blocks(pair_report()), "Time and events, per person and group")
    assert [row[0] for row in grid.rows] == ["infant: Contact", "infant: Seeking"]


def test_lags_have_their_sign_and_tolerances_their_column() -> None:
    grid = grid_after(pair_blocks(pair_report()), "Per code")
    reach = "infant: seeking.reach"
    assert column(grid, reach, "median lag") == "+0.70 s"
    assert (column(grid, reach, "F1 0.5 s"), column(grid, reach, "F1 1 s")) == ("0.00", "1.00")
    assert re.fullmatch(r"[1-9]\d* / [1-9]\d*", column(grid, reach, "events"))


def test_every_index_of_a_track_has_its_n() -> None:
    grid = grid_after(pair_blocks(pair_report()), "infant: Contact")
    assert [row[0] for row in grid.rows] == [
        "time units, no tolerance",
        "time units, ±2 s, ref in c02",
        "time units, ±2 s, c02 in ref",
        "time units, ±2 s, mean",
        "events aligned, lag up to 5 s",
        "states linked, overlap from 60 %",
        "states linked, overlap from 60 %, linked only",
        "accuracy of the second coder behind time-unit kappa",
    ]
    assert all(re.fullmatch(r"[\d,]+", row[-2]) for row in grid.rows)
    assert column(grid, "time units, no tolerance", "n") == "1,290"


def test_episodes_stand_beside_the_whole() -> None:
    grid = grid_after(pair_blocks(pair_report()), "Per episode")
    contact = [row for row in grid.rows if row[0] == "infant: Contact"]
    assert [row[1] for row in contact] == [f"EP{number}" for number in range(1, 9)]
    assert sum(int(row[grid.head.index("units")].replace(",", "")) for row in contact) == 1_290


def test_ratings_and_classes_of_both_stand_side_by_side() -> None:
    blocks = list(pair_blocks(pair_report()))
    ratings = grid_after(blocks, "Ratings")
    avoidance = next(row for row in ratings.rows if row[0].startswith("Avoidance"))
    assert avoidance[-1] == "+1"
    assert grid_after(blocks, "Class").head == ("", "ref", "c02", "")


def test_an_undefined_kappa_says_why_and_how_far_both_agree() -> None:
    same = tuple(
        event(number, "contact.not_held", s(start), s(start + 30))
        for number, start in enumerate(range(0, 1290, 30), start=1)
    )
    text = page_text(tuple(pair_blocks(report_of(coded("S1", "a", same), coded("S1", "b", same)))))
    assert "undefined (one code used; agreement 100 %)" in text
    assert "1,290" in text


def test_disagreement_below_chance_keeps_its_sign() -> None:
    first = [
        event(1, "contact.not_held", 0, s(645)),
        event(2, "contact.held_by_c", s(645), s(1290)),
    ]
    second = [
        event(1, "contact.held_by_c", 0, s(645)),
        event(2, "contact.not_held", s(645), s(1290)),
    ]
    report = report_of(coded("S1", "a", first), coded("S1", "b", second))
    grid = grid_after(pair_blocks(report), "Time and events, per person and group")
    assert column(grid, "infant: Contact", "kappa, 1 s units").startswith("−1.00")


def test_nothing_coded_is_said_and_not_counted() -> None:
    text = page_text(tuple(pair_blocks(report_of(coded("S1", "a"), coded("S1", "b")))))
    assert "There is nothing to compare" in text
    assert "kappa" not in text.split("Method")[0]


def test_removed_time_open_states_and_doubts_are_told_first() -> None:
    lost = event(900, "procedure.view_lost", s(100), s(112))
    left_open = replace(event(901, "contact.not_held", s(1280), s(1290)), end_us=None)
    report = report_of(coded("S1", "a", (lost, left_open)), coded("S1", "b", states(1)))
    doubt = Finding(code="x", message="is of another session", place="b.sspc")
    opening = page_text(tuple(pair_blocks(replace(report, doubts=(doubt,))))).split("Time and")[0]
    assert "Careful: b.sspc: is of another session." in opening
    assert "12.0 s could not be seen and were removed" in opening
    assert "States never ended, taken to last to the end: 1 by a and 0 by b." in opening


def test_each_track_has_its_figures() -> None:
    captions = [picture.caption for picture in pictures_in(pair_blocks(pair_report()))]
    for words in ("Both codings over each other", "Seconds: rows ref", "Aligned events", "Lags of"):
        assert any(caption.startswith(words) for caption in captions), words


# ---- a study


def test_a_study_tells_coefficients_with_interval_and_n() -> None:
    grid = grid_after(study_blocks(study_report()), "Ratings, per scale and episode")
    avoidance = next(row for row in grid.rows if row[0].startswith("Avoidance"))
    assert re.fullmatch(r"0\.\d\d \[−?0\.\d\d to 0\.\d\d\]", avoidance[1])
    assert avoidance[-1] == "12"


def test_a_study_tells_bias_beside_the_coefficients() -> None:
    blocks = [b for b in study_blocks(study_report()) if isinstance(b, Grid)]
    gaps = next(grid for grid in blocks if "bias" in grid.head)
    avoidance = next(row for row in gaps.rows if row[0].startswith("Avoidance"))
    assert avoidance[gaps.head.index("bias")].startswith("+1.00")
    assert avoidance[gaps.head.index("equal")].startswith("0 % [0 to ")


def test_a_study_tells_classes_with_their_accuracy() -> None:
    grid = grid_after(study_blocks(study_report()), "Class")
    assert {"main group", "three-way", "secure or not"} <= {row[0] for row in grid.rows}
    assert "accuracy" in grid.head


def test_a_study_tells_three_coders_where_there_are_three() -> None:
    grid = grid_after(study_blocks(study_report()), "Three or more coders")
    assert {row[2] for row in grid.rows} == {"3"}


def test_each_scale_has_its_figures() -> None:
    captions = [picture.caption for picture in pictures_in(study_blocks(study_report()))]
    assert sum("limits of agreement" in caption for caption in captions) == 2
    assert sum("how often each pair of ratings" in caption for caption in captions) == 2


def test_many_doubts_are_told_by_their_number() -> None:
    doubt = Finding(code="x", message="is odd", place="b.sspc")
    text = page_text(tuple(study_blocks(replace(study_report(), doubts=(doubt,) * 9))))
    assert text.count("Careful:") == 6
    assert "3 further doubts are not shown" in text


# ---- method


def test_the_method_names_the_settings_that_were_used() -> None:
    protocol = replace(
        USUAL_PROTOCOL,
        unit_us=s("0.5"),
        tolerance_us=s(3),
        window=Window.CODED,
        lumps=(Lump(name="held", codes=("contact.held_by_c", "contact.held_by_s")),),
    )
    words = method_paragraph(protocol, EVERYTHING)
    assert "units of 0.5 s" in words
    assert "one of 3 s" in words
    assert "from the start of the video to the last coded event" in words
    assert "contact.held_by_c and contact.held_by_s counted as one (held)" in words
    assert protocol_sha256(protocol)[:12] in words


def test_the_method_tells_of_nothing_that_was_not_done() -> None:
    only_events = Used(states=False, events=True, sessions=1)
    words = method_paragraph(USUAL_PROTOCOL, only_events)
    assert "Cohen" not in words
    assert "ICC" not in words
    assert not any("Shrout" in source or "Cohen" in source for source in sources(only_events))


def test_intervals_within_a_session_are_called_approximate() -> None:
    within = method_paragraph(USUAL_PROTOCOL, Used(states=True, events=True, sessions=1))
    across = method_paragraph(USUAL_PROTOCOL, EVERYTHING)
    assert "approximate" in within
    assert "resamples of sessions" in across
    assert "approximate" not in across


def test_every_source_that_the_method_names_is_listed() -> None:
    words = method_paragraph(USUAL_PROTOCOL, EVERYTHING)
    listed = " ".join(sources(EVERYTHING))
    named = set(re.findall(r"(\w+)(?: et al\.)? \(?((?:19|20)\d\d)", words)) - {("seed", "2026")}
    assert len(named) >= 12
    for name, year in named:
        assert re.search(rf"{name}[^;]*{year}|{year}", listed), (name, year)
        assert name in listed, name


def test_the_settings_hold_hash_version_and_seed() -> None:
    settings = dict(settings_words(USUAL_PROTOCOL))
    assert settings["SHA-256 of these settings"] == protocol_sha256(USUAL_PROTOCOL)
    assert settings["Statistics"].startswith("version ")
    assert "seed 20260101" in settings["Bootstrap"]


# ---- every number


def test_every_number_of_the_table_says_how_it_was_made() -> None:
    for rows in (pair_rows(pair_report()), study_rows(study_report().study)):
        assert all(row.figure.method and row.protocol == protocol_sha256(QUICK) for row in rows)
        assert all(row.figure.interval for row in rows if row.figure.estimate.low is not None)
        defined = [row.figure.estimate for row in rows]
        assert all((one.value is None) == (one.undefined is not None) for one in defined)


def test_no_number_stands_twice() -> None:
    for rows in (pair_rows(pair_report()), study_rows(study_report().study)):
        keys = [
            (f.level, f.item, f.code, f.episode, f.statistic, f.method, f.tolerance_us)
            for f in (row.figure for row in rows)
        ]
        assert len(keys) == len(set(keys))


def test_time_units_never_have_an_analytic_error() -> None:
    statistics = {row.figure.statistic for row in pair_rows(pair_report())}
    assert not any("se" in name.split("_") for name in statistics)
    assert {"kappa", "p_o", "p_e", "kappa_max", "f1", "accuracy", "occurrence"} <= statistics


@pytest.mark.parametrize("dialect", [PLAIN, FOR_EXCEL], ids=["plain", "for Excel"])
def test_the_table_has_a_codebook_that_knows_all_its_columns(dialect) -> None:
    files = agreement_files(pair_rows(pair_report()), dialect)
    read = {
        name: list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        for name, content in files.items()
    }
    assert set(read) == {"agreement.csv", "codebook.csv"}
    described = {row["name"] for row in read["codebook.csv"] if row["table"] == "agreement"}
    assert set(read["agreement.csv"][0]) == described
    assert files["agreement.csv"].startswith(b"\xef\xbb\xbf") == dialect.byte_order_mark


def test_the_object_holds_what_the_table_holds() -> None:
    found = json.loads(json.dumps(pair_json(pair_report())))
    rows = pair_rows(pair_report())
    assert len(found["figures"]) == len(rows)
    assert [one["value"] for one in found["figures"]] == [r.figure.estimate.value for r in rows]
    assert found["protocol"]["sha256"] == protocol_sha256(QUICK)
    contact = next(one for one in found["tracks"] if one["track"] == "infant/contact")
    assert sum(map(sum, contact["seconds"]["table"])) == 1_290
    assert len(contact["seconds"]["names"]) == len(contact["seconds"]["table"])


def test_the_object_of_a_study_holds_ratings_tables_and_spread() -> None:
    found = json.loads(json.dumps(study_json(study_report())))
    assert (found["kind"], found["pairs"], len(found["sessions"])) == ("study", 15, 12)
    assert {scale["slot"] for scale in found["scales"]} == {"avo_c_5", "res_c_5"}
    assert all(sum(map(sum, level["table"])) for level in found["classes"])
    contact = next(one for one in found["tracks"] if one["track"] == "infant/contact")
    assert len(contact["by_session"]) == 15


# ---- the page


class Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.sources += [value or "" for name, value in attrs if name in {"src", "href"}]
        if tag not in {"meta", "br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("kind", ["pair", "study"])
def test_the_page_needs_nothing_beside_it_and_closes_what_it_opens(kind: str) -> None:
    blocks = pair_blocks(pair_report()) if kind == "pair" else study_blocks(study_report())
    parser = Balance()
    html = page_html("Agreement", tuple(blocks))
    parser.feed(html)
    assert parser.open == []
    assert parser.sources
    assert all(source.startswith("data:image/svg+xml;base64,") for source in parser.sources)
    assert not re.search(r"https?://", html)


def test_names_from_files_cannot_break_the_page() -> None:
    nasty = "<script>alert('1')</script>&"
    report = report_of(coded(nasty, nasty, states(1)), coded(nasty, "b", states(2)))
    blocks = tuple(pair_blocks(report))
    html = page_html(nasty, blocks)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    for picture in pictures_in(blocks):
        ET.fromstring(picture.figure.svg)  # noqa: S314 -- a picture that was just drawn


def test_bands_are_said_on_hover_with_their_source() -> None:
    html = page_html("x", tuple(study_blocks(study_report())))
    assert 'title="Cut points of Fleiss 1981 for kappa: .40, .60, .75' in html
    assert "Cicchetti 1994" in html
    assert "Koo &amp; Li 2016" in html


def test_text_leaves_pictures_out_and_lines_cells_up() -> None:
    shown = figure((), 10, 10, "words")
    text = page_text(
        (
            Heading(words="Title", level=1),
            Passage(words="long " * 40),
            Grid(head=("", "n"), rows=(("one", "5"), ("twenty", "1,000"))),
            Picture(figure=shown, caption="caption"),
            Pictures(pictures=(Picture(figure=shown, caption="caption"),)),
        )
    )
    lines = text.splitlines()
    assert lines[:2] == ["Title", "====="]
    assert max(map(len, lines)) <= 100
    assert lines[-3:] == ["              n", "  one         5", "  twenty  1,000"]
    assert "caption" not in text


def test_pictures_that_do_not_fit_stand_in_the_next_row() -> None:
    wide = Picture(figure=figure((), 600, 10, "w"), caption="c")
    html = page_html("x", (Pictures(pictures=(wide, wide)),))
    narrow = Picture(figure=figure((), 300, 10, "w"), caption="c")
    together = page_html("x", (Pictures(pictures=(narrow, narrow)),))
    assert (html.count("<table"), together.count("<table")) == (2, 1)
