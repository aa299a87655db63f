"""Video files without a window: probe, frame index, exact frames, clock, playback lane, stills."""
