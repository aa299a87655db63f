"""How the value of a statistic is written."""

from __future__ import annotations

from ssp_coder.agreement.estimate import Estimate, Undefined

MINUS = "\N{MINUS SIGN}"
_WHY = {
    Undefined.NOTHING: "nothing to compare",
    Undefined.ONE_CODE: "one code used",
    Undefined.NOT_USED: "not used",
    Undefined.NO_VARIANCE: "all values alike",
    Undefined.TOO_FEW: "too few",
    Undefined.BELOW_CHANCE: "below chance",
    Undefined.NO_SUCH: "there is none",
}


def minus(text: str) -> str:
    """The text with a real minus sign for every hyphen before a digit."""
    signs = [
        MINUS
        if sign == "-" and place + 1 < len(text) and text[place + 1] in ".0123456789"
        else sign
        for place, sign in enumerate(text)
    ]
    return "".join(signs)


def two_decimals(value: float) -> str:
    """A coefficient: ``0.64``, with a real minus sign; never ``-0.00``."""
    words = f"{value:.2f}"
    return minus("0.00" if words == "-0.00" else words)


def why_undefined(estimate: Estimate) -> str:
    """Why there is no value: ``one code used``; empty where there is one."""
    return "" if estimate.undefined is None else _WHY[estimate.undefined]


def value_words(estimate: Estimate) -> str:
    """The value alone, or that it is undefined, and why."""
    if estimate.value is None:
        return f"undefined ({why_undefined(estimate)})"
    return two_decimals(estimate.value)


def interval_words(estimate: Estimate) -> str:
    """``0.41 to 0.80``, empty without an interval."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{two_decimals(estimate.low)} to {two_decimals(estimate.high)}"


def with_interval(estimate: Estimate) -> str:
    """``0.64 [0.41 to 0.80]``; an undefined value with its reason."""
    interval = interval_words(estimate)
    return f"{value_words(estimate)}{f' [{interval}]' if interval else ''}"


def estimate_words(estimate: Estimate) -> str:
    """``0.64 [0.41 to 0.80], n = 1,260``."""
    return f"{with_interval(estimate)}, n = {estimate.n:,}"


def percent(part: float) -> str:
    """A share of 1 in per cent: ``87 %``; 100 % only where it is all."""
    whole = round(100 * part)
    if whole == 100 and part < 1:
        whole = 99
    return f"{whole} %"
