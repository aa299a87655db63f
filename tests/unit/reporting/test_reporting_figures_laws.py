"""Pictures hold at every edge: nothing in them, very much in them, and names of any kind."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.estimate import Undefined, known, missing
from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.figures_svg import (
    Figure,
    box,
    dot,
    figure,
    fitted,
    mixed,
    stroke,
    upright,
    width_of,
    words_at,
)
from ssp_coder.reporting.figures_tables import bland_altman_figure, bubble_figure, matrix_figure
from ssp_coder.reporting.figures_timeline import (
    WIDTH,
    Bar,
    Lanes,
    interval_figure,
    lag_figure,
    lanes_figure,
)

SVG = "{http://www.w3.org/2000/svg}"
CODERS = ("anna", "ben")
NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)
HOSTILE = ["</svg>", "a & b", '"quoted"', "\x1b[2J", "two\nlines", "x\x00y", "名前", "x" * 400]


def drawn(picture: Figure) -> ET.Element:
    return ET.fromstring(picture.svg)  # noqa: S314  # the picture that was just made


def texts(picture: Figure) -> list[str]:
    return [element.text or "" for element in drawn(picture).iter(f"{SVG}text")]


def boxes(picture: Figure) -> Iterator[dict[str, float]]:
    for element in drawn(picture).iter(f"{SVG}rect"):
        yield {name: float(element.attrib.get(name, 0)) for name in ("x", "y", "width", "height")}


def stays_within(picture: Figure) -> bool:
    return all(
        one["x"] >= -0.01
        and one["x"] + one["width"] <= picture.width + 0.51
        and one["y"] >= -0.01
        and one["y"] + one["height"] <= picture.height + 0.51
        for one in boxes(picture)
    )


# ---- shapes


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("letter", [words_at, upright], ids=["level", "upright"])
def test_no_name_can_break_a_picture(letter: object, name: str) -> None:
    picture = figure([letter((10, 10), name)], 100, 50, name)
    (shown,) = texts(picture)
    assert shown == "".join(sign if sign.isprintable() else " " for sign in name)


def test_a_picture_s_address_is_the_picture() -> None:
    picture = figure([box((0, 0, 5, 5), "none")], 10, 10, "Größe − 1")
    head, _, encoded = picture.source().partition(",")
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(encoded).decode() == picture.svg
    assert drawn(picture).find(f"{SVG}title").text == "Größe − 1"


def test_a_length_below_nothing_is_none() -> None:
    assert 'width="0.00" height="0.00"' in box((1, 1, -5, -0.001), "none")


@pytest.mark.parametrize(
    "shape", [box((1, 2, 3, 4), "none"), stroke((0, 0), (1, 1), "#000000"), dot((1, 1), 2, "none")]
)
def test_every_shape_is_one_closed_element(shape: str) -> None:
    assert len(list(drawn(figure([shape], 9, 9, "w")))) == 3
    assert shape.endswith("/>")


@given(NAMES, st.floats(0, 500))
def test_what_is_cut_fits_and_says_that_it_was_cut(name: str, width: float) -> None:
    shown = fitted(name, width)
    assert shown == name or shown.endswith("…")
    assert width_of(shown) <= max(width, width_of("xx"))
    assert name.startswith(shown.removesuffix("…"))


@given(st.floats(-2, 3))
def test_every_shade_is_a_colour(share: float) -> None:
    assert re.fullmatch("#[0-9A-F]{6}", mixed(share))


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_is_never_lighter(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert mixed(more) <= mixed(less)


# ---- tables


def test_a_table_of_nothing_can_be_drawn() -> None:
    picture = matrix_figure((), (), coders=CODERS, unit="seconds")
    assert "0 of 0 on the diagonal" in picture.words
    assert picture.width > 0
    assert texts(picture) == ["ben", "anna"]


def test_a_row_of_nothing_is_white_and_divides_by_nothing() -> None:
    picture = matrix_figure(("a", "b"), ((0, 0), (3, 1)), coders=CODERS, unit="events")
    assert "1 of 4 on the diagonal" in picture.words
    assert mixed(0) in picture.svg


@pytest.mark.parametrize("size", [1, 2, 9, 40])
@pytest.mark.parametrize("name", ["x", "a very long name of a behaviour indeed"])
def test_a_table_of_any_size_stays_within_its_picture(size: int, name: str) -> None:
    cells = [[10.0 ** (i + j) % 1e7 for j in range(size)] for i in range(size)]
    picture = matrix_figure([name] * size, cells, coders=(name, name), unit="events")
    assert stays_within(picture)


@given(
    st.lists(
        st.tuples(st.integers(1, 7).map(float), st.integers(1, 7).map(float)),
        min_size=1,
        max_size=60,
    )
)
def test_the_bubbles_add_up_to_all_pairs(pairs: list[tuple[float, float]]) -> None:
    picture = bubble_figure([float(point) for point in range(1, 8)], pairs, CODERS)
    counts = [
        int(element.text)
        for element in drawn(picture).iter(f"{SVG}text")
        if element.attrib["fill"] == "#FFFFFF"
    ]
    assert sum(counts) == len(pairs)
    assert len(counts) == len(set(pairs))
    assert f"n = {len(pairs)}" in picture.words


def test_half_points_have_a_place_of_their_own() -> None:
    points = [1 + step / 2 for step in range(13)]
    picture = bubble_figure(points, [(1.5, 2.5)], CODERS)
    assert texts(picture).count("1.5") == 2
    assert len(list(drawn(picture).iter(f"{SVG}circle"))) == 1


@given(
    st.lists(
        st.tuples(st.integers(1, 9).map(float), st.integers(1, 9).map(float)),
        min_size=1,
        max_size=30,
    )
)
def test_differences_lie_within_the_plot(pairs: list[tuple[float, float]]) -> None:
    gaps = [other - one for one, other in pairs]
    bias = sum(gaps) / len(gaps)
    picture = bland_altman_figure(pairs, bias, (bias - 4, bias + 4))
    for disc in drawn(picture).iter(f"{SVG}circle"):
        assert 56 <= float(disc.attrib["cx"]) <= picture.width
        assert 14 <= float(disc.attrib["cy"]) <= 224.01
    assert "-" not in picture.words


def test_limits_far_beyond_the_ratings_are_still_in_the_picture() -> None:
    picture = bland_altman_figure([(1, 7), (7, 1)], 0.0, (-16.6, 16.6))
    heights = [float(line.attrib["y1"]) for line in drawn(picture).iter(f"{SVG}line")]
    assert all(0 <= height <= picture.height for height in heights)
    assert "limits −16.60 to +16.60" in picture.words


# ---- time


def lanes(first: tuple[Bar, ...] = (), second: tuple[Bar, ...] = (), **fields: object) -> Figure:
    given_fields = {"names": ("look", "cry"), "coders": CODERS, "window": (0, 60 * SECOND_US)}
    return lanes_figure(Lanes(**(given_fields | fields), bars=(first, second)))


def bar(code: int, start: float, end: float) -> Bar:
    return Bar(code=code, start_us=int(start * SECOND_US), end_us=int(end * SECOND_US))


def test_two_empty_codings_have_lanes_and_no_legend() -> None:
    picture = lanes()
    assert "events: 0 of anna and 0 of ben" in picture.words
    assert "look" not in texts(picture)


def test_a_window_of_no_length_divides_by_nothing() -> None:
    assert lanes(window=(0, 0)).width == WIDTH
    assert lanes((bar(0, 0, 0),), window=(5, 5)).width == WIDTH


@pytest.mark.parametrize("hours", [0.001, 0.1, 1, 3, 20])
def test_the_axis_has_some_marks_and_not_too_many(hours: float) -> None:
    picture = lanes(window=(0, int(hours * 3600 * SECOND_US)))
    marks = [one for one in texts(picture) if re.fullmatch(r"[\d:]+", one)]
    assert 1 <= len(marks) <= 21
    assert len(set(marks)) == len(marks)


def test_the_axis_of_a_window_that_starts_late_starts_late() -> None:
    picture = lanes(window=(600 * SECOND_US, 660 * SECOND_US))
    marks = [one for one in texts(picture) if ":" in one]
    assert marks[0] == "10:00"
    assert marks[-1] == "11:00"


def test_the_legend_names_what_occurs_and_each_once() -> None:
    picture = lanes((bar(1, 0, 1), bar(1, 5, 6)), (bar(1, 2, 3),))
    assert texts(picture).count("cry") == 1
    assert "look" not in texts(picture)


def test_many_codes_break_the_legend_into_lines_within_the_picture() -> None:
    names = tuple(f"a long behaviour {number}" for number in range(30))
    bars = tuple(bar(number, number, number + 0.5) for number in range(30))
    picture = lanes(bars, names=names)
    assert stays_within(picture)
    assert picture.height > lanes(bars[:2], names=names).height
    assert set(names) <= set(texts(picture))


@pytest.mark.parametrize("count", [5_000])
def test_thousands_of_events_are_drawn(count: int) -> None:
    step = 60 / count
    bars = tuple(bar(at % 2, at * step, (at + 1) * step) for at in range(count))
    picture = lanes(bars, bars)
    assert f"{count} of anna" in picture.words
    assert sum(1 for _ in boxes(picture)) > 2 * count


# ---- lags


@pytest.mark.parametrize(
    ("lags", "median"),
    [
        ([0], "+0.00"),
        ([-500_000], "−0.50"),
        ([-1_000_000, 1_000_000], "+0.00"),
        ([100_000, 200_000, 900_000], "+0.20"),
        ([-2_000_000] * 3, "−2.00"),
    ],
    ids=["none", "one", "two", "three", "alike"],
)
def test_the_median_of_the_lags_is_said(lags: list[int], median: str) -> None:
    assert f"median {median} s" in lag_figure(lags, 2_000_000, CODERS).words


def test_a_coder_called_by_a_number_keeps_the_hyphen() -> None:
    picture = lag_figure([-500_000], 2_000_000, ("ref-1", "c-02"))
    assert picture.words.startswith("Lags of 1 matched onsets, c-02 minus ref-1; median −0.50")
    assert "lag in s: c-02 minus ref-1 (line: median)" in texts(picture)


@given(
    st.lists(st.integers(-5_000_000, 5_000_000), min_size=1, max_size=80), st.integers(0, 5_000_000)
)
def test_every_lag_is_in_a_bar_and_every_bar_in_the_plot(lags: list[int], tolerance: int) -> None:
    picture = lag_figure(lags, tolerance, CODERS)
    assert stays_within(picture)
    highest = max(int(one) for one in texts(picture) if one.isdecimal())
    assert 1 <= highest <= len(lags)


# ---- values


def test_every_value_of_a_list_has_its_words_on_its_line() -> None:
    rows = [
        ("one", known(0.5, 9).between(0.25, 0.75)),
        ("two", missing(Undefined.ONE_CODE, 4)),
        ("three", known(-0.25, 3)),
    ]
    said = texts(interval_figure(rows, "Kappa"))
    assert "0.50 [0.25 to 0.75]" in said
    assert "undefined (one code used)" in said
    assert "−0.25" in said


def test_an_interval_that_leaves_the_usual_range_is_drawn_whole() -> None:
    low, high = -1.3, 1.2
    picture = interval_figure([("odd", known(0.0, 3).between(low, high))], "Kappa")
    ends = [
        float(line.attrib[name])
        for line in drawn(picture).iter(f"{SVG}line")
        for name in ("x1", "x2")
    ]
    assert all(0 <= end <= WIDTH for end in ends)
    assert {"−1.5", "1.25"} <= set(texts(picture))


@given(st.lists(st.tuples(NAMES, st.floats(-1, 1)), max_size=8))
def test_names_and_values_never_meet(rows: list[tuple[str, float]]) -> None:
    picture = interval_figure([(name, known(value, 1)) for name, value in rows], "Kappa")
    names = [e for e in drawn(picture).iter(f"{SVG}text") if e.attrib["text-anchor"] == "end"]
    assert len(names) == len(rows)
    marks = [one["x"] for one in boxes(picture) if one["width"] == 8]
    assert all(float(e.attrib["x"]) <= min(marks, default=WIDTH) + 8 for e in names)
