"""The colour table: every colour of the window by name, light and dark.

Contrast follows the WCAG 2 formula; the tests recompute it from this table. The group
colours are those of Okabe and Ito; edge, tint and text are derived from them so that they
keep 3:1 (edge) and 4.5:1 (text) on their grounds.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache


class Scheme(StrEnum):
    """What the person asked for; SYSTEM follows the desktop."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One scheme: each field is a token, each value ``#RRGGBB``."""

    win: str
    panel: str
    alt: str
    hover: str
    key: str
    line: str
    ctl: str
    text: str
    text2: str
    text3: str
    accent: str
    onacc: str
    sel: str
    accsoft: str
    ok: str
    warn: str
    err: str
    oksoft: str
    warnsoft: str
    errsoft: str
    stage: str
    wave: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupColours:
    """The four colours of one code group in one scheme, each ``#RRGGBB``."""

    fill: str
    edge: str
    tint: str
    text: str


LIGHT = Tokens(
    win="#F2F2EF",
    panel="#FFFFFF",
    alt="#F8F8F5",
    hover="#ECECE8",
    key="#F4F4F1",
    line="#DDDDD8",
    ctl="#85867F",
    text="#1E1F22",
    text2="#505257",
    text3="#5F6166",
    accent="#4350B0",
    onacc="#FFFFFF",
    sel="#DDE1F6",
    accsoft="#E5E8F7",
    ok="#1B7048",
    warn="#855400",
    err="#AE261E",
    oksoft="#E1F1E8",
    warnsoft="#FBF0DA",
    errsoft="#FBE6E3",
    stage="#1A1B1D",
    wave="#9A9B95",
)

DARK = Tokens(
    win="#1A1B1E",
    panel="#222428",
    alt="#27292E",
    hover="#2E3136",
    key="#2F3237",
    line="#373A40",
    ctl="#7F838C",
    text="#E8E9EB",
    text2="#B6B9BF",
    text3="#A8ACB4",
    accent="#A9B3FF",
    onacc="#15172C",
    sel="#343B66",
    accsoft="#30365C",
    ok="#6CCB9B",
    warn="#E9B44C",
    err="#FF8F83",
    oksoft="#1F3A2C",
    warnsoft="#3B301B",
    errsoft="#45251F",
    stage="#0F1011",
    wave="#70747C",
)

TOKEN_NAMES = tuple(field.name for field in fields(Tokens))

_GROUPS: dict[str, tuple[str, tuple[str, str, str], tuple[str, str, str]]] = {
    "vermilion": ("#D55E00", ("#D55E00", "#F2CFB2", "#B34F00"), ("#D55E00", "#5F381A", "#DA711F")),
    "green": ("#009E73", ("#009E73", "#B2E2D5", "#007B5A"), ("#009E73", "#164D42", "#05A076")),
    "blue": ("#0072B2", ("#0072B2", "#B2D5E8", "#0072B2"), ("#0F7AB7", "#163F57", "#3D94C4")),
    "sky": ("#56B4E9", ("#4794BF", "#CCE8F8", "#377395"), ("#56B4E9", "#34556A", "#56B4E9")),
    "orange": ("#E69F00", ("#BD8200", "#F8E2B2", "#8F6300"), ("#E69F00", "#654E1A", "#E69F00")),
    "rose": ("#CC79A7", ("#C474A0", "#F0D7E5", "#975A7C"), ("#CC79A7", "#5C4153", "#CC79A7")),
    "yellow": ("#F0E442", ("#958D29", "#FAF7C6", "#736D20"), ("#F0E442", "#686531", "#F0E442")),
    "grey": ("#7A7C82", ("#7A7C82", "#D7D8DA", "#6B6D72"), ("#7A7C82", "#404247", "#8A8C91")),
}

GROUP_SLOTS = tuple(_GROUPS)
"""Slot names in the order in which a new group takes the next free one; grey is for procedure."""


def tokens_of(scheme: Scheme) -> Tokens:
    """The table of the light or the dark scheme.

    Raises:
        ValueError: `scheme` is SYSTEM, which names no table before the desktop was asked.
    """
    if scheme is Scheme.SYSTEM:
        raise ValueError("the system scheme has no colours of its own; resolve it to light or dark")
    return LIGHT if scheme is Scheme.LIGHT else DARK


@cache
def group_of(slot: str, scheme: Scheme) -> GroupColours:
    """The colours of one group slot.

    Raises:
        ValueError: no slot has this name; the message lists those there are.
    """
    if slot not in _GROUPS:
        known = ", ".join(GROUP_SLOTS)
        raise ValueError(f"{slot!r} is no colour slot; an ethogram may name {known}")
    fill, light, dark = _GROUPS[slot]
    edge, tint, text = light if scheme is Scheme.LIGHT else dark
    return GroupColours(fill=fill, edge=edge, tint=tint, text=text)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two ``#RRGGBB`` colours by the WCAG 2 formula, 1 to 21."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
