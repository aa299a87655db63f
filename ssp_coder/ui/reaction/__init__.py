"""How late a coder reacts: measured by tapping, taken off the times of what is coded in play."""
