"""Files are written in English, whatever language and wording a person looks at."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from ssp_coder.catalog.half_points import in_half_points
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scale import Points, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.formats.columns import table_text
from ssp_coder.formats.export import FORMATS, export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.ratings import ratings_from_text
from ssp_coder.formats.score_row import score_row
from ssp_coder.formats.scores import scores_table
from ssp_coder.rules.facts import facts_from_coding
from tests.builders import add, after, infant_scheme, rate, with_episodes


@lru_cache(maxsize=1)
def halves() -> Scheme:
    return in_half_points(infant_scheme())


@lru_cache(maxsize=1)
def coded() -> Coding:
    return after(
        with_episodes(),
        add("distress.cry", 580, end=600),
        add("seeking.reach", 575, modifiers={"toward": "c", "intensity": "2"}),
        rate("pcs_c_5", 5),
        rate("avo_c_8", "NA_view"),
        rate("dorg", 2),
    )


def written(scheme: Scheme, folder: Path) -> dict[str, bytes]:
    export_codings((Exportable(coding=coded(), scheme=scheme),), folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_format_is_the_same_when_german_is_spoken(tmp_path: Path) -> None:
    english = written(infant_scheme(), tmp_path / "english")
    german = written(spoken_in(infant_scheme(), "de"), tmp_path / "german")
    assert len(english) >= len(FORMATS)
    assert english.keys() == german.keys()
    for name in english.keys() - {name for name in english if name.endswith("_export.json")}:
        assert german[name] == english[name], name


def test_the_codebook_names_scales_and_codes_in_english(tmp_path: Path) -> None:
    files = written(spoken_in(infant_scheme(), "de"), tmp_path / "out")
    (codebook,) = (text.decode() for name, text in files.items() if "codebook" in name)
    assert "Proximity and contact seeking" in codebook
    assert "Kontaktsuche" not in codebook


@pytest.mark.parametrize("value", [1.5, 3.5, 6.5])
def test_half_points_come_back_from_the_scores(value: float) -> None:
    coding = _rated(value)
    row = score_row(Exportable(coding=coding, scheme=halves()))
    text = table_text(scores_table((halves(),)), [row])
    (read,) = ratings_from_text(text, halves()).rows
    assert dict(read.facts.scores)["pcs_c_5"] == Points(value)
    assert read.facts == facts_from_coding(coding, halves())


def test_the_codebook_says_that_halves_are_allowed() -> None:
    units = {column.name: column.unit for column in scores_table((halves(),)).columns}
    assert units["pcs_c_5"] == "points 1-7 by 0.5"
    assert units["dorg"] == "points 1-9 by 0.5"
    assert units["srch_4"] == "points 1-7"


def test_codings_in_halves_and_in_whole_points_share_a_table() -> None:
    table = scores_table((infant_scheme(), replace(halves(), sha256="0" * 64)))
    units = {column.name: column.unit for column in table.columns}
    assert units["pcs_c_5"] == "points 1-7 / 1-7 by 0.5"


def _rated(value: float) -> Coding:
    coding = coded()
    kept = tuple(rating for rating in coding.ratings if rating.slot != SlotId("pcs_c_5"))
    half = replace(
        next(rating for rating in coding.ratings if rating.slot == SlotId("pcs_c_5")),
        score=Points(value),
    )
    return replace(coding, ratings=(*kept, half))
