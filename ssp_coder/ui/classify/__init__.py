"""The Classify step: the own class first, then what the rule table suggests."""
