"""The instrument browser: procedure, codes, scales, rules and keys as a person reads them."""
