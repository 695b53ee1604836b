"""Variables with missing values that are letters, .a to .z, as Stata and SAS keep them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from evaluation.exchange.reading.grid import one_line
from evaluation.exchange.reading.labelled import Variable, label_text, texts_of, told_missing


def lettered(
    name: str, values: pd.Series, meta: Any, moment: Callable[[float], str | None] | None
) -> Variable:
    """A variable as pyreadstat reads it: a letter among numbers is a missing value.

    meta: of its file; moment: what writes the numbers, where they are days or times.
    """
    labels = {
        value: label_text(value, label)
        for value, label in meta.variable_value_labels.get(name, {}).items()
    }
    missing = ""
    kind = meta.readstat_variable_types[name]
    if kind == "string":
        values = texts_of(values)
    else:
        letters = values.map(_is_letter).astype(bool)
        told = {f".{letter}": label for letter, label in labels.items() if _is_letter(letter)}
        missing = told_missing([f".{letter}" for letter in values[letters]], told)
        values = pd.to_numeric(values.where(~letters)).astype("float64")
        if kind == "float":
            # 0.2 in four bytes is 0.20000000298 in eight
            values = values.map(lambda value: float(str(np.float32(value))))
        labels = {float(value): label for value, label in labels.items() if not _is_letter(value)}
    return Variable(
        name=name,
        text=one_line(meta.column_names_to_labels[name] or "") or name,
        values=values,
        labels=dict(sorted(labels.items())),
        missing=missing,
        moment=moment,
    )


def _is_letter(value: Any) -> bool:
    return isinstance(value, str)
