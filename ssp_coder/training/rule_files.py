"""Pass rules read from their files: the closed vocabulary, checked for sense."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.catalog.building import provenance, text
from ssp_coder.catalog.record_base import FileHead, Share, Words
from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.domain.words import NO_TEXT
from ssp_coder.resources import bundled
from ssp_coder.training.evaluation import TOLERANCES_US
from ssp_coder.training.measures import Measure, Statistic
from ssp_coder.training.packs import Stage
from ssp_coder.training.pass_rules import Criterion, Grade, PassRule
from ssp_coder.training.teaching_files import (
    FOLDER,
    TeachingFile,
    read_teaching_file,
    teaching_path,
)

_RULES = "pass_rules"
_Count = Annotated[int, Meta(ge=0, le=10_000)]
_Cases = Annotated[int, Meta(ge=1, le=10_000)]
_Name = Annotated[str, Meta(max_length=129)]


class CriterionRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[criteria]]`` table."""

    statistic: Statistic
    threshold: Annotated[float, Meta(ge=-1, le=1)]
    cases: _Cases
    level: ClassLevel | None = None
    slot: _Name = ""
    scale: _Name = ""
    code: _Name = ""
    tolerance_s: Annotated[float, Meta(gt=0, le=10)] | None = None
    consecutive: _Count = 0
    minimum_positives: _Count = 0


class PassRuleFile(
    FileHead,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag="pass_rule",
    tag_field="kind",
):
    """A pass rule as its file has it."""

    grade: Grade
    convention: bool
    stages: Annotated[tuple[Literal["practice", "test", "upkeep"], ...], Meta(min_length=1)]
    criteria: Annotated[tuple[CriterionRecord, ...], Meta(min_length=1, max_length=100)]
    note: Words | None = None
    confidence: Share | None = None


def load_pass_rule(rule_id: str, folders: tuple[Path, ...] = ()) -> PassRule:
    """The pass rule with this id.

    Args:
        rule_id: name of its file, without the suffix.
        folders: searched before the bundled rules, in this order.

    Raises:
        TeachingFileError: it is missing or wrong; the finding names file, line and remedy.
    """
    return read_pass_rule(teaching_path(f"{_RULES}/{rule_id}", folders))


def available_pass_rules(folders: tuple[Path, ...] = ()) -> tuple[PassRule, ...]:
    """Every pass rule on the search path, each id once, by id.

    Raises:
        TeachingFileError: one of them is wrong.
    """
    found: dict[str, PassRule] = {}
    for place in (*(folder / FOLDER for folder in folders), bundled("schemas") / "training"):
        for path in sorted((place / _RULES).glob("*.toml")):
            rule = read_pass_rule(path)
            found.setdefault(rule.id, rule)
    return tuple(found[rule_id] for rule_id in sorted(found))


def read_pass_rule(path: Path) -> PassRule:
    """The pass rule of a file.

    Raises:
        TeachingFileError: the file is wrong; the finding names file, line and remedy.
    """
    file = read_teaching_file(path, PassRuleFile)
    record = file.record
    if record.id != path.stem:
        raise file.refusal(
            ("id",), f"is called {record.id}, its file {path.stem}", "give both the same name"
        )
    return PassRule(
        id=record.id,
        version=record.version,
        title=text(record.title),
        grade=record.grade,
        stages=tuple(Stage(stage) for stage in record.stages),
        criteria=tuple(_criterion(file, place) for place in range(len(record.criteria))),
        convention=record.convention,
        provenance=provenance(record, record.sources),
        sha256=file.sha256,
        note=NO_TEXT if record.note is None else text(record.note),
    )


def _criterion(file: TeachingFile[PassRuleFile], place: int) -> Criterion:
    record = file.record.criteria[place]
    statistic = record.statistic
    for key, fits, remedy in (
        ("level", (record.level is not None) is statistic.of_class, "a class needs a level"),
        ("slot", statistic.of_rating or not record.slot, "only ratings have a slot"),
        ("scale", statistic.of_rating or not record.scale, "only ratings have a scale"),
        ("code", _code_fits(record), "recall and precision need a code, and only events have one"),
        ("tolerance_s", _tolerance_fits(record), "onsets are matched within 0.5, 1 or 2 s"),
        ("consecutive", statistic.by_case or not record.consecutive, "it has no value by case"),
    ):
        if not fits:
            raise file.refusal(
                ("criteria", place, key), f"{key} does not fit {statistic.value}", remedy
            )
    if record.consecutive > record.cases:
        raise file.refusal(
            ("criteria", place, "consecutive"),
            f"{record.consecutive} in a row cannot be among {record.cases} cases",
            "raise cases, or lower consecutive",
        )
    return Criterion(
        measure=Measure(
            statistic=statistic,
            level=record.level,
            slot=record.slot,
            scale=record.scale,
            code=record.code,
            tolerance_us=_tolerance(record),
        ),
        threshold=record.threshold,
        cases=record.cases,
        consecutive=record.consecutive,
        minimum_positives=record.minimum_positives,
    )


def _of_events(record: CriterionRecord) -> bool:
    return not record.statistic.of_class and not record.statistic.of_rating


def _code_fits(record: CriterionRecord) -> bool:
    if record.statistic.of_code:
        return bool(record.code)
    return _of_events(record) or not record.code


def _tolerance_fits(record: CriterionRecord) -> bool:
    if record.tolerance_s is None:
        return True
    return _of_events(record) and _tolerance(record) in TOLERANCES_US


def _tolerance(record: CriterionRecord) -> Micros:
    if record.tolerance_s is None:
        return Micros(SECOND_US)
    return Micros(round(record.tolerance_s * SECOND_US))
