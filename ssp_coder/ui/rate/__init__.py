"""The Rate step: scales beside the episodes they are rated in, anchors, evidence, timed facts."""
