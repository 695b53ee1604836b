"""Bridge-building: its scores and its chapter."""
