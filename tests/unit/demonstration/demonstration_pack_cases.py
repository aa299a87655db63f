"""The cases of the demonstration pack, put together once for the tests."""

from __future__ import annotations

from functools import cache

from ssp_coder.catalog import load_scheme
from ssp_coder.demonstration.cases import DrawnCase, PackFile, drawn_case, pack_file
from ssp_coder.demonstration.codings import session_data
from ssp_coder.demonstration.judging import reference_of
from ssp_coder.demonstration.pack import ScriptedCase, scripted_cases
from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.apply import apply

DRAWN = tuple(case.id for case in pack_file().cases if not case.bundled)


@cache
def plan() -> PackFile:
    return pack_file()


@cache
def scheme() -> Scheme:
    return load_scheme(session_data().scheme)


@cache
def drawn(case_id: str) -> DrawnCase:
    return drawn_case(case_id)


@cache
def reference(case_id: str) -> Coding:
    return reference_of(drawn(case_id), scheme(), plan().read_off)


@cache
def scripted() -> dict[str, ScriptedCase]:
    return {case.plan.id: case for case in scripted_cases(plan(), scheme())}


@cache
def coded(case_id: str) -> Coding:
    """The reference of any case, the bundled session too."""
    case = scripted()[case_id]
    coding = case.start
    for edit in case.edits:
        coding = apply(coding, edit, scheme())
    return coding


def of_group(coding: Coding, group: str, subject: str = "infant") -> list[Event]:
    return [
        event
        for event in coding.events
        if (event.code.split(".")[0], event.subject) == (group, subject)
    ]
