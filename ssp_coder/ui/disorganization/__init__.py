"""The D pass: indices of disorganization, the 1-9 scale and the explicit decision."""
