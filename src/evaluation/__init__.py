"""Evaluation reports: from survey data to a published report in Danish and English.

Twelve rooms import one way only, each from those before it: base, language, project and stats,
disclosure and exchange, survey, report, methods and notebook, publish and scaffold; `cli` has the
commands. What notebooks need first stands here; the answers with their labels, for an analysis of
one's own, are in `evaluation.report.explore`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluation.project.folder import Folder
    from evaluation.report.report import open_report

__all__ = ["Folder", "open_report"]


def __getattr__(name: str) -> Any:
    # both are slow to import, and the command line begins without them
    if name == "Folder":
        from evaluation.project.folder import Folder

        return Folder
    if name == "open_report":
        from evaluation.report.report import open_report

        return open_report
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
