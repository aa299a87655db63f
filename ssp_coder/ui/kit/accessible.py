"""Roles for screen readers: a painted widget says what it is through a class attribute."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

ROLE_ATTRIBUTE = "ACCESSIBLE_ROLE"


def describe(widget: QWidget, name: str, description: str = "") -> None:
    """Give a widget its spoken name and, where the name is not enough, its description.

    Args:
        widget: the widget that is spoken of.
        name: what it is and shows, for instance ``Contact, touching, open``.
        description: how it is used.
    """
    if widget.accessibleName() != name:
        widget.setAccessibleName(name)
    if widget.accessibleDescription() != description:
        widget.setAccessibleDescription(description)


@cache
def install_roles() -> None:
    """Let Qt ask painted widgets for their role; further calls change nothing."""
    QAccessible.installFactory(_interface)


def _interface(_class_name: str, subject: object) -> QAccessibleInterface | None:
    role = getattr(subject, ROLE_ATTRIBUTE, None)
    if role is None or not isinstance(subject, QWidget):
        return None
    return QAccessibleWidget(subject, role)
