"""What the row of a coding in the scores is made of."""

from __future__ import annotations

from dataclasses import dataclass

from ssp_coder.domain.coding import Classification, Coding
from ssp_coder.domain.scheme import Scheme, SuggestionPolicy
from ssp_coder.domain.verdict import Verdict
from ssp_coder.formats.exportable import Exportable
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import count_in_coding, facts_from_coding
from ssp_coder.rules.intervals import FULL_INTERVALS, IntervalCount
from ssp_coder.rules.own_class import Agreement, agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One coding with what follows from it.

    Attributes:
        verdict: the table's suggestion, or None while the scheme withholds it.
        counts: pairs of count id and count, None where nothing can be said.
    """

    coding: Coding
    scheme: Scheme
    verdict: Verdict | None
    counts: tuple[tuple[str, IntervalCount | None], ...]

    @property
    def own(self) -> Classification | None:
        """The coder's class."""
        return self.coding.classification

    @property
    def agreement(self) -> Agreement | None:
        """How class and suggestion stand to each other, or None unless both are there."""
        if self.own is None or self.verdict is None:
            return None
        return agreement(self.own, self.verdict, self.scheme.rules)


def score_row(entry: Exportable) -> ScoreRow:
    """The row of one coding."""
    coding, scheme = entry.coding, entry.scheme
    counts = tuple(
        (count.id, count_in_coding(coding, scheme, count, FULL_INTERVALS))
        for count in scheme.counts
    )
    return ScoreRow(
        coding=coding, scheme=scheme, verdict=shown_verdict(coding, scheme), counts=counts
    )


def suggestion_may_be_seen(coding: Coding, scheme: Scheme) -> bool:
    """Whether the scheme lets any suggestion for this coding be seen by now."""
    own_is_known = coding.classification is not None
    return scheme.suggestion is SuggestionPolicy.ALWAYS or (
        scheme.suggestion is SuggestionPolicy.AFTER_OWN and own_is_known
    )


def shown_verdict(coding: Coding, scheme: Scheme) -> Verdict | None:
    """The suggestion, where the scheme lets it be seen by now; else None."""
    if not suggestion_may_be_seen(coding, scheme):
        return None
    facts = facts_from_coding(coding, scheme)
    return evaluate(scheme.rules, facts, sha256=scheme.rules_sha256)
