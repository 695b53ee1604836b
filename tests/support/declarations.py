"""What a school programme declares in the place of what a method brings, in its items.yml."""

import json

HOSTILE = "<b>Pupils</b> *of* year 7 | $x$ [a](b) `{python} 1`"


def single(question: str, options: dict[str, str], label: str = "Group") -> dict:
    """A question whose options (code -> label) an evaluation declares in two languages."""
    return {
        "id": question,
        "type": "single",
        "question": dict.fromkeys(["da", "en"], "Who?"),
        "label": dict.fromkeys(["da", "en"], label),
        "options": [
            {"code": code, "label": dict.fromkeys(["da", "en"], text)}
            for code, text in options.items()
        ],
    }


def items(*questions: dict) -> str:
    """An items.yml; JSON is YAML."""
    return json.dumps({"questions": list(questions)})
