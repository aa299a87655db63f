"""Comments, flags and questions: written beside the work, listed, answered, settled."""
