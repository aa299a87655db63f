"""A rule table held against numbers: fitted to a laboratory's own codings, counted, compared."""
