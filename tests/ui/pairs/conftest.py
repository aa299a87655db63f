from tests.fixtures.videos import clip_factory

__all__ = ["clip_factory"]
