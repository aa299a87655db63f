"""The picture on the screen: exact frames, one clock, and the bar that moves it."""
