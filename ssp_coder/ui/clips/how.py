"""How clips are made: exact, copied or as pictures; with which words; with sound or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ssp_coder.media.clip_batch import Way
from ssp_coder.reporting.clip_orders import Manner, Recording
from ssp_coder.reporting.clip_wishes import captions
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.choice import CheckBox, ComboBox
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.clips.material import Material
    from ssp_coder.ui.theme.theme import Theme


class HowPanel(Panel):
    """The manner of all clips of one export."""

    changed = Signal()

    def __init__(self, theme: Theme, material: Material, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("How"))
        self._material = material
        self._blur_refusal = ""
        segments = (
            Segment(id=Way.EXACT.value, title=self.tr("Exact")),
            Segment(id=Way.COPY.value, title=self.tr("Fast copy")),
            Segment(id=Way.PICTURE.value, title=self.tr("Pictures")),
        )
        self.kind = SegmentedControl(theme, segments, self.tr("How clips are made"), self)
        self.about = lettering(theme, "", FontUse.CAPTION, "hint")
        self.timecode = CheckBox(theme, self.tr("Time in the picture"), self)
        self.codes = CheckBox(theme, self.tr("Codes in the picture"), self)
        self.silent = CheckBox(theme, self.tr("Without sound"), self)
        self.blur = CheckBox(theme, self.tr("Blur faces"), self)
        self.camera = ComboBox(theme, self)
        self._build(theme)
        self.kind.segment_chosen.connect(self.choose)
        for box in (self.timecode, self.codes, self.silent, self.blur):
            box.toggled.connect(self._tell)
        self.camera.currentIndexChanged.connect(self._tell)
        self.choose(Way.EXACT)

    @property
    def way(self) -> Way:
        """The way chosen."""
        return Way(self.kind.chosen())

    @property
    def recording(self) -> Recording:
        """The camera chosen."""
        return self._material.recordings[max(0, self.camera.currentIndex())]

    @property
    def blurs(self) -> bool:
        """Whether faces are to be covered."""
        return self.blur.isEnabled() and self.blur.isChecked()

    def manner(self) -> Manner:
        """All of it; what is ticked and not possible in this way counts as not ticked."""
        words = self.codes.isEnabled() and self.codes.isChecked()
        return Manner(
            way=self.way,
            timecode=self.timecode.isEnabled() and self.timecode.isChecked(),
            captions=captions(self._material.coded) if words else (),
            sound=not self.silent.isChecked(),
        )

    def choose(self, kind: str) -> None:
        """Choose a way."""
        self.kind.set_chosen(kind)
        way = Way(kind)
        self.about.setText(self._about(way))
        encoded = self.tr("A fast copy leaves every picture as it is")
        for box in (self.timecode, self.codes, self.blur):
            box.setEnabled(way is not Way.COPY)
            box.setToolTip(encoded if way is Way.COPY else "")
        if way is not Way.COPY:
            self.blur.setToolTip(self.tr("You look through every clip before it is written"))
        if self._blur_refusal:
            self.blur.setEnabled(False)
            self.blur.setToolTip(self._blur_refusal)
        self.silent.setEnabled(way is not Way.PICTURE)
        self.changed.emit()

    def refuse_blur(self, reason: str) -> None:
        """Faces cannot be covered, for this reason."""
        self._blur_refusal = reason
        self.choose(self.way)

    def _about(self, way: Way) -> str:
        return {
            Way.EXACT: self.tr("Begins and ends to the frame; encoded anew as H.264."),
            Way.COPY: self.tr("Quick and without loss, but begins at the key frame before it."),
            Way.PICTURE: self.tr("One PNG each: the frame at which event or episode begins."),
        }[way]

    def _tell(self) -> None:
        self.changed.emit()

    def _build(self, theme: Theme) -> None:
        px = theme.px
        describe(self.camera, self.tr("Camera"))
        self.silent.setToolTip(self.tr("Keeps names spoken in the room private"))
        for recording in self._material.recordings:
            name = f"{recording.camera}  {recording.video.name}"
            self.camera.addItem(self.tr("Camera {0}").format(name))
        self.camera.setVisible(len(self._material.recordings) > 1)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(6))
        column.addWidget(self.kind)
        column.addWidget(self.about)
        grid = QGridLayout()
        grid.setVerticalSpacing(px(2))
        grid.addWidget(self.timecode, 0, 0)
        grid.addWidget(self.codes, 0, 1)
        grid.addWidget(self.silent, 1, 0)
        grid.addWidget(self.blur, 1, 1)
        column.addLayout(grid)
        column.addWidget(self.camera)
        self.set_body(body)
