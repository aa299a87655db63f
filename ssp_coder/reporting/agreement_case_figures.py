"""The numbers of ratings and classes in an agreement report: a case is a session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssp_coder.agreement.classes import LabelAgreement
from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Estimate, known
from ssp_coder.agreement.icc import Icc
from ssp_coder.agreement.ratings import RatingAgreement
from ssp_coder.agreement.study import StudyAgreement
from ssp_coder.formats.agreement_table import AgreementFigure, Level
from ssp_coder.reporting.agreement_item import CASES, ICC_INTERVAL, MEAN_INTERVAL, WILSON, Item


def case_figures(study: StudyAgreement) -> Iterator[AgreementFigure]:
    """Ratings, classes, and figures for three and more coders."""
    yield from _study_scales(study)
    yield from _study_classes(study)
    yield from _study_several(study)


def _study_scales(study: StudyAgreement) -> Iterator[AgreementFigure]:
    for scale in study.scales:
        yield from _rating_figures(scale.slot.id, scale.slot.episode or "", scale.ratings)
    if study.disorganization is not None:
        found = study.disorganization
        yield from _label_figures(ClassLevel.D_DECISION, found.decision, "decision")
        item, at = Item(Level.CLASS, ClassLevel.D_DECISION.value, "decision"), found.at_point
        cases = found.ratings.n + found.ratings.left_out
        for who, count in (("first", at.reference), ("second", at.other), ("both", at.both)):
            yield item.figure(f"at_decision_point_{who}", known(count, cases))


def _rating_figures(slot: str, episode: str, ratings: RatingAgreement) -> Iterator[AgreementFigure]:
    item = Item(Level.SCALE, slot, "two coders, per scale and episode", ICC_INTERVAL)
    for name, estimate in icc_forms(ratings.icc):
        yield item.figure(name, estimate, episode=episode)
    plain = Item(Level.SCALE, slot, "two coders, per scale and episode")
    shares = Item(Level.SCALE, slot, "two coders, per scale and episode", WILSON)
    bias = Item(Level.SCALE, slot, "second minus first coder", MEAN_INTERVAL)
    yield plain.figure("kappa_quadratic", ratings.quadratic.kappa, episode=episode)
    yield shares.figure("exact", ratings.exact, episode=episode)
    yield shares.figure("within_1", ratings.within_one, episode=episode)
    gaps = ratings.differences
    yield bias.figure("bias", gaps.bias, episode=episode)
    for name, estimate in (("sd", gaps.sd), ("loa_lower", gaps.lower), ("loa_upper", gaps.upper)):
        yield bias.figure(name, estimate, episode=episode)


def icc_forms(icc: Icc) -> Iterable[tuple[str, Estimate]]:
    """The six forms by name."""
    return (
        ("icc_1_1", icc.icc_1_1),
        ("icc_2_1", icc.icc_2_1),
        ("icc_3_1", icc.icc_3_1),
        ("icc_1_k", icc.icc_1_k),
        ("icc_2_k", icc.icc_2_k),
        ("icc_3_k", icc.icc_3_k),
    )


def _study_classes(study: StudyAgreement) -> Iterator[AgreementFigure]:
    for level in study.classes:
        yield from _label_figures(level.level, level.figures, "classes")


def _label_figures(
    level: ClassLevel, found: LabelAgreement, method: str
) -> Iterator[AgreementFigure]:
    item = Item(Level.CLASS, level.value, method, CASES)
    yield Item(Level.CLASS, level.value, method, WILSON).figure("agreement", found.agreement)
    yield from item.kappa(found.kappa)
    # Cases are independent of each other, so the analytic error may stand beside kappa.
    yield item.figure("kappa_se", found.kappa.se)
    yield item.figure("ac1", found.ac1)
    yield item.figure("accuracy", found.accuracy)
    yield item.figure("left_out", known(found.left_out, found.n + found.left_out))
    for label, estimate in zip(found.labels, found.specific, strict=True):
        yield item.figure("specific_agreement", estimate, code=label)


def _study_several(study: StudyAgreement) -> Iterator[AgreementFigure]:
    for one in study.several:
        level = Level.SCALE if one.slot is not None else Level.CLASS
        name = one.slot or (one.level.value if one.level else "")
        item = Item(level, name, "three or more coders")
        yield item.figure("fleiss_kappa", one.fleiss.kappa)
        yield item.figure("krippendorff_alpha", one.alpha)
