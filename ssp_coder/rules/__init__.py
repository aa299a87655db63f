"""From a coding and a rule table to a verdict with its reasons; and the audit of a table."""
