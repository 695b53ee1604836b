"""Evaluation reports: from survey data to a published report in Danish and English.

Modules are named after what they hold and import one way only: configuration and formats
(level 0), pure functions on data frames (1), what a chapter calls (2), execution and
publishing (3), commands (4).
"""
