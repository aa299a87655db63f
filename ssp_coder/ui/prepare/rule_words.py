"""Words for the rules under which an episode is cut short or prolonged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.domain.time import short_clock_text
from ssp_coder.formats.columns import provenance_words
from ssp_coder.ui.text import tr

if TYPE_CHECKING:
    from ssp_coder.domain.procedure import LengthRule


def length_rule_words(rule: LengthRule) -> str:
    """The rule in a few words: its title and the time it names, if any."""
    time = _time_words(rule)
    return f"{rule.title}, {time}" if time else str(rule.title)


def length_rule_details(rule: LengthRule) -> str:
    """What has to be seen, for how long, who decides and where the rule comes from."""
    parts = (str(rule.sign), str(rule.decided_by), provenance_words(rule.provenance))
    return "\n".join((length_rule_words(rule), *(part for part in parts if part)))


def _time_words(rule: LengthRule) -> str:
    if rule.after_us is None:
        return ""
    after = short_clock_text(rule.after_us, digits=0)
    if rule.up_to_us is None:
        return after
    return tr("{0} to {1}").format(after, short_clock_text(rule.up_to_us, digits=0))
