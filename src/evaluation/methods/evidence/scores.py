"""Evidence synthesis: what several documents say about the same things, and how it fits figures.

Findings are coded with elements of frameworks, links and conclusions with passages that are about
just them. Everything here counts; a count says how often something was found worth writing, not
how often it happens.

The joint display sets a figure beside findings (Guetterman, Fetters and Creswell, Annals of
Family Medicine 2015): agreeing, complementing, conflicting or silent. The contribution tables
follow Mayne (Evaluation 2012): evidence for and against, rival explanations, strength.

Arguments of the same name are the same in all functions:

- findings, frameworks, theme_elements, links, relations, conclusions, claims, dependence: tables
  as under data/raw, see `methods.evidence.tables`;
- codings: one row per finding and element, see `coded`;
- codebook, indicators: of the own survey, as published, see `disclosure.suppress`;
- own: id of the document that the survey belongs to.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

import networkx as nx
import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import each_row, labelled
from evaluation.methods.evidence.tables import (
    AGAINST,
    AIM,
    BASES,
    BOTH,
    CONTRADICTS,
    DIRECTIONS,
    FOR,
    MIXED,
    SUPPORTS,
    TABLES,
)
from evaluation.project.codebook import FILE as CODEBOOK
from evaluation.project.codebook import Codebook
from evaluation.project.config import FILE as CONFIG
from evaluation.project.folder import Folder
from evaluation.project.raw_tables.published import SUPPORT
from evaluation.stats.agreement import alpha, alpha_interval

FIELD_WORK = ("interview", "observation")
READINGS = ("most", "few", "open", "hidden")
CLASSES = ("agreeing", "complementing", "conflicting", "silent", "not_compared")
LINK_CLASSES = ("documented", "own", "elsewhere", "mixed", "contradicted", "assumed")
STRENGTHS = ("moderate", "limited", "thin")
# what a conclusion may have for it, see `contributions`
POINTS = ("figure", "field_work", "others", "unopposed")
# claims by whose they are and how they stand to a conclusion
COUNTED = tuple(f"{side}_{way}" for side in ("own", "other") for way in ("for", "against", "mixed"))
# columns of the agreement of two codings
AGREEMENT = ["variable", "k", "n", "alpha", "low", "high", "shared"]
# columns of the joint display
COMPARED = ("findings", *DIRECTIONS, "class", "ids")
JOINT = (
    *("question", "reading"),
    *(f"{side}_{name}" for side in ("own", "other") for name in COMPARED),
    "other_documents",
)


def check_references(tables: Mapping[str, pd.DataFrame], languages: Iterable[str]) -> None:
    """Raise InputError where a table refers to a document, element or link that does not exist.

    tables: by name as under data/raw (see `methods.evidence.tables`), index = line of the file;
    languages: those of the report. Every section with the status `findings` has some, and no other
    section has any, but a reason in each language. The links lead round in no circle.
    """
    elements = set(tables["frameworks"]["id"])
    known = {
        "document": set(tables["documents"]["id"]),
        "family": set(tables["families"]["id"]),
        "parent": elements,
        "theme": set(tables["cross_themes"]["id"]),
        "element": elements,
        "elements": elements,
        "from_element": elements,
        "to_element": elements,
        "tradition": elements,
        "links": set(tables["links"]["id"]),
        "link": set(tables["links"]["id"]),
        "conclusion": set(tables["conclusions"]["id"]),
        "finding": set(tables["findings"]["id"]),
        "on_document": set(tables["documents"]["id"]),
    }
    rule = "names what another table lists, separated by ;"
    for name, table in tables.items():
        for column in known.keys() & set(table.columns):
            _check_column(
                name, table[column], known[column], rule, "correct the id, or add it there"
            )
    _check_sections(tables["findings"], tables["sections"], languages)
    _check_links(tables["links"])
    for name in ("relations", "claims"):
        _check_passages(name, tables[name], tables["sections"])
    _check_dependence(tables["dependence"], tables["sections"])


def check_questions(codebook: Codebook, frameworks: pd.DataFrame) -> None:
    """Raise InputError where a question of `codebook` informs an element that `frameworks` does not
    have."""
    known = set(frameworks["id"])
    for question in codebook.questions.values():
        for element in question.elements:
            if element not in known:
                raise InputError(
                    CODEBOOK,
                    f"the elements of {question.id} stand in data/raw/frameworks.csv",
                    "correct the id, or add it there",
                    value=element,
                )


def check_registers(
    objectives: pd.DataFrame, data_basis: pd.DataFrame, codebook: Codebook, facts: pd.DataFrame
) -> None:
    """Raise InputError where a register refers to a question or fact that does not exist.

    codebook: of the survey; objectives, data_basis, facts: as under data/raw, index = line of the
    file.
    """
    ids = set(facts["id"])
    rule = "names questions of the codebook or ids of facts, separated by ;"
    questions = {*codebook.questions, *ids}
    _check_column("objectives", objectives["evidence"], questions, rule, "correct the id")
    _check_column("data_basis", data_basis["of"], ids, "is the id of a fact", "correct the id")


def _check_column(table: str, column: pd.Series, known: set[str], rule: str, remedy: str) -> None:
    for line, cell in labelled(column.items()):
        for reference in filter(None, cell.split(";")):
            if reference not in known:
                raise InputError(
                    f"data/raw/{table}.csv",
                    f"{column.name} {rule}",
                    remedy,
                    row=int(line),
                    column=str(column.name),
                    value=reference,
                )


def _check_links(links: pd.DataFrame) -> None:
    graph = nx.DiGraph()
    for line, source, target in links[["from_element", "to_element"]].itertuples():
        graph.add_edge(source, target)
        if not nx.is_directed_acyclic_graph(graph):
            raise InputError(
                "data/raw/links.csv",
                "links lead from activities to purposes and never back",
                "turn the link round, or remove it",
                row=int(line),
                column="to_element",
                value=target,
            )


def _check_sections(
    findings: pd.DataFrame, sections: pd.DataFrame, languages: Iterable[str]
) -> None:
    listed = sections.set_index(["document", "section"])["status"]
    for line, document, section in zip(
        findings.index, findings["document"], findings["section"], strict=True
    ):
        if listed.get((document, section)) != "findings":
            raise InputError(
                "data/raw/findings.csv",
                "a finding stands in a section that sections.csv lists with the status findings",
                "correct the section, or its status there",
                row=int(line),
                column="section",
                value=f"{document}: {section}",
            )
    covered = set(zip(findings["document"], findings["section"], strict=True))
    reasons = [f"reason_{language}" for language in languages]
    for line, row in labelled(sections.iterrows()):
        covers = (row["document"], row["section"]) in covered
        if row["status"] == "findings" and not covers:
            rule, remedy = "a section has findings", "code one, or say why there is none"
        elif row["status"] == "none" and not row[reasons].all():
            rule = "a section without findings has a reason"
            remedy = f"fill {', '.join(reasons)}"
        else:
            continue
        raise InputError(
            "data/raw/sections.csv",
            rule,
            remedy,
            row=int(line),
            column="status",
            value=f"{row['document']}: {row['section']}",
        )


def _check_passages(name: str, passages: pd.DataFrame, sections: pd.DataFrame) -> None:
    listed = set(zip(sections["document"], sections["section"], strict=True))
    for line, document, section in passages[["document", "section"]].itertuples():
        if (document, section) not in listed:
            _refuse_section(name, int(line), "section", document, section)


def _check_dependence(dependence: pd.DataFrame, sections: pd.DataFrame) -> None:
    listed = set(zip(sections["document"], sections["section"], strict=True))
    for line, row in labelled(dependence.iterrows()):
        for document, cell in (("document", "section"), ("on_document", "on_section")):
            for section in row[cell].split(";"):
                if (row[document], section) not in listed:
                    _refuse_section("dependence", int(line), cell, row[document], section)
        if (row["document"] == row["on_document"]) != (row["kind"] == "repeats"):
            raise InputError(
                "data/raw/dependence.csv",
                "repeats is said of sections of one document, the other kinds of two documents",
                "correct the kind, or the document",
                row=int(line),
                column="kind",
                value=row["kind"],
            )


def _refuse_section(name: str, line: int, column: str, document: str, section: str) -> NoReturn:
    raise InputError(
        f"data/raw/{name}.csv",
        f"{column} names what sections.csv lists for the document",
        "correct the section, or list it there",
        row=line,
        column=column,
        value=f"{document}: {section}",
    )


def check_claims(claims: pd.DataFrame, codebook: Codebook, facts: Iterable[str]) -> None:
    """Raise InputError where a claim names a figure that is no question of `codebook` and none of
    `facts`.

    claims: the raw table, index = line of the file; facts: ids, as in data/raw/facts.csv.
    """
    known = {*codebook.questions, *facts}
    rule = "is a question of the codebook or the id of a fact, or empty"
    _check_column("claims", claims["figure"], known, rule, "correct the id, or empty the cell")


def own_document(documents: pd.DataFrame, declared: str) -> str:
    """The document that the survey belongs to: the one declared, or the first that is listed.

    documents: a table with a column id; declared: an id, or empty. Raises InputError where another
    one is declared.
    """
    _check_declared("document", [declared], documents)
    return declared or next(iter(documents["id"]), "")


def declared_families(families: pd.DataFrame, declared: str) -> list[str]:
    """The families that are declared, separated by `;`, or all where none is.

    families: a table with a column id; declared: ids, or empty. Raises InputError where one is
    declared that is not there.
    """
    named = list(filter(None, declared.split(";")))
    _check_declared("decisive", named, families)
    return named or families["id"].tolist()


def _check_declared(parameter: str, names: list[str], table: pd.DataFrame) -> None:
    known = table["id"].tolist()
    for name in names:
        if name and name not in known:
            raise InputError(
                CONFIG,
                f"the parameter {parameter} names what there is: {', '.join(known)}",
                "correct it, or leave its value empty",
                column="parameters",
                value=name,
            )


def gathered(
    tables: Mapping[str, pd.DataFrame],
    indicators: pd.DataFrame,
    codebook: Codebook,
    families: Iterable[str],
    own: str,
) -> dict[str, pd.DataFrame]:
    """Name -> table of all that the chapters read: these tables, and what is counted from them.

    tables: by name as under data/raw, index = line of the file, which becomes the column row;
    indicators and codebook: of the own survey, as published; families: those whose elements the
    document own is held against.
    """
    codings = coded(tables["findings"])
    joint = joint_display(indicators, codebook, codings, own)
    themes = tables["theme_elements"]
    argued = {
        "link_evidence": link_evidence(
            tables["links"], tables["relations"], tables["dependence"], own
        ),
        "contributions": contributions(
            tables["conclusions"], tables["claims"], joint, tables["dependence"], own
        ),
    }
    return {
        "codings": codings,
        "recurrence": recurrence(codings, tables["frameworks"]["id"]),
        "theme_recurrence": by_theme(codings, themes),
        "joint_display": joint,
        "coding_agreement": coding_agreement(tables["findings"], tables["second_codings"]),
        "gaps": without_own_evidence(tables["frameworks"], themes, codings, families, own),
        **{
            name: table.rename_axis("row").reset_index()
            for name, table in {**tables, **argued}.items()
        },
    }


def coded(findings: pd.DataFrame) -> pd.DataFrame:
    """One row per finding and element: finding, element, central, document, direction, basis.

    findings: the raw table.

    `central` marks the element that the finding is most about, which is named first.
    """
    rows = findings.assign(element=findings["elements"].str.split(";")).explode("element")
    rows["central"] = ~rows["id"].duplicated()
    columns = ["finding", "element", "central", "document", "direction", "basis"]
    return rows.rename(columns={"id": "finding"})[columns].reset_index(drop=True)


def recurrence(codings: pd.DataFrame, elements: Iterable[str]) -> pd.DataFrame:
    """Who says it, on what basis: a row per element and document that has findings on it.

    codings: see `coded`; elements: ids in the order wanted. Columns: element, document,
    findings, promotes, hinders, mixed (counts of findings), bases (joined by `;`).
    """
    bases = codings.groupby(["element", "document"])["basis"].agg(
        lambda found: ";".join(basis for basis in BASES if basis in set(found))
    )
    return _by_document(codings, "element", elements).join(bases.rename("bases")).reset_index()


def by_theme(codings: pd.DataFrame, theme_elements: pd.DataFrame) -> pd.DataFrame:
    """The same for themes, which gather elements of several documents.

    codings: see `coded`; theme_elements: theme, element. A finding with several elements of a theme
    counts once. Columns: theme, document, findings, promotes, hinders, mixed.
    """
    once = codings.merge(theme_elements, on="element").drop_duplicates(["theme", "finding"])
    return _by_document(once, "theme", theme_elements["theme"].unique()).reset_index()


def _by_document(codings: pd.DataFrame, key: str, order: Iterable[str]) -> pd.DataFrame:
    """Counts of findings, all and in each direction, for what `key` names (in this order) and
    each document."""
    counted = codings.groupby([key, "document", "direction"]).size().unstack(fill_value=0)
    counted = counted.reindex(columns=list(DIRECTIONS), fill_value=0)
    counted.insert(0, "findings", counted.sum(axis=1))
    places = {name: place for place, name in enumerate(order)}
    return counted.rename_axis(columns=None).sort_index(
        key=lambda level: level.map(places) if level.name == key else level
    )


# the joint display


def joint_display(
    indicators: pd.DataFrame, codebook: Codebook, codings: pd.DataFrame, own: str
) -> pd.DataFrame:
    """Each indicator beside the findings on the elements that its question informs.

    codings: see `coded`.

    indicators and codebook as published; own: the document that the survey belongs to. A row a
    question with a headline: question, reading (see `reading`), then for the field work of the
    own document (own_) and for the other documents (other_): findings, promotes, hinders, mixed,
    class (see `classify`) and ids (of the findings, joined by `;`), and other_documents, how many
    of them have findings.
    """
    rows = []
    for question in codebook.questions.values():
        answers = indicators[indicators["question"] == question.id]
        if not question.headline or answers.empty:
            continue
        about = codings[codings["element"].isin(question.elements)].drop_duplicates("finding")
        field_work = about[(about["document"] == own) & about["basis"].isin(FIELD_WORK)]
        others = about[about["document"] != own]
        row: dict[str, Any] = {
            "question": question.id,
            "reading": reading(
                answers[answers["option"].isin(question.headline)], question.base is not None
            ),
        }
        for prefix, found in (("own", field_work), ("other", others)):
            counts = found["direction"].value_counts().reindex(list(DIRECTIONS), fill_value=0)
            row |= {f"{prefix}_findings": len(found)}
            row |= {f"{prefix}_{direction}": int(k) for direction, k in counts.items()}
            row[f"{prefix}_class"] = classify(row["reading"], *map(int, counts))
            row[f"{prefix}_ids"] = ";".join(found["finding"])
        rows.append(row | {"other_documents": others["document"].nunique()})
    return pd.DataFrame(rows, columns=JOINT)


def reading(rows: pd.DataFrame, filtered: bool = False) -> str:
    """What a figure says of the whole population, whatever the silent would have answered.

    rows: the indicator rows of the headline; filtered: whether a filter decided who was asked.
    `most`: more than half even at the lower bound; `few`: less than half even at the upper bound;
    `open`: neither, or nobody knows how many were asked. Behind a filter there are no bounds, and
    the share of those asked is read. `hidden`: disclosure control keeps the count back.
    """
    if rows.empty or rows["k"].isna().any():
        return "hidden"
    k, n, population = int(rows["k"].sum()), int(rows["n"].iloc[0]), rows["population"].iloc[0]
    low, high, whole = k, k, n
    if pd.isna(population) and not filtered:
        return "open"
    if pd.notna(population):
        high, whole = k + int(population) - n, int(population)
    if 2 * low > whole:
        return "most"
    return "few" if 2 * high < whole else "open"


def classify(reading: str, promotes: int, hinders: int, mixed: int) -> str:
    """How findings stand to a figure, by their direction.

    reading: of the figure, see `reading`; promotes, hinders, mixed: counts of findings.

    `silent`: there are none. `agreeing`: at least two thirds point where the figure points, so
    promote where most have it and hinder where few have it. `conflicting`: at least two thirds
    point the other way. `complementing`: they say both, or explain a figure that is open.
    `not_compared`: the figure is hidden.
    """
    total = promotes + hinders + mixed
    if reading == "hidden":
        return "not_compared"
    if total == 0:
        return "silent"
    along, against = (hinders, promotes) if reading == "few" else (promotes, hinders)
    if reading == "open" or max(along, against) * 3 < total * 2:
        return "complementing"
    return "agreeing" if along > against else "conflicting"


# what is argued


def witnesses(documents: Iterable[str], dependence: pd.DataFrame) -> int:
    """How many independent witnesses some documents are: those that build on each other are one.

    documents: ids; dependence: the raw table. What two documents build on may make a third one
    with both: it is the same evidence that comes back.
    """
    graph = nx.Graph()
    graph.add_edges_from(zip(dependence["document"], dependence["on_document"], strict=True))
    wanted = set(documents)
    graph.add_nodes_from(wanted)
    return sum(not wanted.isdisjoint(group) for group in nx.connected_components(graph))


def told_once(passages: pd.DataFrame, dependence: pd.DataFrame) -> pd.DataFrame:
    """The passages without those in a section that repeats others of the same document.

    passages: relations or claims; dependence: the raw table.
    """
    repeats = dependence[dependence["kind"] == "repeats"]
    again = {
        (document, section)
        for document, sections in zip(repeats["document"], repeats["section"], strict=True)
        for section in sections.split(";")
    }
    places = zip(passages["document"], passages["section"], strict=True)
    return passages[pd.Series([place not in again for place in places], passages.index, bool)]


def link_evidence(
    links: pd.DataFrame, relations: pd.DataFrame, dependence: pd.DataFrame, own: str
) -> pd.DataFrame:
    """The evidence on each link of a theory of change: passages about the relation itself.

    links, relations, dependence: the raw tables; own: id of the own document.

    An aim is no evidence, and what a document repeats counts once (see `told_once`). Returns the
    links with own_supports, other_supports, contradicts, mixed and aims (counts of relations) and
    class: `mixed`, where some contradict it, or no more support it than say both; `contradicted`,
    where some contradict it and none supports it; else `documented` (supported here and in a
    document that is independent of this one), `own`, `elsewhere`; `assumed` (no evidence).
    """
    once = told_once(relations, dependence)
    rows = []
    for link in each_row(links):
        about = once[once["link"] == link.id]
        is_aim = about["basis"] == AIM
        said = about[~is_aim]
        supporting = said[said["direction"] == SUPPORTS]
        mine = supporting["document"] == own
        contradicts, mixed = ((said["direction"] == way).sum() for way in (CONTRADICTS, MIXED))
        rows.append(
            {
                "own_supports": int(mine.sum()),
                "other_supports": int((~mine).sum()),
                "contradicts": int(contradicts),
                "mixed": int(mixed),
                "aims": int(is_aim.sum()),
                "class": _link_class(supporting["document"], contradicts, mixed, dependence, own),
            }
        )
    columns = ["own_supports", "other_supports", "contradicts", "mixed", "aims", "class"]
    return links.join(pd.DataFrame(rows, links.index, columns))


def _link_class(
    supporting: pd.Series, contradicts: int, mixed: int, dependence: pd.DataFrame, own: str
) -> str:
    """The class of a link; supporting: the document of each relation that supports it."""
    if contradicts and supporting.empty:
        return "contradicted"
    if contradicts or (mixed and len(supporting) <= mixed):
        return "mixed"
    documents = set(supporting)
    if not documents:
        return "assumed"
    if own not in documents:
        return "elsewhere"
    return "documented" if witnesses(documents, dependence) > 1 else "own"


def contributions(
    conclusions: pd.DataFrame,
    claims: pd.DataFrame,
    joint: pd.DataFrame,
    dependence: pd.DataFrame,
    own: str,
) -> pd.DataFrame:
    """Evidence for and against each conclusion, and how strong it is.

    conclusions, claims, dependence: the raw tables; own: id of the own document; joint: see
    `joint_display`.

    Claims are counted, each judged by itself, and what a document repeats counts once (see
    `told_once`). Returns the conclusions with own_for, own_against, own_mixed, other_for,
    other_against, other_mixed (counts of claims), other_documents (independent ones with claims
    for it, see `witnesses`), the points it has and its strength. There are four points: `figure`,
    a figure that shows what the conclusion claims, whatever those who did not answer would have
    answered; `field_work`, two claims of the own field work for it; `others`, claims for it in two
    other documents that are independent of this one and of each other; `unopposed`, fewer than a
    quarter of all claims against it. `moderate`: three or four points; `limited`: two; `thin`:
    fewer. None is strong, because a rival explanation that nobody has examined stands beside each.
    """
    once = told_once(claims, dependence)
    once = once[once["basis"] != AIM]
    # whatever is no question is a fact, which is counted and not asked
    open_ = set(joint.loc[joint["reading"].isin(["open", "hidden"]), "question"])
    rows = []
    for conclusion in each_row(conclusions):
        about = once[once["conclusion"] == conclusion.id]
        mine, along = about["document"] == own, about["direction"] == FOR
        figures = set(about.loc[along, "figure"]) - {""}
        elsewhere = set(about.loc[~mine & along, "document"])
        # the own document, and what builds on the same as it, is no other witness
        others = witnesses({own, *elsewhere}, dependence) - 1
        points = [
            bool(figures - open_),
            (mine & along & about["basis"].isin(FIELD_WORK)).sum() >= 2,
            others >= 2,
            (about["direction"] == AGAINST).sum() * 4 < len(about),
        ]
        strength = {4: "moderate", 3: "moderate", 2: "limited"}.get(sum(points), "thin")
        counts = {
            f"{side}_{way}": int((here & (about["direction"] == direction)).sum())
            for side, here in (("own", mine), ("other", ~mine))
            for way, direction in (("for", FOR), ("against", AGAINST), ("mixed", BOTH))
        }
        named = [name for name, has in zip(POINTS, points, strict=True) if has]
        rows.append(
            counts | {"other_documents": others, "points": ";".join(named), "strength": strength}
        )
    columns = [*COUNTED, "other_documents", "points", "strength"]
    return conclusions.join(pd.DataFrame(rows, conclusions.index, columns))


def without_own_evidence(
    frameworks: pd.DataFrame,
    theme_elements: pd.DataFrame,
    codings: pd.DataFrame,
    families: Iterable[str],
    own: str,
) -> pd.DataFrame:
    """The elements of some families on which the own document has no finding.

    frameworks, theme_elements: the raw tables; codings: see `coded`; own: id of the own document;
    families: ids of families of elements.

    Returns element, theme, theme_findings (findings of the own document on other elements of
    the same theme), other_documents (how many others have findings on the element), theme_ids
    and other_ids (of these findings, joined by `;`).
    """
    theme_of = theme_elements.set_index("element")["theme"]
    mine = codings["document"] == own
    themes = codings["element"].map(theme_of)
    rows = []
    for element in frameworks.loc[frameworks["family"].isin(list(families)), "id"]:
        here = codings["element"] == element
        if (here & mine).any():
            continue
        theme, others = theme_of.get(element), codings[here & ~mine]
        on_theme = codings.loc[mine & (themes == theme), "finding"].unique()
        rows.append(
            {
                "element": element,
                "theme": theme,
                "theme_findings": len(on_theme),
                "other_documents": others["document"].nunique(),
                "theme_ids": ";".join(on_theme),
                "other_ids": ";".join(others["finding"].unique()),
            }
        )
    columns = ["element", "theme", "theme_findings", "other_documents", "theme_ids", "other_ids"]
    return pd.DataFrame(rows, columns=columns)


def coding_agreement(findings: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """How far the second coding of the findings agrees with the first: a row a variable.

    findings, second: the raw tables `findings` and `second_codings`.

    Columns: variable (`direction`, `level`, `basis`, `elements`), k findings of n coded twice on
    which both codings say the same, and Krippendorff's alpha with its interval, low to high (see
    `stats.agreement`), missing where there is none. Of elements a finding may have several: the
    same is the same set, and alpha is that of each element given or not given. Its interval is
    left out, because the elements of a finding do not vary by themselves. `shared`: on how many
    findings the codings have one element at least in common. No rows without a second coding.
    """
    again = ("", "_again")
    both = findings.merge(second, left_on="id", right_on="finding", suffixes=again)
    if both.empty:
        return pd.DataFrame(columns=AGREEMENT)
    rows = []
    for variable in ("direction", "level", "basis"):
        pairs = both[[variable, f"{variable}_again"]]
        low, high = alpha_interval(pairs) or (None, None)
        same = int((pairs[variable] == pairs[f"{variable}_again"]).sum())
        rows.append([variable, same, len(both), alpha(pairs), low, high, None])
    sets = [
        (set(first.split(";")), set(again.split(";")))
        for first, again in zip(both["elements"], both["elements_again"], strict=True)
    ]
    used = sorted({element for pair in sets for each in pair for element in each})
    given = pd.DataFrame(
        [(element in one, element in other) for one, other in sets for element in used]
    )
    same = sum(first == again for first, again in sets)
    shared = sum(not first.isdisjoint(again) for first, again in sets)
    rows.append(["elements", same, len(both), alpha(given.astype(int)), None, None, shared])
    kinds = {"alpha": "float64", "low": "float64", "high": "float64", "shared": "Int64"}
    return pd.DataFrame(rows, columns=AGREEMENT).astype(kinds)


def verdicts_by_support(objectives: pd.DataFrame) -> pd.DataFrame:
    """How many objectives of each verdict have which support.

    A verdict is the evaluator's. Support says whether the data can carry it: `supported`, `partly`
    (self-report, a proxy, one point in time), `not_assessable` (nothing was measured) or
    `contradicted` (the data say otherwise).

    objectives: one row an objective, with columns verdict and support. Returns counts, a row a
    verdict and a column for each support, in that order.
    """
    counted = objectives.groupby(["verdict", "support"]).size().unstack(fill_value=0)
    return counted.reindex(columns=list(SUPPORT), fill_value=0)


def _check_folder(folder: Folder) -> None:
    if all(map(folder.has_raw, TABLES)):
        raw = {name: folder.read_raw(name) for name in TABLES}
        check_references(raw, folder.config().languages)
        codebook = folder.codebook()
        check_questions(codebook, raw["frameworks"])
        facts = folder.read_raw("facts")["id"] if folder.has_raw("facts") else ()
        check_claims(raw["claims"], codebook, facts)


CHECKS = (_check_folder,)
