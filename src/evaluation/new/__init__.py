"""A new evaluation folder from a survey export."""
