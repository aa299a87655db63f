"""Samples with a known structure, and tables made smaller so that everything can be listed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ssp_coder.calibration.sample import LabelledCase, Sample, sample_of
from ssp_coder.catalog.tables import load_rule_table
from ssp_coder.domain.ruletable import RuleInput, RuleTable
from ssp_coder.domain.words import NO_TEXT

GROUPS = ("A", "B", "C")
RATINGS = ("pcs_c_8", "cm_c_8", "avo_c_8", "res_c_8")


def cases(
    n: int = 90, seed: int = 1, spread: float = 1.4, width: int = 4
) -> tuple[LabelledCase, ...]:
    """Ratings of 1 to 7 around a centre of each group, the middle group the commonest."""
    random = np.random.default_rng(seed)
    labels = random.choice(3, n, p=(0.25, 0.5, 0.25))
    labels[:6] = (0, 0, 1, 1, 2, 2)
    centres = np.array([[2, 2, 6, 2] * 3, [5, 5, 2, 2] * 3, [5, 5, 2, 6] * 3])[:, :width]
    drawn = np.clip(np.round(centres[labels] + random.normal(0, spread, (n, width))), 1, 7)
    return tuple(
        LabelledCase(values=tuple(map(float, row)), group=GROUPS[label])
        for row, label in zip(drawn, labels, strict=True)
    )


def sample(n: int = 90, seed: int = 1, spread: float = 1.4, width: int = 4) -> Sample:
    names = tuple(f"v{place}" for place in range(width)) if width != 4 else RATINGS
    return sample_of(cases(n, seed, spread, width), variables=names, groups=GROUPS)


def without(given: Sample, place: int) -> Sample:
    """The same sample with one case fewer, fitted from scratch by whoever is asked."""
    return replace(
        given,
        values=given.values[:place] + given.values[place + 1 :],
        labels=given.labels[:place] + given.labels[place + 1 :],
    )


def case(group: str, *values: float | None) -> LabelledCase:
    return LabelledCase(values=values, group=group)


def bundled(table_id: str) -> RuleTable:
    return load_rule_table(table_id).table


def blind_to_optional(table: RuleTable) -> RuleTable:
    """The table with profiles that have no band on an input that may be missing."""
    required = {one.id for one in table.inputs if one.required}
    return replace(
        table,
        profiles=tuple(
            replace(one, bands=tuple(band for band in one.bands if band.input in required))
            for one in table.profiles
        ),
    )


def rule_input(name: str, highest: float = 3.0, required: bool = True) -> RuleInput:
    return RuleInput(id=name, title=NO_TEXT, minimum=1.0, maximum=highest, required=required)
