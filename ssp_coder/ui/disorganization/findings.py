"""What a finding on the own class asks of the coder, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.finding import Finding
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.language.spoken import said_sentence


def tr(text: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("findings", text)


def finding_words(finding: Finding, table: RuleTable) -> str:
    """What a finding on the own class asks for, in one line."""
    rule = table.disorganization
    outcome = rule.outcome if rule else ""
    point = point_text(rule.decision_point) if rule else ""
    words = {
        "subgroup_missing": tr("Choose a subgroup"),
        "secondary_missing": tr("Choose the best-fitting subgroup as the second class"),
        "d_reason_missing": tr("Give a reason for the decision on {0}"),
        "d_decision_missing": tr("The score is {1}: decide for or against {0}"),
        "d_decision_contradicts": tr("The decision on {0} and the class contradict each other"),
        "d_refusal_missing": tr("The score is above {1}: choose {0}, or decide against it"),
        "d_below_point": tr("The score is below {1}: rate again, or take {0} back"),
        "d_without_score": tr("{0} without a score: rate it in the D pass"),
        "secondary_not_needed": tr("The second class is not needed here"),
    }
    kind = finding.code.rpartition(".")[2]
    return words[kind].format(outcome, point) if kind in words else said_sentence(finding)
