from __future__ import annotations

import base64
import xml.etree.ElementTree as ET

import pytest

from ssp_coder.agreement.estimate import Undefined, known, missing
from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.figures_svg import INK, Figure, figure, fitted, mixed, width_of, words_at
from ssp_coder.reporting.figures_tables import bland_altman_figure, bubble_figure, matrix_figure
from ssp_coder.reporting.figures_timeline import (
    Bar,
    Lanes,
    interval_figure,
    lag_figure,
    lanes_figure,
)
from ssp_coder.reporting.signs import (
    estimate_words,
    interval_words,
    minus,
    percent,
    two_decimals,
    value_words,
    why_undefined,
    with_interval,
)

SVG = "{http://www.w3.org/2000/svg}"
CODERS = ("first", "second")


def drawn(picture: Figure) -> ET.Element:
    return ET.fromstring(picture.svg)  # noqa: S314  # the picture that was just made


def texts(picture: Figure) -> list[str]:
    return [element.text or "" for element in drawn(picture).iter(f"{SVG}text")]


def shapes(picture: Figure, name: str) -> list[ET.Element]:
    return list(drawn(picture).iter(f"{SVG}{name}"))


def number(element: ET.Element, name: str) -> float:
    return float(element.attrib[name])


def lightness(colour: str) -> float:
    """Relative luminance as WCAG 2 has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# ---- signs


def test_values_have_two_decimals_and_a_real_minus() -> None:
    assert two_decimals(-0.456) == "−0.46"
    assert two_decimals(-0.001) == "0.00"
    assert two_decimals(1) == "1.00"
    assert minus("-1 to -.5, well-known") == "−1 to −.5, well-known"


def test_an_estimate_is_said_with_interval_and_n() -> None:
    one = known(0.64, 1_260).between(0.41, 0.8)
    assert with_interval(one) == "0.64 [0.41 to 0.80]"
    assert estimate_words(one) == "0.64 [0.41 to 0.80], n = 1,260"
    assert interval_words(known(0.5, 3)) == ""


@pytest.mark.parametrize("why", list(Undefined))
def test_every_reason_for_no_value_has_words(why: Undefined) -> None:
    one = missing(why, 7)
    assert why_undefined(one)
    assert value_words(one) == f"undefined ({why_undefined(one)})"
    assert estimate_words(one).endswith("n = 7")


def test_a_hundred_per_cent_is_all_of_it() -> None:
    assert percent(1) == "100 %"
    assert percent(0.9999) == "99 %"
    assert percent(0.876) == "88 %"
    assert percent(0) == "0 %"


# ---- ground


def test_a_picture_is_a_document_of_its_own() -> None:
    picture = figure((words_at((1, 2), "a < b & c"),), 20, 10, "what & why")
    assert texts(picture) == ["a < b & c"]
    assert drawn(picture).find(f"{SVG}title").text == "what & why"
    head, _, encoded = picture.source().partition(",")
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(encoded).decode() == picture.svg


def test_words_are_cut_to_what_fits() -> None:
    assert fitted("short", 200) == "short"
    cut = fitted("a very long name of a code", 60)
    assert cut.endswith("…")
    assert width_of(cut) <= 60
    assert fitted("anything", 1) == "…" or len(fitted("anything", 1)) <= 2


def test_words_can_be_read_on_every_shade() -> None:
    for step in range(11):
        ground = lightness(mixed(step / 10))
        assert (ground + 0.05) / (lightness(INK) + 0.05) >= 4.5
    assert mixed(0) == "#FFFFFF"
    assert mixed(7) == mixed(1)


# ---- tables


def test_a_matrix_shows_each_count_and_names_rows_and_columns() -> None:
    picture = matrix_figure(("yes", "no"), ((8, 1), (0, 4.5)), coders=CODERS, unit="events")
    found = texts(picture)
    assert found.count("yes") == found.count("no") == 2
    assert {"8", "1", "4.5", *CODERS} <= set(found)
    assert "0" not in found
    assert "12.5 of 13.5 on the diagonal" in picture.words


def test_a_matrix_is_darker_where_more_of_the_row_lies() -> None:
    picture = matrix_figure(("a", "b"), ((9, 1), (1, 1)), coders=CODERS, unit="events")
    fills = [shape.attrib["fill"] for shape in shapes(picture, "rect")]
    most, least = mixed(0.9), mixed(0.1)
    assert most in fills
    assert least in fills
    assert lightness(most) < lightness(least)


@pytest.mark.parametrize("size", [1, 2, 14])
def test_a_matrix_stays_within_its_picture(size: int) -> None:
    names = [f"a rather long name {place}" for place in range(size)]
    cells = [[1_000 for _ in names] for _ in names]
    picture = matrix_figure(names, cells, coders=("a" * 40, "b" * 40), unit="events")
    for shape in shapes(picture, "rect"):
        assert number(shape, "width") + float(shape.get("x", 0)) <= picture.width + 0.5
        assert number(shape, "height") + float(shape.get("y", 0)) <= picture.height + 0.5


def test_bubbles_count_every_pair_of_ratings() -> None:
    pairs = [(1.0, 1.0), (1.0, 1.0), (3.0, 5.0)]
    picture = bubble_figure([float(p) for p in range(1, 8)], pairs, CODERS)
    discs = shapes(picture, "circle")
    by_count = dict(zip(texts(picture), discs, strict=False))
    big, small = by_count["2"], by_count["1"]
    assert number(big, "r") > number(small, "r")
    assert "n = 3" in picture.words


def test_bubbles_of_equal_ratings_lie_on_the_diagonal() -> None:
    points = [1.0, 2.0, 3.0]
    picture = bubble_figure(points, [(p, p) for p in points], CODERS)
    centres = [(number(c, "cx"), number(c, "cy")) for c in shapes(picture, "circle")]
    across = [x for x, _ in centres]
    up = [y for _, y in centres]
    assert across == sorted(across)
    assert up == sorted(up, reverse=True)


def test_bias_and_limits_are_drawn_and_said() -> None:
    picture = bland_altman_figure([(1, 2), (3, 3), (5, 7)], 1.0, (-0.96, 2.96))
    assert {"+1.00", "−0.96", "+2.96"} <= set(texts(picture))
    dashed = [line for line in shapes(picture, "line") if "stroke-dasharray" in line.attrib]
    assert len(dashed) == 2
    assert len(shapes(picture, "circle")) == 3
    assert "bias +1.00, limits −0.96 to +2.96" in picture.words


def test_ratings_that_are_all_alike_can_be_drawn() -> None:
    picture = bland_altman_figure([(4, 4)] * 5, 0.0, (0.0, 0.0))
    assert len(shapes(picture, "circle")) == 1


# ---- time


def lanes(*bars: tuple[tuple[int, int, int], ...], blind=()) -> Lanes:
    first, second = (
        tuple(Bar(code=code, start_us=a * SECOND_US, end_us=b * SECOND_US) for code, a, b in lane)
        for lane in bars
    )
    return Lanes(
        names=("calm", "crying"),
        coders=CODERS,
        bars=(first, second),
        window=(0, 100 * SECOND_US),
        blind=blind,
    )


def test_both_codings_stand_over_each_other_on_one_axis() -> None:
    picture = lanes_figure(lanes(((0, 0, 50), (1, 50, 100)), ((0, 0, 100),)))
    found = texts(picture)
    assert found[0] == "first"
    assert "second" in found
    assert {"0:00", "0:30", "1:00", "1:30"} <= set(found)
    assert found.count("calm") == 3
    assert picture.words == "Timelines over each other, events: 2 of first and 1 of second"


def test_a_bar_is_as_long_as_its_event() -> None:
    picture = lanes_figure(lanes(((0, 0, 20), (1, 20, 60)), ()))
    tinted = [r for r in shapes(picture, "rect") if r.attrib["fill"] in {"#B2D5E8", "#B2E2D5"}]
    lengths = sorted(number(shape, "width") for shape in tinted if number(shape, "width") > 11)
    assert lengths[1] == pytest.approx(2 * lengths[0], rel=1e-3)


def test_what_was_removed_is_grey_on_both_lanes() -> None:
    bare = lanes_figure(lanes(((0, 0, 20),), ()))
    blind = lanes_figure(lanes(((0, 0, 20),), (), blind=((30 * SECOND_US, 40 * SECOND_US),)))
    assert len(shapes(blind, "rect")) == len(shapes(bare, "rect")) + 1


def test_moments_and_events_over_the_edge_stay_within_the_picture() -> None:
    picture = lanes_figure(lanes(((0, 99, 500), (1, 100, 100)), ((1, 7, 7),)))
    for shape in shapes(picture, "rect"):
        assert float(shape.get("x", 0)) + number(shape, "width") <= picture.width


def test_lags_are_counted_with_the_median_in_the_middle_of_a_bar() -> None:
    picture = lag_figure([0, 0, 0, 500_000, -500_000], 2_000_000, CODERS)
    assert "median 0.00 s" in picture.words.replace("+", "")
    assert "n" not in texts(picture)
    bars = [r for r in shapes(picture, "rect") if r.attrib["fill"] == "#B2D5E8"]
    tallest = max(bars, key=lambda bar: number(bar, "height"))
    (median,) = [line for line in shapes(picture, "line") if line.get("stroke-width") == "2"]
    middle = number(tallest, "x") + number(tallest, "width") / 2
    assert number(median, "x1") == pytest.approx(middle, abs=0.5)
    assert sum(round(3 * number(bar, "height") / number(tallest, "height")) for bar in bars) == 5


def test_the_second_coder_late_lies_to_the_right() -> None:
    late = lag_figure([700_000] * 4, 1_000_000, CODERS)
    early = lag_figure([-700_000] * 4, 1_000_000, CODERS)
    places = [
        next(number(one, "x1") for one in shapes(p, "line") if one.get("stroke-width") == "2")
        for p in (early, late)
    ]
    assert places[0] < places[1]
    assert "second minus first" in late.words


def test_lags_at_the_very_edge_are_counted() -> None:
    picture = lag_figure([1_000_000, -1_000_000], 1_000_000, CODERS)
    assert len([r for r in shapes(picture, "rect") if r.attrib["fill"] == "#B2D5E8"]) == 2


def test_an_interval_is_drawn_from_its_lower_to_its_upper_end() -> None:
    picture = interval_figure([("one", known(0.5, 9).between(0.25, 0.75))], "Kappa")
    thick = [line for line in shapes(picture, "line") if line.get("stroke-width") == "2"]
    spread = next(line for line in thick if line.attrib["y1"] == line.attrib["y2"])
    marks = [r for r in shapes(picture, "rect") if number(r, "width") == 8]
    middle = (number(spread, "x1") + number(spread, "x2")) / 2
    assert number(marks[0], "x") + 4 == pytest.approx(middle, abs=0.02)
    assert "0.50 [0.25 to 0.75]" in texts(picture)


def test_an_undefined_value_is_said_and_has_no_mark() -> None:
    picture = interval_figure([("one", missing(Undefined.ONE_CODE, 9))], "Kappa")
    assert "undefined (one code used)" in texts(picture)
    assert not [r for r in shapes(picture, "rect") if number(r, "width") == 8]


def test_the_axis_reaches_below_nothing_where_a_value_does() -> None:
    assert "−0.5" in texts(interval_figure([("one", known(-0.4, 9))], "Kappa"))
    assert "−0.25" not in texts(interval_figure([("one", known(0.4, 9))], "Kappa"))


def test_an_interval_figure_of_nothing_can_be_drawn() -> None:
    assert shapes(interval_figure([], "Kappa"), "line")
