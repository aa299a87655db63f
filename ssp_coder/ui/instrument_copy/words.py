"""Words for kinds of instruments and for what a difference concerns."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ssp_coder.catalog.differences import Concern
from ssp_coder.catalog.tree_differences import DifferenceKind


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("instrument_copy", words)


def kind_words(kind: str) -> str:
    """A kind of data file, for people."""
    return {
        "scheme": tr("Whole scheme"),
        "procedure": tr("Procedure"),
        "ethogram": tr("Codes"),
        "scale": tr("Scale"),
        "profile_table": tr("Bands"),
        "decision_table": tr("Decision table"),
        "discriminant_table": tr("Discriminant table"),
        "keymap": tr("Key map"),
        "wording": tr("Wording"),
    }.get(kind, kind)


def concern_words(concern: Concern) -> str:
    """What a difference may change, in a word or two."""
    return {
        Concern.SUGGESTION: tr("Suggestion"),
        Concern.RECORDING: tr("Recording"),
        Concern.WORDING: tr("Wording only"),
    }[concern]


def change_words(kind: DifferenceKind) -> str:
    """What happened to a thing."""
    return {
        DifferenceKind.ADDED: tr("added"),
        DifferenceKind.REMOVED: tr("removed"),
        DifferenceKind.CHANGED: tr("changed"),
    }[kind]
