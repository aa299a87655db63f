"""Why an edit is refused."""

from __future__ import annotations

from ssp_coder.domain.finding import DomainError, Finding


class EditRefusedError(DomainError):
    """The edit would make the coding wrong; the coding stays as it was."""


def refuse(code: str, message: str, remedy: str = "", *, place: str = "") -> EditRefusedError:
    """The error for one refused edit.

    Args:
        code: dotted name of the reason, such as ``event.after_session_end``.
        message: the fact, one clause.
        remedy: what the coder can do.
        place: what it is about.
    """
    return EditRefusedError(Finding(code=code, message=message, remedy=remedy, place=place))
