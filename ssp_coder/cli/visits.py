"""What is known of the visit, given on the command line."""

from __future__ import annotations

from argparse import ArgumentParser

from ssp_coder.domain.coding import Coding, VisitAnswer
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.procedure import EpisodeId, Procedure, VisitFieldId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.apply import apply
from ssp_coder.editing.edits import RecordVisit

_OPTION = "--visit"


def add_visit_arguments(parser: ArgumentParser) -> None:
    """Declare how questions about the visit are answered."""
    parser.add_argument(
        _OPTION,
        metavar="QUESTION=ANSWER",
        action="append",
        default=[],
        help="what is known of the visit, one answer each time; QUESTION.EPISODE=ANSWER where it "
        "is asked of episodes; what the procedure asks stands in its file, and all may stay open",
    )


def visit_edits(given: tuple[str, ...], coding: Coding, scheme: Scheme) -> tuple[RecordVisit, ...]:
    """The edits that record the answers, each tried on the coding.

    Raises:
        DomainError: an answer cannot be understood, or the procedure does not take it.
    """
    edits = tuple(RecordVisit(answer=_answer(words, scheme.procedure)) for words in given)
    for edit in edits:
        coding = apply(coding, edit, scheme)
    return edits


def _answer(words: str, procedure: Procedure) -> VisitAnswer:
    question, sign, value = words.partition("=")
    name, _, episode = question.strip().partition(".")
    known = tuple(field.id for field in procedure.visit_fields)
    if not sign:
        raise _refusal(words, "says no answer", "write QUESTION=ANSWER")
    if name not in known:
        asked = f"use one of {', '.join(known)}" if known else "leave it out; it asks nothing"
        raise _refusal(words, f"procedure {procedure.id} does not ask for {name!r}", asked)
    field = procedure.visit_field(VisitFieldId(name))
    return VisitAnswer(
        field=field.id,
        value=_number(words, value.strip()) if field.kind.is_number else value.strip(),
        episode=EpisodeId(episode) if episode else None,
    )


def _number(words: str, value: str) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) < 20):
        raise _refusal(words, f"{value!r} is no whole number", "write a whole number")
    return int(value)


def _refusal(words: str, message: str, remedy: str) -> DomainError:
    return DomainError(
        Finding(code="visit.argument", message=message, place=f"{_OPTION} {words}", remedy=remedy)
    )
