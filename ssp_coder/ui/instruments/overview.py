"""What a scheme is made of: names, versions, hashes, sources, and what is a project default."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.reading import read_instrument
from ssp_coder.domain.scheme import SuggestionPolicy, UnlockPolicy
from ssp_coder.domain.words import Origin, Provenance, english
from ssp_coder.ui.instruments.sheet import Sheet
from ssp_coder.ui.instruments.words import origin_word
from ssp_coder.ui.kit.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssp_coder.domain.ruletable import RuleTable
    from ssp_coder.domain.scheme import Scheme, SchemeFile
    from ssp_coder.ui.theme.theme import Theme

SHA_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One data file of a scheme.

    Attributes:
        sources: pairs of key and source, as the file lists them.
    """

    path: str
    title: str
    version: str
    sha256: str
    sources: tuple[tuple[str, str], ...]


class OverviewPage(QWidget):
    """Left the files, right where the statements come from."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self.files = Sheet(theme, self.tr("Files of the scheme"), self)
        self.origins = Sheet(theme, self.tr("Where statements come from"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        for title, sheet in (
            (str(scheme.title), self.files),
            (self.tr("Origin of statements"), self.origins),
        ):
            panel = Panel(theme, title, self)
            panel.set_body(sheet)
            row.addWidget(panel, 1)
        self._show_files()
        self._show_origins()

    def _show_files(self) -> None:
        sheet, scheme = self.files, self._scheme
        sheet.add_source(scheme.provenance)
        sheet.add_fact(self.tr("Scheme"), f"{scheme.id} {scheme.version}")
        sheet.add_fact(self.tr("System"), scheme.system)
        sheet.add_fact(self.tr("Suggestion"), self._policy_words(scheme.suggestion))
        sheet.add_fact(self.tr("Locked codings"), self._unlock_words(scheme.unlock))
        sheet.add_fact(self.tr("Hash of all"), scheme.sha256[:SHA_DIGITS])
        sheet.add_heading(self.tr("Files"))
        for part in parts_of(scheme):
            words = f"{part.title} {part.version}\n{part.path}\n{part.sha256[:SHA_DIGITS]}"
            sheet.add_fact(part.path.rsplit("/", 2)[-2], words)

    def _show_origins(self) -> None:
        sheet = self.origins
        counted = Counter(stated.origin for _, stated in statements_of(self._scheme))
        sheet.add_text(self.tr("Statements by their origin:"), "second")
        for origin in Origin:
            if counted[origin]:
                sheet.add_fact(origin_word(origin), str(counted[origin]))
        sheet.add_heading(self.tr("Project default, not published: statements by part"))
        defaults = Counter(
            part
            for part, stated in statements_of(self._scheme)
            if stated.origin is Origin.PROJECT_DEFAULT
        )
        for part, count in defaults.items():
            sheet.add_fact(part, str(count))
        if self._scheme.dimensions:
            sheet.add_heading(self.tr("Dimension scores: means of ratings"))
        for dimension in self._scheme.dimensions:
            parts = [
                f"{self.tr('turned')} {p.input}" if p.turned else p.input for p in dimension.parts
            ]
            words = f"{dimension.title} ({dimension.id}): {', '.join(parts)}"
            sheet.add_statement(words, dimension.provenance)
        sheet.add_heading(self.tr("Sources"))
        listed: dict[str, None] = {}
        for file in parts_of(self._scheme):
            for _, source in file.sources:
                listed.setdefault(source)
        for source in listed:
            sheet.add_text(source)

    def _policy_words(self, policy: SuggestionPolicy) -> str:
        return {
            SuggestionPolicy.NEVER: self.tr("never shown"),
            SuggestionPolicy.AFTER_OWN: self.tr("shown after the coder's own class"),
            SuggestionPolicy.ALWAYS: self.tr("always shown"),
        }[policy]

    def _unlock_words(self, policy: UnlockPolicy) -> str:
        if policy is UnlockPolicy.NEVER:
            return self.tr("stay locked for good")
        return self.tr("may be unlocked with a reason, which is kept")


def parts_of(scheme: Scheme) -> tuple[Part, ...]:
    """The data files of a scheme; of one that an older form of file holds, the name and hash."""
    return tuple(_part(file) for file in scheme.files)


def statements_of(scheme: Scheme) -> Iterator[tuple[str, Provenance]]:
    """Every statement with an origin, and the part of the instrument it stands in."""
    yield str(scheme.title), scheme.provenance
    procedure, table = str(scheme.procedure.title), str(scheme.rules.title)
    yield procedure, scheme.procedure.provenance
    yield from ((procedure, plan.provenance) for plan in scheme.procedure.episodes)
    yield from ((procedure, rule.provenance) for rule in scheme.procedure.length_rules)
    for code in scheme.ethogram.codes():
        yield str(scheme.ethogram.title), code.provenance
    for scale in scheme.scales:
        yield str(scale.title), scale.provenance
        yield from ((str(scale.title), anchor.provenance) for anchor in scale.anchors)
        yield from ((str(scale.title), hinge.provenance) for hinge in scale.hinges)
    yield table, scheme.rules.provenance
    yield from ((table, stated) for stated in rule_origins(scheme.rules))


def rule_origins(table: RuleTable) -> Iterator[Provenance]:
    """The origin of every group, rule and profile of a table."""
    yield from (group.provenance for group in table.groups)
    yield from (rule.provenance for rule in table.main)
    yield from (profile.provenance for profile in table.profiles)
    yield from (overlay.provenance for overlay in table.overlays)
    if table.disorganization is not None:
        yield table.disorganization.provenance


def _part(file: SchemeFile) -> Part:
    name = file.path.rsplit("/", 1)[-1]
    try:
        record = read_instrument(file.path, file.content, file.path).record
    except CatalogError:
        return Part(path=file.path, title=name, version="", sha256=file.sha256, sources=())
    title = record.title if isinstance(record.title, str) else record.title.get("en", name)
    return Part(
        path=file.path,
        title=str(english(title)),
        version=record.version,
        sha256=file.sha256,
        sources=tuple(getattr(record, "sources", {}).items()),
    )
