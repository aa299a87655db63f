from tests.fixtures.sounds import sound_factory
from tests.fixtures.videos import clip_factory

__all__ = ["clip_factory", "sound_factory"]
