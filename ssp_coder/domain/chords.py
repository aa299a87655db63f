"""Keys as commands hold them: a chord such as ``Ctrl+Shift+K``, and what may be one.

Codes go by single keys instead, named by their sign on a US keyboard. Keys that jog wheels and
pedals send, function keys past the twelfth and those for media, may serve either.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_ORDER = ("Ctrl", "Alt", "Shift", "Meta")
_MODIFIERS = {name.lower(): name for name in _ORDER} | {"control": "Ctrl"}

EXTRA_KEYS = {
    **{f"f{number}": f"F{number}" for number in range(13, 25)},
    "media_play": "Media Play",
    "media_pause": "Media Pause",
    "media_toggle": "Toggle Media Play/Pause",
    "media_previous": "Media Previous",
    "media_next": "Media Next",
    "media_stop": "Media Stop",
    "volume_up": "Volume Up",
    "volume_down": "Volume Down",
    "volume_mute": "Volume Mute",
}
"""Keys beside the letters that may record a code: their sign in key maps, and their name in
chords."""

_WAYS_OUT = ("Esc", "Return", "Enter", "Tab", "Backtab")
_IN_LISTS = ("Up", "Down", "Home", "End", "PgUp", "PgDown", "Backspace", "Del", "Ins")
_NAMED = (
    *_WAYS_OUT,
    *_IN_LISTS,
    *("Left", "Right", "Space", "Pause", "Menu", "Back", "Forward"),
    *(f"F{number}" for number in range(1, 36)),
    *EXTRA_KEYS.values(),
)
_BY_NAME = {name.lower(): name for name in _NAMED} | {
    "escape": "Esc", "delete": "Del", "insert": "Ins", "pageup": "PgUp", "pagedown": "PgDown",
}  # fmt: skip
_SIGN_OF = {name: sign for sign, name in EXTRA_KEYS.items()}


class KeyProblem(StrEnum):
    """Why a chord cannot carry out a command."""

    NONE = "none"
    NOT_A_KEY = "not_a_key"
    WAY_OUT = "way_out"
    IN_LISTS = "in_lists"
    PLAIN = "plain"

    @property
    def sentence(self) -> str:
        """The fact in English, for the command line."""
        return {
            KeyProblem.NONE: "",
            KeyProblem.NOT_A_KEY: "is not a key",
            KeyProblem.WAY_OUT: "confirms, leaves or moves on everywhere",
            KeyProblem.IN_LISTS: "moves and deletes in lists and fields",
            KeyProblem.PLAIN: "types or codes; a command needs Ctrl or Alt with it",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chord:
    """A key and the keys held with it.

    Attributes:
        key: a sign in upper case, ``K``, or a name, ``Left``.
        held: of Ctrl, Alt, Shift, Meta, in this order.
    """

    key: str
    held: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As the program and Qt's portable text write it."""
        return "+".join((*self.held, self.key))

    @property
    def sign(self) -> str:
        """The sign by which a key map names the same key, empty when no code can have it."""
        sign = _SIGN_OF.get(self.key, "")
        if not sign or self.held not in ((), ("Shift",)):
            return ""
        return f"shift+{sign}" if self.held else sign

    @property
    def problem(self) -> KeyProblem:
        """Why no command can have it; NONE when one can."""
        if set(self.held) - {"Shift"}:
            return KeyProblem.NONE
        if self.key in _WAYS_OUT:
            return KeyProblem.WAY_OUT
        if self.key in _IN_LISTS:
            return KeyProblem.IN_LISTS
        return KeyProblem.PLAIN if len(self.key) == 1 else KeyProblem.NONE


def chord(text: str) -> Chord | None:
    """The chord that a text names, in whatever order and case; None when it names none."""
    head, plus, key = text.rpartition("+")
    if text == "+":
        head, plus, key = "", "", "+"
    elif text.endswith("++"):
        head, plus, key = text[:-2], "+", "+"
    named = _BY_NAME.get(key.strip().lower(), key.strip().upper())
    held = {_MODIFIERS.get(part.strip().lower(), "") for part in head.split("+")} if plus else set()
    single = len(named) == 1 and named.isprintable() and not named.isspace()
    if "" in held or not (single or named in _NAMED):
        return None
    return Chord(key=named, held=tuple(name for name in _ORDER if name in held))


def chord_problem(text: str) -> KeyProblem:
    """Why a text cannot stand for the key of a command; NONE when it can."""
    found = chord(text)
    return KeyProblem.NOT_A_KEY if found is None else found.problem


def chord_of_sign(sign: str) -> Chord | None:
    """The chord that presses the same key as a key map's sign, where a command may have it."""
    plain = sign.removeprefix("shift+")
    if plain not in EXTRA_KEYS:
        return None
    return Chord(key=EXTRA_KEYS[plain], held=("Shift",) if plain != sign else ())
