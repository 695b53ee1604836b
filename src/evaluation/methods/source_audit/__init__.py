"""The audit of a published source: its scores and its chapter."""
