"""Every sentence that the program says, found in its source.

Run as a script it writes sentences that a language file lacks into it, with an empty translation,
and takes out those that are said no more.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.source_tree import PACKAGE

WORD_CALLS = frozenset(("tr", "_noop", "noted"))
MESSAGE_CALLS = {
    "refuse": (1, 2),
    "refused": (1, 2),
    "_refuse": (1, 2),
    "Finding": (1, 3),
    "finding": (1, 2),
    "_finding": (1, 2),
    "_work": (2, 2),
    "_fault": (2, 3),
    "_refusal": (0, 0),
    "refusal": (1, 2),
}
MESSAGE_WORDS = frozenset(("message", "remedy"))
_LETTER = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True)
class Said:
    """A sentence and where it is said."""

    words: str
    place: str


def call_name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def template(node: ast.expr) -> str | None:
    """The text of a literal, with {0}, {1} in the place of what a formatted one fills in."""
    if not isinstance(node, ast.JoinedStr):
        return literal(node)
    parts, number = [], 0
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value))
        else:
            parts.append(f"{{{number}}}")
            number += 1
    return "".join(parts)


def literals(node: ast.expr) -> Iterator[str]:
    """Every literal that an argument can be: both sides of a choice count."""
    if isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif (words := literal(node)) is not None:
        yield words


def modules(part: str) -> Iterator[tuple[Path, ast.Module]]:
    start = PACKAGE / part
    for path in sorted(start.rglob("*.py")) if start.is_dir() else [start]:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def calls(part: str) -> Iterator[tuple[str, ast.Call]]:
    for path, tree in modules(part):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def window_words() -> Iterator[Said]:
    """What the window passes through ``tr`` or notes for it."""
    for place, call in calls("ui"):
        name = call_name(call)
        if name in WORD_CALLS and call.args:
            yield from (Said(words, place) for words in literals(call.args[0]))
        elif name == "translate" and len(call.args) > 1:
            yield from (Said(words, place) for words in literals(call.args[1]))


CORE_PARTS = (
    "editing",
    "rules/consistency.py",
    "formats/cells.py",
    "formats/errors.py",
    "formats/foreign_timeline.py",
    "formats/overlaps.py",
    "formats/pair_reading.py",
    "formats/protocol_file.py",
    "formats/timeline_import.py",
    "formats/timeline_reading.py",
    "reporting/agreement_inputs.py",
    "reporting/clip_names.py",
    "storage/consensus_file.py",
)
"""Parts of the core whose messages the window shows as they are."""


def core_messages() -> Iterator[Said]:
    """What the core says, as templates: refusals, what is missing, what an import finds."""
    for place, node in core_nodes():
        words = template(node)
        if words and " " in words and _LETTER.search(words):
            yield Said(words, place)


def core_nodes() -> Iterator[tuple[str, ast.expr]]:
    """Where the core says something: in calls, and in what it names a message first."""
    for part in CORE_PARTS:
        for place, call in calls(part):
            named = [word.value for word in call.keywords if word.arg in MESSAGE_WORDS]
            first, end = MESSAGE_CALLS.get(call_name(call), (0, 0))
            counted = call_name(call) in MESSAGE_CALLS
            for node in (*named, *call.args[first : end + 1 if counted else 0]):
                yield place, node
        for path, tree in modules(part):
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign) and is_message(node.targets[0]):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node.value


def is_message(target: ast.expr) -> bool:
    """Whether a name holds what will be said."""
    return isinstance(target, ast.Name) and target.id in MESSAGE_WORDS


def quoted(words: str) -> str:
    """A basic string of TOML."""
    out = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{out}"'


def written(tables: dict[str, dict[str, str]]) -> str:
    lines = ["# What the program says in English, and the same in this language."]
    for name, table in tables.items():
        lines += ["", f"[{name}]"]
        lines += [f"{quoted(source)} = {quoted(table[source])}" for source in sorted(table)]
    return "\n".join(lines) + "\n"


def brought_up(path: Path) -> tuple[int, int]:
    """Write a language file anew; how many sentences it has, and how many lack a translation."""
    there = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    parts = {}
    for name, said in (("words", window_words()), ("messages", core_messages())):
        known = there.get(name, {})
        parts[name] = {one.words: known.get(one.words, "") for one in said}
    for context, table in there.get("contexts", {}).items():
        parts[f"contexts.{context}"] = table
    path.write_text(written(parts), encoding="utf-8")
    sentences = [text for table in parts.values() for text in table.values()]
    return len(sentences), sum(not text for text in sentences)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        there, lacking = brought_up(Path(name))
        sys.stdout.write(f"{name}: {there} sentences, {lacking} without a translation\n")
