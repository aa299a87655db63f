"""The Export step: tables for other programs."""
