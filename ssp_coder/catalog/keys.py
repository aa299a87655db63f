"""Which keys a key map or a modifier may use."""

from __future__ import annotations

import re

from ssp_coder.domain.chords import EXTRA_KEYS

_PRINTABLE = re.compile(r"[a-z0-9`\-=\[\]\\;',./]")
_RESERVED = re.compile(
    r"(?:.+\+)?(?:space|left|right|up|down|escape|esc|tab|enter|return|backspace|delete|insert"
    r"|home|end|pageup|pagedown|f(?:\d|1[0-2])| )"
    r"|.*(?:ctrl|control|alt|meta|cmd|super)\+.*",
    re.IGNORECASE,
)


def key_problem(key: str, *, shift: bool = True) -> str:
    """Why a key cannot be used, empty when it can.

    Args:
        key: sign on a US keyboard in lower case, ``q`` or ``shift+q``; or a key that jog wheels
            and pedals send, ``f13`` or ``media_play``.
        shift: whether a combination with Shift is allowed.
    """
    if _RESERVED.fullmatch(key):
        return "belongs to the program"
    plain = key.removeprefix("shift+") if shift else key
    if plain in EXTRA_KEYS or _PRINTABLE.fullmatch(plain):
        return ""
    if plain.lower() in EXTRA_KEYS or _PRINTABLE.fullmatch(plain.lower()):
        return "must be written in lower case"
    return "is not a key of the US layout"
