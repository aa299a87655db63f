"""Where a person goes through a clip, looks at what must be looked at and corrects the covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.time import Micros, short_clock_text
from ssp_coder.media.covering import Covering, Origin, Patch
from ssp_coder.media.faces import SURE, Flag, FlagKind
from ssp_coder.media.faces_review import Review, Shown
from ssp_coder.media.motion import Region
from ssp_coder.ui.faces.controls import ReviewControls
from ssp_coder.ui.faces.cover_bar import CoverBar
from ssp_coder.ui.faces.flag_table import FlagTable
from ssp_coder.ui.faces.frames import ClipFrames
from ssp_coder.ui.faces.moving_keys import MovingKeys
from ssp_coder.ui.faces.picture import Box, CoverPicture
from ssp_coder.ui.faces.strip import ClipStrip
from ssp_coder.ui.faces.words import Clock, summary
from ssp_coder.ui.keys.live import follow_caps, live_keys
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from ssp_coder.ui.keys.words import chord_words
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.media.frame import Picture
    from ssp_coder.ui.player.open_video import OpenVideo
    from ssp_coder.ui.theme.theme import Theme

_NEW_SIDE = 0.16
"""Project default: a cover added by key has this share of the picture's width and height."""


class ReviewBench(QWidget):
    """The clip with its covers; every change is a step that can be taken back.

    Signals:
        changed: the covers or what was looked at changed.
        seen: more of the clip was on the screen.
    """

    changed = Signal()
    seen = Signal()

    def __init__(
        self,
        theme: Theme,
        video: OpenVideo,
        review: Review,
        offset_us: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = Clock(index=video.index, offset_us=offset_us)
        self.review = review
        self.chosen: int | None = None
        self._past: list[Review] = []
        self._shown = Shown(video.index)
        self.frames = ClipFrames(video, review.covering.frames, self)
        self.picture = CoverPicture(theme, self)
        self.strip = ClipStrip(theme, review.covering.frames, self)
        self.controls = ReviewControls(theme, self)
        self.table = FlagTable(theme, self._clock, self)
        self.cover_bar = CoverBar(theme, self._clock, self)
        self.summary = lettering(theme, "", FontUse.TABLE, "second")
        self.keys_line = lettering(theme, self._keys_words(), FontUse.CAPTION, "hint")
        self.play_stretch_button = PushButton(theme, self.tr("Play stretch"), parent=self)
        self.look_button = PushButton(theme, self.tr("Looked at"), ButtonKind.PRIMARY, self)
        self._moving = MovingKeys(self.frames, self.picture)
        self.undo_button = PushButton(theme, self.tr("Undo"), ButtonKind.QUIET, self)
        self._build()
        self._connect()
        self._add_keys()
        self.show_review(review)

    # ------------------------------------------------------------------ what is shown

    def show_review(self, review: Review) -> None:
        """Begin anew with what was found."""
        self.review, self._past, self.chosen = review, [], None
        self.summary.setText(summary(review.flags, review.finder))
        self._refresh()
        self.frames.go_to(review.covering.first)
        if review.flags:
            self.table.choose(review.flags[0])

    @property
    def unseen_us(self) -> Micros:
        """How much of the clip was never on the screen."""
        covering = self.review.covering
        whole = Flag(kind=FlagKind.NOT_SEARCHED, first=covering.first, last=covering.last)
        return self._shown.missing_us(whole)

    @property
    def touched(self) -> bool:
        """Whether a person did something here that would be lost."""
        drawn = any(patch.origin is Origin.DRAWN for patch in self.review.covering.patches)
        return drawn or bool(self._past or self.review.looked)

    def close_frames(self) -> None:
        """Let the recording go."""
        self.frames.close()

    @property
    def _here(self) -> int:
        """The frame that a person sees, and that a change is about."""
        ordinal = self.picture.ordinal
        return self.frames.at if ordinal is None else ordinal

    def _boxes(self, ordinal: int) -> tuple[Box, ...]:
        found = []
        for patch in self.review.covering.patches_at(ordinal):
            region = patch.region_at(ordinal)
            if region is not None:
                sure = patch.score >= SURE
                found.append(Box(number=patch.number, region=region, sure=sure))
        return tuple(found)

    def _show_picture(self, picture: Picture) -> None:
        self.picture.show_picture(picture, self._boxes(picture.ordinal))

    def _note_painted(self, ordinal: int) -> None:
        self._shown.add(ordinal)
        self.controls.show_moment(self._clock.time_of(ordinal), ordinal)
        self.strip.show_frame(ordinal)
        self._show_cover()
        if not self.frames.playing:
            self._show_flags()

    def _note_damaged(self, ordinal: int) -> None:
        """Nobody can look at such a frame, and nobody has to: it is left out of the clip."""
        self._shown.add(ordinal)
        if not self.frames.playing:
            self._show_flags()

    def _refresh(self) -> None:
        self.picture.show_boxes(self._boxes(self._here), self.chosen)
        self.strip.show_review(self.review, self.chosen)
        if self._past:
            self.undo_button.enable()
        else:
            self.undo_button.disable(self.tr("There is nothing to take back"))
        self._show_cover()
        self._show_flags()

    def _show_cover(self) -> None:
        here = len(self.review.covering.patches_at(self._here))
        self.cover_bar.show_patch(self._patch(), here)

    def _show_flags(self) -> None:
        self.table.show_review(self.review, self._shown)
        left = len(self.review.open)
        words = self.tr("{0} of {1} left").format(left, len(self.review.flags))
        self._flag_panel.set_note(words if self.review.flags else "")
        self._show_look_button()
        self.seen.emit()

    def _show_look_button(self) -> None:
        flag = self.table.flag
        self.play_stretch_button.setEnabled(flag is not None)
        if flag is None:
            self.look_button.disable(self.tr("Choose a stretch first"))
            return
        looked = flag in self.review.looked
        self.look_button.set_words(self.tr("Look again") if looked else self.tr("Looked at"))
        if looked:
            self.look_button.enable()
        elif missing := self._shown.missing_us(flag):
            words = self.tr("{0} of it was never on the screen: play it, or step through it")
            self.look_button.disable(words.format(short_clock_text(missing, digits=1)))
        else:
            self.look_button.enable()

    def _show_playing(self, playing: bool) -> None:
        self.controls.show_playing(playing)
        if not playing:
            self._show_flags()

    # ------------------------------------------------------------------ looking

    def toggle(self) -> None:
        """Play from here, or pause."""
        if self.frames.playing:
            self.frames.pause()
        else:
            self.frames.play()

    def play_stretch(self) -> None:
        """Play the chosen stretch from its start to its end."""
        flag = self.table.flag
        if flag is not None:
            self.frames.play_stretch(flag.first, flag.last)

    def look_at(self) -> None:
        """Note that the chosen stretch was looked at, and go to the next one; or take that back."""
        flag = self.table.flag
        if flag is None or not self.look_button.isEnabled():
            return
        again = flag in self.review.looked
        self.review = self.review.look_again(flag) if again else self.review.look_at(flag)
        self._refresh()
        self.changed.emit()
        if not again:
            self._go_to_next(flag)

    def _go_to_next(self, flag: Flag) -> None:
        later = [other for other in self.review.open if other.first >= flag.first]
        for other in (*later, *self.review.open)[:1]:
            self.table.choose(other)

    def _go_to_flag(self, flag: Flag) -> None:
        self.frames.go_to(flag.first)
        self._show_look_button()

    # ------------------------------------------------------------------ covers

    def draw(self, region: Region) -> None:
        """Add a cover: over the chosen stretch if the frame lies in it, else to the clip's end."""
        flag, here = self.table.flag, self._here
        last = self.review.covering.last
        if flag is not None and flag.first <= here <= flag.last:
            last = flag.last
        covering, self.chosen = self.review.covering.drawn(region, here, last)
        self._change(covering)

    def add(self) -> None:
        """Add a cover in the middle of the picture."""
        rest = (1 - _NEW_SIDE) / 2
        self.draw(Region(left=rest, top=rest, width=_NEW_SIDE, height=_NEW_SIDE))

    def place(self, number: int, region: Region) -> None:
        """Put a cover elsewhere in this frame."""
        patch = self.review.covering.patch(number)
        self.chosen = number
        self._change(self.review.covering.changed(patch.put(self._here, region)))

    def choose(self, number: int | None) -> None:
        """Choose a cover, or none; a picture that is worked on stands still."""
        self.frames.pause()
        self.chosen = number
        self._refresh()

    def choose_next(self) -> None:
        """Choose the next cover in this frame, in the order they were made."""
        numbers = [patch.number for patch in self.review.covering.patches_at(self._here)]
        if numbers:
            place = numbers.index(self.chosen) + 1 if self.chosen in numbers else 0
            self.choose(numbers[place % len(numbers)])

    def remove(self) -> None:
        """Take the chosen cover away."""
        patch = self._patch()
        if patch is not None:
            self.chosen = None
            self._change(self.review.covering.without(patch.number))

    def start_here(self) -> None:
        """Let the chosen cover begin with this frame."""
        patch = self._patch()
        if patch is not None:
            self._last(patch, self._here, max(self._here, patch.last))

    def end_here(self) -> None:
        """Let the chosen cover end with this frame."""
        patch = self._patch()
        if patch is not None:
            self._last(patch, min(self._here, patch.first), self._here)

    def whole_clip(self) -> None:
        """Let the chosen cover last from the first frame to the last."""
        patch = self._patch()
        if patch is not None:
            self._last(patch, self.review.covering.first, self.review.covering.last)

    def undo(self) -> None:
        """Take the last change back; what was looked at stays so."""
        if not self._past:
            return
        before = self._past.pop()
        kept = self.review.looked & set(before.flags)
        self.review = Review(
            covering=before.covering, flags=before.flags, looked=kept, finder=before.finder
        )
        self.chosen = None
        self._refresh()
        self.changed.emit()

    def _last(self, patch: Patch, first: int, last: int) -> None:
        self._change(self.review.covering.changed(patch.lasting(first, last)))

    def _change(self, covering: Covering) -> None:
        self.frames.pause()
        self._past.append(self.review)
        self.review = self.review.edited(covering)
        self._refresh()
        self.changed.emit()

    def _patch(self) -> Patch | None:
        found = (p for p in self.review.covering.patches if p.number == self.chosen)
        return next(found, None)

    # ------------------------------------------------------------------ building

    def _connect(self) -> None:
        self.frames.picture_came.connect(self._show_picture)
        self.frames.trouble.connect(self.picture.show_words)
        self.frames.damaged.connect(self._note_damaged)
        self.frames.playing_changed.connect(self._show_playing)
        self.picture.painted.connect(self._note_painted)
        self.picture.size_changed.connect(self.frames.fit)
        self.picture.box_drawn.connect(self.draw)
        self.picture.box_placed.connect(self.place)
        self.picture.box_chosen.connect(self.choose)
        self.strip.frame_wished.connect(self.frames.go_to)
        self.controls.toggle_requested.connect(self.toggle)
        self.controls.step_requested.connect(self.frames.step)
        self.controls.rate_chosen.connect(self.frames.set_rate)
        self.controls.blurred.toggled.connect(self.picture.set_blurred)
        self.table.flag_chosen.connect(self._go_to_flag)
        self.play_stretch_button.clicked.connect(self.play_stretch)
        self.look_button.clicked.connect(self.look_at)
        self.undo_button.clicked.connect(self.undo)
        self.cover_bar.add_requested.connect(self.add)
        self.cover_bar.next_requested.connect(self.choose_next)
        self.cover_bar.start_requested.connect(self.start_here)
        self.cover_bar.end_requested.connect(self.end_here)
        self.cover_bar.whole_requested.connect(self.whole_clip)
        self.cover_bar.removal_requested.connect(self.remove)

    def _add_keys(self) -> None:
        """Keys of the picture while it has the focus, and those of the whole window."""
        moving, picture = self._moving, self.picture
        commands = (("toggle", self.toggle), *moving.commands())
        keys = (
            *(WindowKey(command=name, act=act, over=picture) for name, act in commands),
            *(WindowKey(key=key, act=act, over=picture) for key, act in moving.cover_keys()),
            *(WindowKey(key=key, act=act) for key, act in self._window_keys()),
            WindowKey(command="undo", act=self.undo),
        )
        WindowKeys(self, keys)
        follow_caps(self.undo_button, "undo")
        live_keys().changed.connect(self._show_keys)
        self.play_stretch_button.set_keys(("P",))
        self.look_button.set_keys(("L",))

    def _window_keys(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (
            ("P", self.play_stretch),
            ("L", self.look_at),
            ("N", self.add),
            ("C", self.choose_next),
            ("[", self.start_here),
            ("]", self.end_here),
            ("W", self.whole_clip),
            ("Del", self.remove),
            ("B", self.controls.blurred.toggle),
        )

    def _build(self) -> None:
        px = self._theme.px
        left = QVBoxLayout()
        left.setSpacing(px(6))
        left.addWidget(self.picture, 1)
        left.addWidget(self.strip)
        left.addWidget(self.controls)
        left.addWidget(self.keys_line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addLayout(left, 1)
        row.addWidget(self._side())

    def _show_keys(self) -> None:
        self.keys_line.setText(self._keys_words())

    def _keys_words(self) -> str:
        words = self.tr(
            "In the picture: {0} plays, {1} and {2} step a frame, {3} and {4} a second; "
            "arrows with Alt move the chosen cover, with Alt and Shift they resize it. "
            "B shows outlines only."
        )
        names = ("toggle", "back_frame", "forward_frame", "back_second", "forward_second")
        keys = (chord_words(live_keys().shown(name)) for name in names)
        return words.format(*(key or self.tr("no key") for key in keys))

    def _side(self) -> QWidget:
        px = self._theme.px
        side = QWidget(self)
        side.setFixedWidth(px(372))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._flag_panel = Panel(self._theme, self.tr("Look at"), side)
        self._flag_panel.set_body(self._flags_body())
        column.addWidget(self._flag_panel, 1)
        covers = Panel(self._theme, self.tr("Covers"), side)
        covers.add_to_title(self.undo_button)
        covers.set_body(self.cover_bar)
        column.addWidget(covers)
        return side

    def _flags_body(self) -> QWidget:
        px = self._theme.px
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(6))
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.play_stretch_button)
        row.addStretch(1)
        row.addWidget(self.look_button)
        column.addLayout(row)
        return body
