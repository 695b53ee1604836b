"""Meetings and grants: their scores and their chapter."""
