"""The video of the session that is settled, found beside any of its codings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.media.whereabouts import Match, find_media
from ssp_coder.ui.player.open_video import CameraSource
from ssp_coder.ui.training.picture import CasePicture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ssp_coder.domain.coding import Media


class SessionPicture(CasePicture):
    """A picture that loops, of the videos of a coding."""

    def open_media(
        self,
        media: tuple[Media, ...],
        beside: Iterable[Path],
        video_of: Callable[[str], str],
    ) -> None:
        """Open the videos of a session in the background.

        Args:
            media: the videos.
            beside: coding files in whose folders they are looked for.
            video_of: where a video was found before, by its fingerprint.
        """
        self.leave()
        self.stage.show_cameras(media)
        files = tuple(beside)
        sources = tuple(self._source(one, files, video_of) for one in media)
        self.stage.player.open_cameras(sources)
        if not media:
            self.stage.view.show_words(self.tr("No video is attached to these codings."))

    def _source(
        self, media: Media, files: tuple[Path, ...], video_of: Callable[[str], str]
    ) -> CameraSource:
        for file in files:
            found = find_media(media, file, video_of)
            if found.match is Match.SAME:
                return CameraSource(path=found.path, offset_us=media.offset_us)
        words = self.tr("{0} is not where it was. Open one of the codings and find it there.")
        return CameraSource(path=None, words=words.format(media.name))
