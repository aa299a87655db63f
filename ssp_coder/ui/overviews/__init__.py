"""What the timeline shows of the recording itself, worked out in the background."""
