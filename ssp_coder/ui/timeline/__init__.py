"""The timeline: one painted widget that shows what was coded, when, and what is not yet."""
