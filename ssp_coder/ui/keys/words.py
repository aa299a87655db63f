"""How keys are named on caps and in sentences."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.chords import EXTRA_KEYS, KeyProblem, chord

SHIFT = "\N{UPWARDS WHITE ARROW}"
"""Stands for Shift where there is little room."""

_MAC_HELD = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧", "Meta": "⌃"}


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("keys", words)


def key_name(name: str) -> str:
    """The name of one key, as it stands on a key cap."""
    return {
        "Ctrl": tr("Ctrl"),
        "Shift": tr("Shift"),
        "Alt": tr("Alt"),
        "Meta": tr("Meta"),
        "Space": tr("Space"),
        "Return": tr("Enter"),
        "Enter": tr("Keypad Enter"),
        "Esc": tr("Esc"),
        "Left": tr("Left"),
        "Right": tr("Right"),
        "Up": tr("Up"),
        "Down": tr("Down"),
        "Home": tr("Home"),
        "End": tr("End"),
        "PgUp": tr("PgUp"),
        "PgDown": tr("PgDown"),
        "Backspace": tr("Backspace"),
        "Del": tr("Del"),
        "Ins": tr("Ins"),
        "Media Play": tr("Play key"),
        "Media Pause": tr("Pause key"),
        "Toggle Media Play/Pause": tr("Play/Pause key"),
        "Media Previous": tr("Previous key"),
        "Media Next": tr("Next key"),
        "Media Stop": tr("Stop key"),
        "Volume Up": tr("Volume up"),
        "Volume Down": tr("Volume down"),
        "Volume Mute": tr("Mute key"),
    }.get(name, name)


def caps(text: str, platform: str = sys.platform) -> tuple[str, ...]:
    """The caps of a chord, one a key: ``("Ctrl", "Z")``."""
    found = chord(text)
    if found is None:
        return (text,) if text else ()
    held = (_MAC_HELD[name] if platform == "darwin" else key_name(name) for name in found.held)
    return (*held, key_name(found.key))


def chord_words(text: str, platform: str = sys.platform) -> str:
    """A chord in a sentence, ``Ctrl+Z``."""
    return ("" if platform == "darwin" else "+").join(caps(text, platform))


def sign_words(sign: str) -> str:
    """A code's key as it stands on a cap: ``Q``, or an arrow before it where Shift is held."""
    plain = sign.removeprefix("shift+")
    name = key_name(EXTRA_KEYS[plain]) if plain in EXTRA_KEYS else plain.upper()
    return name if plain == sign else f"{SHIFT}{name}"


def problem_words(problem: KeyProblem, key: str) -> str:
    """Why a key cannot be given to a command."""
    return {
        KeyProblem.NONE: "",
        KeyProblem.NOT_A_KEY: tr("{0} is no key that the program knows."),
        KeyProblem.WAY_OUT: tr("{0} is kept free: it confirms, leaves or moves on everywhere."),
        KeyProblem.IN_LISTS: tr("{0} is kept free: it moves and deletes in lists and fields."),
        KeyProblem.PLAIN: tr("{0} alone types and codes. Hold Ctrl or Alt with it."),
    }[problem].format(key)
