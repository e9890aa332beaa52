"""The door to the engine: drafts read and checked, rules in plain words, what an adopted scheme asks for."""

import re
from collections.abc import Iterator
from typing import Any

from kaohe.checking.admission import admit, check_draft
from kaohe.errors import BadInput, Finding
from kaohe.expressions.facets import label_facet
from kaohe.expressions.structure import list_facets
from kaohe.files.schemes.plain_sheets import read_plain_sheets
from kaohe.files.schemes.reading import read_written_scheme
from kaohe.files.schemes.sheets import find_setting
from kaohe.files.tables.addresses import number_column
from kaohe.language import Text
from kaohe.renderings.prose import describe_rule
from kaohe.scheme import queries
from kaohe.scheme.digest import list_written
from kaohe.scheme.draft import Scheme
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.reading import read_model
from kaohe_web.schemes.asking import AskedFigure
from kaohe_web.schemes.sheets import SETTINGS, RuleReading, SheetFinding, Sheets

_CELL = re.compile(r"([A-Z]*)([0-9]*)")
EDITED = "编辑中的方案"


def check_sheets(sheets: Sheets) -> list[SheetFinding]:
    """Everything the checker finds, at its cell."""
    try:
        found = check_draft(read_plain_sheets(sheets, EDITED))
    except BadInput as fault:
        found = list(fault.findings)
    return [_place_finding(finding) for finding in found]


def _place_finding(finding: Finding) -> SheetFinding:
    letters, digits = _CELL.fullmatch(finding.place.cell).groups()  # type: ignore[union-attr]
    return SheetFinding(
        severity=finding.severity.value,
        kind=finding.kind,
        sheet=finding.place.sheet,
        row=int(digits or 0),
        column=number_column(letters) if letters else 0,
        wrong=finding.wrong,
        remedy=finding.remedy,
    )


def admit_sheets(sheets: Sheets) -> Scheme:
    """The scheme of sheets. Raises BadInput with every blocking finding."""
    return admit(read_plain_sheets(sheets, EDITED))


def admit_document(document: Any) -> Scheme:
    """The scheme of an adopted document. Raises BadInput where it is none."""
    return admit(read_written_scheme(document, ""))


def write_document(scheme: Scheme) -> dict[str, Any]:
    """A scheme as the plain tree of its YAML, numbers as exact text."""
    written: dict[str, Any] = _plain(list_written(scheme.model))
    return written


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inside) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inside) for inside in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def read_headline(sheets: Sheets) -> tuple[str, str, int]:
    """Code, name and year of a scheme, however faulty the rest is; empty, or 0, where not written."""
    rows = [row for name in (SETTINGS, "scheme") for row in sheets.get(name, [])]
    settings = {find_setting(row[0]): row[1].strip() for row in rows if len(row) > 1 and row[0]}
    digits = re.search(r"[0-9]{4}", settings.get(("period",), ""))
    year = int(digits[0]) if digits else 0
    return settings.get(("code",), ""), settings.get(("name",), ""), year


def read_rules(sheets: Sheets) -> list[RuleReading]:
    """Every indicator's rule beside its verbatim text; nothing while the sheets are not well formed."""
    try:
        model, _ = read_model(read_plain_sheets(sheets, EDITED))
    except BadInput:
        return []
    leaves = queries.iterate_leaves(model) if model else iter(())
    return [_read_rule(leaf) for leaf in leaves if leaf.rule is not None]


def _read_rule(leaf: IndicatorNode) -> RuleReading:
    steps = describe_rule(queries.leaf_expression(leaf))
    return RuleReading(leaf.code, leaf.name, leaf.text, tuple(step.sentence for step in steps))


def list_asked(scheme: Scheme) -> list[AskedFigure]:
    """Every figure the scheme asks for, in the order written; targets stand in the scheme and are not asked."""
    leaves = queries.iterate_leaves(scheme.model)
    return [asked for leaf in leaves for asked in _ask_leaf(leaf, scheme)]


def _ask_leaf(leaf: IndicatorNode, scheme: Scheme) -> Iterator[AskedFigure]:
    units = [unit for unit in scheme.model.units if queries.applies_to(leaf, unit)]
    reduced = set(queries.leaf_rule(leaf).reduced)
    for facet in list_facets(queries.leaf_expression(leaf)):
        if facet.name in reduced or facet.name in queries.PLANNED_FACETS:
            continue
        yield AskedFigure(
            figure=leaf.figure or f"{scheme.model.code}.{leaf.code}",
            indicator=leaf.code,
            name=leaf.name,
            facet=facet.name,
            facet_name=label_facet(facet).zh,
            measure=leaf.unit,
            decimals=leaf.decimals,
            owner=leaf.owner,
            lead=leaf.lead,
            reporter=leaf.reporter,
            frequency=leaf.frequency or "year",
            due=leaf.due,
            vintage=leaf.vintage,
            cutoff=leaf.cutoff,
            needs_evidence=leaf.evidence,
            units=tuple(unit.code for unit in units),
        )


def list_differences(before: Scheme, after: Scheme) -> list[tuple[str, Text, str, str]]:
    """What differs between two schemes, indicator by indicator: code, field, before, after."""
    old, new = _flatten(before), _flatten(after)
    return [
        (code, _name_field(field), old.get((code, field), ""), new.get((code, field), ""))
        for code, field in dict.fromkeys([*old, *new])
        if old.get((code, field), "") != new.get((code, field), "")
    ]


def _name_field(field: str) -> Text:
    described = IndicatorNode.model_fields.get(field)
    if described is None:
        return Text(field, field)
    return Text(described.title or field, described.description or field)


def _flatten(scheme: Scheme) -> dict[tuple[str, str], str]:
    """Every field of every indicator as text; what stands outside the indicators under an empty code."""
    written = write_document(scheme)
    flat = {("", key): _write_text(value) for key, value in written.items() if key != "indicators"}
    return flat | dict(_flatten_nodes(written["indicators"]))


def _flatten_nodes(nodes: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, str], str]]:
    for node in nodes:
        for key, value in node.items():
            if key != "children":
                yield (node["code"], key), _write_text(value)
        yield from _flatten_nodes(node.get("children", []))


def _write_text(value: Any) -> str:
    if isinstance(value, dict):
        return "；".join(f"{key}={_write_text(inside)}" for key, inside in value.items())
    if isinstance(value, list):
        return "、".join(_write_text(inside) for inside in value)
    return str(value)
