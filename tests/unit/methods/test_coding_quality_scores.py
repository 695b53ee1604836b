"""coding_quality: agreement between coders, and saturation over cases."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from fragments import fragment
from hypothesis import given
from hypothesis import strategies as st
from refusals import refusal, tells
from scipy.stats import binom

from evaluation.disclosure import exactly, ranges
from evaluation.methods.coding_quality.scores import (
    agreement,
    check_codings,
    cohen_kappa,
    fleiss_kappa,
    given_or_not,
    one_code_each,
    overall,
    per_code,
    saturation,
)
from evaluation.methods.coding_quality.tables import TABLES
from evaluation.project.raw_tables import read_raw_table
from evaluation.stats import agreement as stats_agreement
from evaluation.stats.agreement import RESAMPLES, SCALES, alpha, alpha_interval

# Krippendorff (2011), Computing Krippendorff's alpha-reliability, part C: four observers of
# twelve units, 0 where one did not code
C_DATA = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3),
    (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
)
# Fleiss' kappa, worked example of Wikipedia: ten subjects, fourteen raters, five categories
FLEISS = (
    *((0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1)),
    *((7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7)),
)


@pytest.fixture
def c_data() -> pd.DataFrame:
    return pd.DataFrame(C_DATA, dtype=float).T.replace(0, np.nan)


def two_by_two(both: int, first: int, second: int, neither: int) -> pd.DataFrame:
    """Codings of two coders: how often both said yes, only one, none."""
    pairs = [("yes", "yes")] * both + [("yes", "no")] * first
    pairs += [("no", "yes")] * second + [("no", "no")] * neither
    return pd.DataFrame(pairs, columns=["ann", "bo"])


def units_of(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=["unit", "case", "coders"], index=range(2, 2 + len(rows)), dtype=str
    )


def codings_of(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=["unit", "coder", "code"], index=range(2, 2 + len(rows)), dtype=str
    )


# agreement


@pytest.mark.parametrize(
    ("scale", "published"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_the_published_alphas_are_reproduced(c_data, scale, published):
    assert alpha(c_data, scale) == pytest.approx(published, abs=5e-4)


def test_alpha_is_one_less_observed_over_expected_disagreement_pair_by_pair():
    # two coders, nominal, Krippendorff (2011), part A: ten units, alpha = 0.095
    first, second = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    table = pd.DataFrame({"meg": first, "owen": second})
    assert alpha(table) == pytest.approx(0.095, abs=5e-4)


def test_the_published_kappas_are_reproduced():
    table = pd.DataFrame([np.repeat(np.arange(5), row) for row in FLEISS])
    assert fleiss_kappa(table) == pytest.approx(0.210, abs=5e-4)
    assert cohen_kappa(two_by_two(20, 5, 10, 15)) == pytest.approx(0.40)


def test_alpha_of_complete_nominal_codings_is_fleiss_kappa_for_a_small_sample():
    # Krippendorff: alpha = 1 - (1 - kappa) (n - 1) / n for n codings, with pooled marginals
    table = pd.DataFrame([np.repeat(np.arange(5), row) for row in FLEISS])
    n = table.size
    assert alpha(table) == pytest.approx(1 - (1 - fleiss_kappa(table)) * (n - 1) / n)


codings = st.lists(st.tuples(*[st.sampled_from([None, 1, 2, 3])] * 3), min_size=1, max_size=8).map(
    pd.DataFrame
)


@pytest.mark.slow
@given(codings, st.sampled_from(SCALES))
def test_alpha_does_not_depend_on_the_order_of_units_and_coders(table, scale):
    turned = table.iloc[::-1, [2, 0, 1]]
    first, second = alpha(table, scale), alpha(turned, scale)
    assert (first is None) == (second is None)
    assert first is None or first == pytest.approx(second)
    assert first is None or first <= 1


@pytest.mark.slow
@given(codings)
def test_units_that_one_coder_coded_play_no_part(table):
    alone = pd.DataFrame([(3, None, None), (None, 1, None)])
    longer = pd.concat([table, alone], ignore_index=True)
    assert alpha(table, "ordinal") == alpha(longer, "ordinal")


@pytest.mark.slow
@given(codings, st.floats(0.5, 3), st.floats(-2, 2))
def test_only_the_order_counts_on_an_ordinal_and_only_proportions_on_an_interval_scale(
    table, factor, shift
):
    numbers = table.astype(float)
    found = alpha(numbers, "interval")
    stretched = alpha(numbers * factor + shift, "interval")
    assert stretched == (None if found is None else pytest.approx(found))
    assert alpha(numbers**3, "ordinal") == alpha(numbers, "ordinal")


@pytest.mark.parametrize("rows", [[], [(1, None)], [(1, 1), (1, 1)]])
def test_where_agreement_cannot_show_there_is_no_alpha_and_no_interval(rows):
    table = pd.DataFrame(rows, columns=["ann", "bo"])
    assert alpha(table) is None
    assert alpha_interval(table) is None
    assert cohen_kappa(table) is None


def test_zero_has_no_distance_from_itself_on_a_ratio_scale():
    assert alpha(pd.DataFrame([(0, 0), (0, 2), (1, 1)]), "ratio") == pytest.approx(
        # observed: 2 coincidences at distance 1; expected: 0-2 and 0-1 at 1, 1-2 at 1/9
        1 - 5 * 2 / (2 * (3 * 1 + 3 * 2 + 1 * 2 / 9))
    )


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: alpha(two_by_two(1, 1, 1, 1), "likert"), "not 'likert'"),
        (lambda: alpha(two_by_two(1, 1, 1, 1), "ordinal"), "are numbers"),
        (lambda: alpha(pd.DataFrame([(-1, 1)]), "ratio"), "not negative"),
        (lambda: alpha_interval(two_by_two(1, 1, 1, 1), resample="coders"), "not 'coders'"),
        (lambda: cohen_kappa(pd.DataFrame([(1, 2, 3)])), "two coders, not 3"),
        (lambda: fleiss_kappa(pd.DataFrame([(1, 2), (1, None)])), "1, 2 codings"),
        (lambda: fleiss_kappa(pd.DataFrame([(1,), (2,)])), "1 codings"),
    ],
)
def test_what_cannot_be_compared_is_refused(call, told):
    with pytest.raises(ValueError, match=told):
        call()


@pytest.mark.slow
@pytest.mark.parametrize("resample", RESAMPLES)
@pytest.mark.parametrize("scale", SCALES)
def test_the_interval_holds_alpha_and_is_repeated_by_its_seed(c_data, scale, resample):
    low, high = alpha_interval(c_data, scale, resample=resample)
    assert low < alpha(c_data, scale) < high <= 1
    assert alpha_interval(c_data, scale, resample=resample) == (low, high)
    by_seed = [alpha_interval(c_data, scale, resample=resample, draws=25, seed=i) for i in range(5)]
    assert len(set(by_seed)) > 1
    inner = alpha_interval(c_data, scale, confidence=0.5, resample=resample)
    assert low < inner[0] < inner[1] < high


def test_resampled_units_are_all_the_resamples_there_are(monkeypatch):
    # three units give 27 equally likely draws, of which those without variation have no alpha
    monkeypatch.setattr(stats_agreement, "LOST", 1)
    table = pd.DataFrame([(1, 1), (2, 2), (1, 2)])
    every = [alpha(table.iloc[list(drawn)]) for drawn in product(range(3), repeat=3)]
    expected = np.quantile([each for each in every if each is not None], [0.1, 0.9])
    assert alpha_interval(table, confidence=0.8) == pytest.approx(tuple(expected))


@pytest.mark.slow
@pytest.mark.parametrize(("times", "size"), [(1, 50), (6, 100)])
def test_resampled_pairs_follow_krippendorff_s_algorithm(times, size):
    # two coders of 50 units, or 300, three in ten of them coded apart: M = min(25 * 4, units)
    # pairs, each apart with p = 0.3, against the disagreement expected of n = 100 or 600 codings
    n = 100 * times
    expected = 2 * 55 * times * 45 * times / (n * (n - 1))
    table = two_by_two(20 * times, 5 * times, 10 * times, 15 * times)
    low, high = alpha_interval(table, resample="pairs", draws=40_000)
    apart = binom.ppf([0.975, 0.025], size, 0.3)
    assert (low, high) == pytest.approx(tuple(1 - apart / size / expected))


def test_draws_of_one_agreeing_cell_are_left_out(monkeypatch):
    monkeypatch.setattr(stats_agreement, "LOST", 1)
    # M = 2 pairs: any other draw has a pair apart, which is no better than chance here
    table = pd.DataFrame([("a", "a"), ("a", "b")])
    assert alpha_interval(table, resample="pairs")[1] == 0


def test_resampled_pairs_are_too_sure_of_themselves_with_several_coders(c_data):
    pairs, units = (alpha_interval(c_data, resample=by) for by in ("pairs", "units"))
    assert units[0] < pairs[0] < pairs[1] < units[1]


def test_coders_who_never_disagree_get_no_interval():
    table = two_by_two(3, 0, 0, 3)
    assert alpha(table) == 1
    assert all(alpha_interval(table, resample=by) is None for by in RESAMPLES)


# the tables


UNITS = "unit,case,coders\nu1,north,ann;bo\nu2,north,ann\nu3,south,ann;bo\n"
CODINGS = "unit,coder,code\nu1,ann,trust\nu1,bo,time\nu3,ann,trust\n"


@pytest.fixture
def read(tmp_path):
    def read(name: str, content: str) -> pd.DataFrame:
        path = tmp_path / f"{name}.csv"
        path.write_text(content, "utf-8")
        return read_raw_table(path, name)

    return read


def test_the_tables_are_read_and_fit_together(read):
    codings, units = read("codings", CODINGS), read("coding_units", UNITS)
    check_codings(codings, units)
    assert given_or_not(codings, units, "trust").fillna(-1).to_numpy().tolist() == [
        [1, 0],
        [0, -1],
        [1, 0],
    ]
    assert one_code_each(codings, units).fillna("").to_numpy().tolist() == [
        ["trust", "time"],
        ["", ""],
        ["trust", ""],
    ]


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("codings", "u3,ann", "u9,ann", "row 4, column unit: is a unit of data/raw/coding_units"),
        (
            "codings",
            "u3,ann",
            "u2,bo",
            "row 4, column coder: is one of the coders who read u2: ann",
        ),
        ("coding_units", "north,ann\n", "north,ann;ann\n", "row 3, column coders: names each"),
        ("coding_units", "north,ann\n", "north,ann;\n", "row 3, column coders: names each coder"),
    ],
)
def test_references_that_lead_nowhere_are_refused(read, table, old, new, told):
    content = {"codings": CODINGS, "coding_units": UNITS}
    assert old in content[table]
    content[table] = content[table].replace(old, new)
    codings, units = (
        read("codings", content["codings"]),
        read("coding_units", content["coding_units"]),
    )
    tells(refusal(check_codings, codings, units), f"data/raw/{table}.csv, {told}", "Remedy: ")


def test_the_items_cover_the_columns_of_the_tables():
    codebook = fragment("coding_quality")
    columns = {column for table, _ in TABLES.values() for column in table}
    assert {id_.removeprefix("coding_quality_") for id_ in codebook.questions} == columns


def as_tables(table: pd.DataFrame):
    """(codings, units) with these codes, each unit a case of its own, read by all coders."""
    units = units_of(*((f"u{i}", f"c{i}", ";".join(table.columns)) for i in table.index))
    codings = codings_of(
        *((f"u{i}", coder, code) for i, row in table.iterrows() for coder, code in row.items())
    )
    return codings, units


@pytest.mark.slow
def test_agreement_on_codes_that_exclude_each_other():
    found = agreement(*as_tables(two_by_two(20, 5, 10, 15))).set_index("measure")
    assert found.loc["cohen_kappa", "value"] == pytest.approx(0.4)
    assert found.loc["alpha", "value"] == pytest.approx(alpha(two_by_two(20, 5, 10, 15)))
    assert found.loc["alpha", ["units", "codings", "coders"]].tolist() == [50, 100, 2]
    assert found.loc["alpha", "low"] < 0.4 < found.loc["alpha", "high"]
    assert found.loc["cohen_kappa", ["low", "high"]].isna().all()
    assert found["reason"].isna().all()


@pytest.mark.slow
def test_codes_with_an_order_are_compared_by_it():
    levels = ["low", "middle", "high"]
    numbers = pd.DataFrame([(0, 0), (1, 2), (2, 2), (0, 1)], columns=["ann", "bo"])
    codings, units = as_tables(numbers.map(levels.__getitem__))
    ordered = agreement(codings, units, "ordinal", levels)["value"][0]
    assert ordered == pytest.approx(alpha(numbers, "ordinal"))
    numbered = agreement(*as_tables(numbers.map(str)), "interval")["value"][0]
    assert numbered == pytest.approx(alpha(numbers, "interval"))


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ((), "is a number where codes have distances"),
        (("1", "2"), "is one of the codes of the scale: 1, 2"),
    ],
)
def test_a_code_beside_the_scale_is_refused(order, told):
    codings, units = as_tables(pd.DataFrame([("1", "2"), ("2", "often")], columns=["ann", "bo"]))
    message = refusal(agreement, codings, units, "ordinal", order)
    tells(message, f"data/raw/codings.csv, row 5, column code: {told}", "'often'", "Remedy: ")


def test_two_codes_by_one_coder_are_refused_where_codes_exclude_each_other():
    units = units_of(("u1", "c1", "ann;bo"))
    codings = codings_of(("u1", "ann", "trust"), ("u1", "bo", "time"), ("u1", "ann", "time"))
    message = refusal(agreement, codings, units)
    tells(message, "data/raw/codings.csv, row 4, column code", "one code", "'time'", "per_code")


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (pd.DataFrame([("a", "a"), ("a", "a")], columns=["ann", "bo"]), "no_variation"),
        (pd.DataFrame([("a", "a"), ("b", "b")], columns=["ann", "bo"]), "no_disagreement"),
        (pd.DataFrame([("a",), ("b",)], columns=["ann"]), "no_pairs"),
        # a draw of 20 units misses the one that differs in more than a third of all draws
        (pd.DataFrame([("a", "a")] * 19 + [("a", "b")], columns=["ann", "bo"]), "too_rare"),
    ],
)
def test_why_there_is_no_number_is_told(table, reason):
    found = agreement(*as_tables(table)).iloc[0]
    assert found["reason"] == reason
    assert pd.isna(found["low"])
    assert pd.isna(found["value"]) == (reason in ("no_pairs", "no_variation"))


# code by code


@pytest.fixture
def material():
    """Twelve cases of one unit each, read by both: (codings, units)."""
    units = units_of(*((f"u{i}", f"c{i}", "ann;bo") for i in range(12)))
    rows = []
    for i in range(12):
        if i < 6:
            rows += [(f"u{i}", "ann", "trust")] + [(f"u{i}", "bo", "trust")] * (i != 0)
        if i == 3:
            rows += [(f"u{i}", "ann", "rare")]
        if i != 7:
            rows += [(f"u{i}", coder, "common") for coder in ("ann", "bo")]
    return codings_of(*rows), units


@pytest.mark.slow
def test_each_code_has_its_agreement_and_its_prevalence(material):
    found = per_code(*material, 1).set_index("code")
    trust = found.loc["trust"]
    assert trust[["cases", "of", "k", "n", "units"]].tolist() == [6, 12, 11, 24, 12]
    assert trust["prevalence"] == 11 / 24
    table = given_or_not(*material, "trust")
    assert trust["alpha"] == alpha(table)
    assert trust["kappa"] == pytest.approx(cohen_kappa(table))
    assert trust["low"] < trust["alpha"] < trust["high"]
    # 11 of 12 agree, and yet alpha is below 0: a code that is hardly ever given
    assert found.loc["rare", "alpha"] < 0.05
    assert found.loc["common", "reason"] == "no_disagreement"


def test_a_unit_that_one_coder_read_says_nothing_of_agreement():
    units = units_of(("u1", "c1", "ann"), ("u2", "c2", "bo"))
    found = per_code(codings_of(("u1", "ann", "trust")), units, 1).iloc[0]
    assert found[["cases", "k", "n", "units"]].tolist() == [1, 0, 0, 0]
    assert found["reason"] == "no_pairs"
    assert pd.isna(found["prevalence"])


def test_a_code_of_few_cases_or_of_all_but_few_is_hidden_with_all_its_figures(material):
    found = per_code(*material, 3).set_index("code")
    assert found["suppressed"].to_dict() == {"trust": False, "common": True, "rare": True}
    hidden = found[found["suppressed"]].drop(columns="suppressed")
    assert hidden.isna().all(axis=None)
    # how many of the twelve cases have it can be anything, as far as the table tells
    for code in hidden.index:
        cells = {f"{code}": None, f"not {code}": None}
        assert set(ranges(cells, [exactly(cells, 12)]).values()) == {(0, 12)}


def test_cases_are_counted_and_not_units():
    # one case with five interviews is one case
    units = units_of(*((f"u{i}", "only", "ann;bo") for i in range(5)), ("v", "other", "ann;bo"))
    codings = codings_of(*((f"u{i}", "ann", "trust") for i in range(5)))
    assert per_code(codings, units, 1)["cases"].tolist() == [1]
    assert per_code(codings, units, 2)["suppressed"].tolist() == [True]


def test_a_threshold_below_one_is_refused(material):
    with pytest.raises(ValueError, match="at least 1"):
        per_code(*material, 0)


# saturation


def brought(*new: int, interviews: int = 1):
    """(codings, units) in which the cases bring so many new codes each, and repeat the first."""
    units = units_of(
        *((f"u{i}-{j}", f"c{i}", "ann") for i in range(len(new)) for j in range(interviews))
    )
    rows = [(f"u{i}-0", "ann", f"code {i} {n}") for i, many in enumerate(new) for n in range(many)]
    repeated = [(f"u{i}-0", "ann", "code 0 0") for i in range(1, len(new))]
    return codings_of(*rows, *repeated), units


def test_saturation_is_reported_as_guest_namey_and_chen_do():
    # their example has 37 codes in the base of 4; new ones of 11 % in the first run are above
    # the threshold of 5 %, the one in the next (3 %) is not; how the 37 are spread is ours
    found = saturation(*brought(16, 10, 7, 4, 3, 1, 0, 1))
    assert (found.status, found.after, found.run) == ("reached", 5, 2)
    assert found.runs[["first", "last", "new", "base_codes"]].to_numpy().tolist() == [
        [5, 6, 4, 37],
        [6, 7, 1, 37],
        [7, 8, 1, 37],
    ]
    assert found.runs["share"].round(2).tolist() == [0.11, 0.03, 0.03]


def test_a_stricter_threshold_or_a_longer_run_takes_longer():
    material = brought(16, 10, 7, 4, 3, 1, 0, 1, 0, 0)
    assert saturation(*material, threshold=0).after == 8
    assert saturation(*material, run=3, fewest=7).after == 6
    assert saturation(*brought(5, 5, 5, 5, 5, 5, 5)).status == "not_reached"
    assert saturation(*brought(5, 5, 5, 5, 5, 5, 5)).after is None


def test_three_associations_in_three_rounds_are_three_cases_and_too_few():
    found = saturation(*brought(9, 4, 0, interviews=3))
    assert (found.status, found.cases, found.fewest) == ("not_assessable", 3, 6)
    assert found.after is None
    assert found.runs.empty


def test_no_codes_in_the_base_are_nothing_to_measure_against():
    units = units_of(*((f"u{i}", f"c{i}", "ann") for i in range(6)))
    assert saturation(codings_of(("u5", "ann", "trust")), units).status == "not_assessable"


def test_a_case_without_codes_is_a_case():
    found = saturation(*brought(4, 4, 4, 4, 0, 0))
    assert found.status == "reached"


@pytest.mark.parametrize("options", [{"fewest": 5}, {"base": 0}, {"run": 0}])
def test_too_few_cases_for_one_run_cannot_be_declared_enough(options):
    with pytest.raises(ValueError, match="cases at least"):
        saturation(*brought(1, 1, 1, 1, 1, 1), **options)


# what may stand beside each other


def one_code_a_case(*codes: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Codings and units: two coders who agree on one code a case, and one unit a case."""
    units = [(f"u{i}", f"c{i}", "ann;bo") for i in range(len(codes))]
    codings = [(f"u{i}", coder, code) for i, code in enumerate(codes) for coder in ("ann", "bo")]
    return (
        pd.DataFrame(codings, columns=["unit", "coder", "code"]),
        pd.DataFrame(units, columns=["unit", "case", "coders"]),
    )


