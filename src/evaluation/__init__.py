"""Evaluation reports: from survey data to a published report in Danish and English.

Twelve rooms import one way only, each from those before it: base, language, project and stats,
disclosure and exchange, survey, report, methods and notebook, publish and scaffold; `cli` has the
commands. What notebooks need first stands here.
"""

from evaluation.project.folder import Folder
from evaluation.report.report import open_report

__all__ = ["Folder", "open_report"]
