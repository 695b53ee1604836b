"""The phases of a collaboration: their scores and their chapter."""