def test_a_hidden_code_is_not_what_is_left_where_codes_exclude_each_other():
    codings, units = one_code_a_case(*"aaaaaabbbbc")
    found = per_code(codings, units, 3).set_index("code")
    assert found["suppressed"].to_dict() == {"a": False, "b": True, "c": True}
    left = 11 - int(found["cases"].sum())
    told = ranges({"b": None, "c": None}, [exactly(["b", "c"], left)], range(1, 3))
    assert all(low < high for low, high in told.values())


@pytest.mark.slow
def test_agreement_on_all_codes_is_not_told_where_a_code_is_hidden_or_codes_go_together():
    codings, units = one_code_a_case(*"aaaaabbbbb")
    assert overall(codings, units, 3)["measure"].tolist() == ["alpha", "cohen_kappa"]
    assert overall(*one_code_a_case(*"aaaaaabbbbc"), 3).empty
    assert len(overall(*one_code_a_case(*"aaaaaabbbbc"), 1)) == 2
    second = pd.DataFrame([("u0", "ann", "b")], columns=codings.columns)
    assert overall(pd.concat([codings, second], ignore_index=True), units, 1).empty


def test_the_summary_of_saturation_hides_few_cases():
    codings, units = one_code_a_case("a", "b")
    found = saturation(codings, units)
    assert found.summary(1)[["status", "cases"]].values.tolist() == [["not_assessable", 2]]
    assert found.summary(3)["cases"].isna().all()
    assert found.summary(3)["suppressed"].all()
