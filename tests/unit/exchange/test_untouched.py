"""exchange.reading.untouched: who was asked and answered nothing is no respondent."""

import pytest
from exports import told, written

from evaluation.exchange.reading.recognise import read_export


@pytest.fixture
def export(tmp_path):
    def read(columns: dict[str, list[str]]):
        path = tmp_path / "svar.csv"
        rows = [list(columns), *(list(row) for row in zip(*columns.values(), strict=True))]
        path.write_bytes(written(rows, ";", "utf-8"))
        return read_export(path)

    return read


@pytest.mark.parametrize(
    ("status", "done", "waiting"),
    [
        ("Status", "Gennemført", "Distribueret"),
        ("Respondent status", "Complete", "Not started"),
        ("Svarsstatus", "Besvarad", "Ej besvarad"),
        ("Einladungsstatus", "Beendet", "Eingeladen"),
        ("État de la réponse", "Terminé", "Non commencé"),
        ("Status", "Fullført", "Sendt ut"),
    ],
)
def test_who_has_a_region_and_no_answer_is_left_out_by_the_status(export, status, done, waiting):
    found = export(
        {
            "Region": ["Nord", "Syd"] * 10,
            status: [*[done] * 8, *[waiting] * 12],
            "Var det godt?": [*["Ja", "Nej"] * 4, *[""] * 12],
        }
    )
    assert len(found.responses) == 8
    assert told(found, "untouched_left_out") == [("svar.csv", f"{waiting} × 12")]


def test_who_answered_a_part_is_a_respondent(export):
    found = export(
        {
            "Region": ["Nord", "Syd"] * 10,
            "Status": [*["Gennemført"] * 8, *["Nogen svar"] * 12],
            "Var det godt?": ["Ja", "Nej"] * 10,
            "Kommer du igen?": [*["Ja", "Nej"] * 4, *[""] * 10, "Ja", "Nej"],
        }
    )
    assert len(found.responses) == 20 and not told(found, "untouched_left_out")


def test_rows_without_any_further_answer_are_doubted_without_a_status(export):
    answers = [*["Ja", "Nej"] * 4, *[""] * 12]
    asked = {"Var det godt?": answers, "Kommer du igen?": answers}
    found = export({"Region": ["Nord", "Syd"] * 10, **asked})
    assert told(found, "may_be_untouched") == [("Region", "12")]
    # a question that filters the others is an answer
    filters = export({"Deltog du?": [*["Ja"] * 8, *["Nej"] * 12], **asked})
    assert not told(filters, "may_be_untouched")
    assert len(filters.responses) == 20
