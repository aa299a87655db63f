from __future__ import annotations

import csv
import io

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.formats.agreement_table import (
    AgreementFigure,
    AgreementRow,
    Level,
    agreement_table,
)
from ssp_coder.formats.columns import table_text


def row(estimate: Estimate, **fields: object) -> dict[str, str]:
    figure = AgreementFigure(
        level=Level.TRACK,
        item="infant/contact",
        statistic="kappa",
        estimate=estimate,
        method="time units of 1 s",
        **fields,
    )
    entry = AgreementRow(
        session="S001", first="ref", second="c01", figure=figure, protocol="ab", version="1"
    )
    (read,) = csv.DictReader(io.StringIO(table_text(agreement_table(), (entry,))))
    return read


def test_a_number_is_written_whole_with_all_that_belongs_to_it() -> None:
    found = row(known(1 / 3, 12).between(0.1, 0.5), tolerance_us=2_000_000, interval="bootstrap")
    assert float(found["value"]) == 1 / 3
    assert (found["low"], found["high"], found["n"]) == ("0.1", "0.5", "12")
    assert (found["interval"], found["undefined"]) == ("bootstrap", "")
    assert (found["tolerance_s"], found["method"]) == ("2.000000", "time units of 1 s")
    assert (found["protocol_sha256"], found["statistics_version"]) == ("ab", "1")


def test_an_undefined_number_has_no_value_but_a_reason() -> None:
    found = row(missing(Undefined.ONE_CODE, 40))
    assert (found["value"], found["undefined"], found["n"]) == ("", "one_code", "40")


def test_a_figure_without_tolerance_does_not_have_one_of_zero() -> None:
    assert row(known(0.0, 3))["tolerance_s"] == ""
    assert row(known(0.0, 3), tolerance_us=0)["tolerance_s"] == "0.000000"


def test_negative_values_are_kept() -> None:
    assert row(known(-0.25, 3))["value"] == "-0.25"


def test_every_reason_and_level_is_explained_in_the_codebook() -> None:
    columns = {column.name: column for column in agreement_table().columns}
    assert {value for value, _ in columns["undefined"].levels} == {why.value for why in Undefined}
    assert {value for value, _ in columns["level"].levels} == {level.value for level in Level}
    assert all(meaning for _, meaning in columns["undefined"].levels)
