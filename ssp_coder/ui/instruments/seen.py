"""The ratings of the open coding, where seeing them in a rule table gives nothing away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.domain.scale import Points
from ssp_coder.formats.score_row import suggestion_may_be_seen
from ssp_coder.rules.facts import facts_from_coding

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Coding
    from ssp_coder.domain.scheme import Scheme


def seen_points(coding: Coding, scheme: Scheme) -> dict[str, float]:
    """The rated inputs of the scheme's table; none while the suggestion must stay hidden.

    A coder's own ratings among the bands of a table are the suggestion in another form.
    """
    if not suggestion_may_be_seen(coding, scheme):
        return {}
    facts = facts_from_coding(coding, scheme)
    return {name: score.value for name, score in facts.scores if isinstance(score, Points)}
