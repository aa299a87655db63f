"""Every number of an agreement report as one long table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.agreement.estimate import Estimate, Undefined
from ssp_coder.formats.columns import Cell, Column, ColumnType, Table

AGREEMENT_TABLE = "agreement"


class Level(StrEnum):
    """What a number is about."""

    SESSION = "session"
    TRACK = "track"
    CODE = "code"
    SCALE = "scale"
    CLASS = "class"


LEVEL_LEVELS = (
    (Level.SESSION.value, "the whole comparison"),
    (Level.TRACK.value, "one person in one group of codes"),
    (Level.CODE.value, "one code"),
    (Level.SCALE.value, "one rating scale in one episode"),
    (Level.CLASS.value, "the class of the child at one level of detail"),
)
_WHY = {
    Undefined.NOTHING: "nothing to compare",
    Undefined.ONE_CODE: "both used one and the same code throughout",
    Undefined.NOT_USED: "the code was not used",
    Undefined.NO_VARIANCE: "all values are alike",
    Undefined.TOO_FEW: "fewer cases, raters or categories than it needs",
    Undefined.BELOW_CHANCE: "agreement below chance, which no accuracy explains",
    Undefined.NO_SUCH: "there is no such statistic for this",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFigure:
    """One number with everything that must stand beside it.

    Attributes:
        item: the track, scale or level of class.
        code: the code or class it is about, empty for all.
        episode: empty for the whole session.
        statistic: what was worked out.
        method: how; with the tolerance, if it has any.
        tolerance_us: None where there is no tolerance.
        interval: what its interval is, empty where there is none.
    """

    level: Level
    item: str
    statistic: str
    estimate: Estimate
    method: str
    code: str = ""
    episode: str = ""
    tolerance_us: int | None = None
    interval: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """A number with the comparison it belongs to.

    Attributes:
        session: the session, or how many of them.
        first: the first coder, or the reference.
        second: the other coder.
        protocol: hash of the settings.
        version: of the statistics.
    """

    session: str
    first: str
    second: str
    figure: AgreementFigure
    protocol: str
    version: str


def agreement_table() -> Table[AgreementRow]:
    """The columns of the table."""
    return Table(
        name=AGREEMENT_TABLE,
        columns=(
            _text("session_id", "Session, or how many", lambda row: row.session),
            _text("first_coder_id", "First coder, or the reference", lambda row: row.first),
            _text("second_coder_id", "Second coder", lambda row: row.second),
            Column(
                name="level",
                label="What the number is about",
                type=ColumnType.CATEGORY,
                value=lambda row: row.figure.level.value,
                levels=LEVEL_LEVELS,
            ),
            _category("item", "Track, scale or level of class", lambda row: row.figure.item),
            _category("code", "Code or class, empty for all", lambda row: row.figure.code),
            _category("episode", "Episode, empty for all", lambda row: row.figure.episode),
            _category("statistic", "Statistic", lambda row: row.figure.statistic),
            *_number_columns(),
            _text("method", "How it was worked out", lambda row: row.figure.method),
            Column(
                name="tolerance_s",
                label="Tolerance",
                type=ColumnType.SECONDS,
                value=lambda row: row.figure.tolerance_us,
                unit="s",
                missing_code="empty: it has none",
            ),
            _text("protocol_sha256", "Hash of the settings", lambda row: row.protocol),
            _text("statistics_version", "Version of the statistics", lambda row: row.version),
        ),
    )


def _number_columns() -> tuple[Column[AgreementRow], ...]:
    return (
        _number("value", "Value", lambda row: row.figure.estimate.value),
        _number("low", "Lower end of its 95 % interval", lambda row: row.figure.estimate.low),
        _number("high", "Upper end of its 95 % interval", lambda row: row.figure.estimate.high),
        _text("interval", "What the interval is", lambda row: row.figure.interval),
        Column(
            name="n",
            label="Units, events or cases",
            type=ColumnType.INTEGER,
            value=lambda row: row.figure.estimate.n,
        ),
        Column(
            name="undefined",
            label="Why there is no value",
            type=ColumnType.CATEGORY,
            value=_undefined,
            levels=tuple((why.value, _WHY[why]) for why in Undefined),
            missing_code="empty: there is a value",
        ),
    )


def _undefined(row: AgreementRow) -> Cell:
    why = row.figure.estimate.undefined
    return None if why is None else why.value


def _text(name: str, label: str, value: Callable[[AgreementRow], Cell]) -> Column[AgreementRow]:
    return Column(name=name, label=label, type=ColumnType.TEXT, value=value)


def _category(name: str, label: str, value: Callable[[AgreementRow], Cell]) -> Column[AgreementRow]:
    return Column(name=name, label=label, type=ColumnType.CATEGORY, value=value)


def _number(
    name: str, label: str, value: Callable[[AgreementRow], float | None]
) -> Column[AgreementRow]:
    return Column(
        name=name,
        label=label,
        type=ColumnType.NUMBER,
        value=value,
        missing_code="empty: the column undefined says why, or there is no interval",
        note="not rounded",
    )
