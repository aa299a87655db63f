"""What a rule table says of a coding: outcome or what is still possible, and every reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.ruletable import TableReference
from ssp_coder.domain.scale import Score
from ssp_coder.domain.words import Provenance, Text


class Truth(Enum):
    """Strong Kleene truth; refuses to be used as a bool so that UNKNOWN is never lost."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a three-valued truth has no bool; compare it with Truth.YES")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The numbers a table reads, and the coder's word on D.

    Attributes:
        scores: pairs of input id and score; an absent input counts as not rated.
        d_decision: what the coder decided, or None.
        d_assessed: False when D was not part of the work at all (an ABC-only data set).
    """

    scores: tuple[tuple[str, Score], ...]
    d_decision: DDecision | None = None
    d_assessed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTrace:
    """One input beside the range that a rule or profile expects of it.

    Attributes:
        holds: YES inside, NO outside, UNKNOWN when the input is not known.
        penalty: weighted squared distance, 0 inside or unknown.
    """

    input: str
    score: Score
    low: float
    high: float
    holds: Truth
    penalty: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTrace:
    """A rule and whether it fired, with the facts that it looked at.

    Attributes:
        outcome: main group it sets when it fires, or empty.
        flag: flag it raises when it fires, or empty.
        between: main groups between which it leaves it open when it fires.
    """

    rule: str
    title: Text
    truth: Truth
    facts: tuple[FactTrace, ...]
    outcome: str
    flag: str
    provenance: Provenance
    between: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermTrace:
    """What one input adds to a classification function.

    Attributes:
        added: weight times value, 0 while the input is not known.
    """

    input: str
    score: Score
    weight: float
    added: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionValue:
    """A classification function worked out.

    Attributes:
        lowest: its value when every unknown input turns out worst for the group.
        highest: its value when every unknown input turns out best; both are the value itself when
            all is known.
    """

    group: str
    constant: float
    terms: tuple[TermTrace, ...]
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFit:
    """How well a subgroup's profile fits the known inputs.

    Attributes:
        penalty: sum over known inputs.
        largest_penalty: the sum when every unknown input turns out worst for the profile.
        fits: YES when every band holds, NO when one fails, UNKNOWN otherwise.
        cells: one trace a band, in the table's order.
    """

    subgroup: str
    group: str
    title: Text
    penalty: float
    largest_penalty: float
    fits: Truth
    cells: tuple[FactTrace, ...]
    provenance: Provenance

    @property
    def outside(self) -> tuple[FactTrace, ...]:
        """The cells whose band is missed."""
        return tuple(cell for cell in self.cells if cell.holds is Truth.NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A one-point change of one rating that would change the outcome."""

    input: str
    from_value: float
    to_value: float
    groups: tuple[str, ...]
    subgroups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A table's suggestion.

    Attributes:
        group: main group when only one is possible, else None.
        subgroup: subgroup when only one is possible and the group has any, else None.
        secondary: best-fitting organised subgroup for a group that needs one, else None.
        possible: main groups still possible, in the table's order; never empty.
        possible_subgroups: subgroups still best-fitting under some value of what is unknown.
        needs: inputs whose value would matter; the decision on D counts as an input of its own,
            named by `decision_input`.
        group_needs: those of them that the main group depends on; whatever the others turn out
            to be, the main group stays.
        left_open: whether all that matters is known and the table itself leaves it open between
            the groups of `possible`.
        runner_up: next best subgroup by penalty, None while ratings are missing.
        margin: its penalty minus the best one's, None while ratings are missing.
        exact: False when so much is missing that `possible` is a safe superset.
        flags: ids of flags raised.
        fired: rules that hold; `undecided` those that still may; `ruled_out` those that cannot.
        fits: all profiles, best first.
        turns: one-point changes that would change group or subgroup.
        functions: all classification functions, largest value first.
        parts: tables that `table` is put together with.
    """

    table: TableReference
    group: str | None
    subgroup: str | None
    secondary: str | None
    possible: tuple[str, ...]
    possible_subgroups: tuple[str, ...]
    needs: tuple[str, ...]
    runner_up: str | None
    margin: float | None
    exact: bool
    flags: tuple[str, ...]
    fired: tuple[RuleTrace, ...]
    undecided: tuple[RuleTrace, ...]
    ruled_out: tuple[RuleTrace, ...]
    fits: tuple[ProfileFit, ...]
    turns: tuple[Turn, ...]
    group_needs: tuple[str, ...] = ()
    left_open: bool = False
    functions: tuple[FunctionValue, ...] = ()
    parts: tuple[TableReference, ...] = ()


DECISION_INPUT = "d_decision"
"""Name under which the coder's decision on D appears in `Verdict.needs` and in exports."""
