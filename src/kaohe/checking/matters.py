"""Findings about the data's matters: outside the period, without proof, counted twice, worth nothing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.rules.records import Matter, Records
from kaohe.scheme import queries


def _name(matter: Matter) -> tuple[str, str]:
    title = f"“{matter.title}”" if matter.title else ""
    return f"事项 {matter.code}{title}", f"matter {matter.code}"


def _find_outside_period(inspected: Inspected) -> Iterator[Fault]:
    starts, ends = inspected.model.starts or date.min, inspected.model.ends or date.max
    for matter in inspected.matters:
        is_claimed = matter.date and matter.status != "refused"
        if is_claimed and not starts <= date.fromisoformat(matter.date) <= ends:
            zh, en = _name(matter)
            yield Fault(
                inspected.place_matter(matter),
                Text(
                    f"{zh}日期 {matter.date} 不在考核期内",
                    f"{en} of {matter.date} is outside the period",
                ),
            )


MATTER_OUTSIDE_PERIOD = Kind(
    code="matter-outside-period",
    severity=Severity.WARNING,
    title=Text("事项不在考核期内", "A matter outside the period"),
    explanation=Text(
        "事项日期在考核期（starts 至 ends）之外，多半应计入其他年度，或日期填错。",
        "The matter's date lies outside the period: it belongs to another year, or the date is wrong.",
    ),
    remedy=Text(
        "请核对日期；不属本期的请改为不认定",
        "check the date; if it belongs elsewhere, refuse it here",
    ),
    example=Example("2019-05-20", "2018-05-20", "", "M1,T1", of="matters"),
    find=_find_outside_period,
    needs_data=True,
)


def _find_shared_documents(inspected: Inspected) -> Iterator[Fault]:
    by_document: dict[str, dict[str, Matter]] = defaultdict(dict)
    for matter in inspected.matters:
        if matter.document and matter.status != "refused":
            by_document[matter.document].setdefault(matter.code, matter)
    for document, matters in by_document.items():
        for matter in list(matters.values())[1:]:
            zh, en = _name(matter)
            yield Fault(
                inspected.place_matter(matter),
                Text(
                    f"{zh}与 {next(iter(matters))} 用同一依据文件 {document}",
                    f"{en} and {next(iter(matters))} rest on the same document {document}",
                ),
            )


DOCUMENT_TWICE = Kind(
    code="document-twice",
    severity=Severity.WARNING,
    title=Text("同一文件用于两件事项", "One document for two matters"),
    explanation=Text(
        "两件编号不同的事项依据同一文件，可能是一件事申报了两次；同一事项（含联合获奖）应用同一编号，只计一次。",
        "Two matters with different codes rest on one document: perhaps one fact claimed twice. One matter, joint ones "
        "included, has one code and counts once.",
    ),
    remedy=Text(
        "是同一件事的请用同一编号；不是的请注明",
        "give one code to what is one matter; if it is not, say so",
    ),
    example=Example("国办〔2019〕30号", "市委〔2019〕12号", "", "M2,D2", of="matters"),
    find=_find_shared_documents,
    needs_data=True,
)


def _find_unproved(inspected: Inspected) -> Iterator[Fault]:
    for matter in inspected.matters:
        lacking = [
            label
            for label, written in (
                (Text("依据文件", "document"), matter.document),
                (Text("日期", "date"), matter.date),
            )
            if not written
        ]
        if lacking and matter.status == "counted":
            zh, en = _name(matter)
            yield Fault(
                inspected.place_matter(matter),
                Text(
                    f"{zh}没有{'和'.join(each.zh for each in lacking)}",
                    f"{en} has no {' and no '.join(each.en for each in lacking)}",
                ),
            )


MATTER_WITHOUT_PROOF = Kind(
    code="matter-without-proof",
    severity=Severity.WARNING,
    title=Text("事项没有依据", "A matter without proof"),
    explanation=Text(
        "计入的事项须有依据文件和日期，否则无法核实是否属于本期、是否重复。",
        "A matter that counts needs a document and a date; without them nobody can say whether it belongs here, or was "
        "claimed before.",
    ),
    remedy=Text("请补上依据文件和日期", "add document and date"),
    example=Example("市委〔2019〕12号", "", "", "M1,T1", of="matters"),
    find=_find_unproved,
    needs_data=True,
)


def _find_unpriced(inspected: Inspected) -> Iterator[Fault]:
    nodes = inspected.model.nodes_by_code
    for matter in inspected.matters:
        leaf = nodes.get(matter.indicator)
        if leaf is None or leaf.rule is None or matter.status != "counted":
            continue
        reduced = queries.leaf_rule(leaf).reduce_records(Records(matters=(matter,))).facets
        if any(isinstance(cell, Absence) for cell in reduced.values()):
            zh, en = _name(matter)
            yield Fault(
                inspected.place_matter(matter),
                Text(
                    f"{zh}的级别“{matter.level}”在“{leaf.name}”中没有规定分值",
                    f'{en}: {leaf.code} says nothing about the level "{matter.level}"',
                ),
            )


MATTER_UNPRICED = Kind(
    code="matter-unpriced",
    severity=Severity.WARNING,
    title=Text("事项没有分值", "A matter worth nothing known"),
    explanation=Text(
        "事项的级别在计分办法里没有分值，事项自己也没有写明分值，该指标得分因此待定。",
        "The rule has no points for the matter's level and the matter states none, so the indicator's score stays open.",
    ),
    remedy=Text(
        "请改正级别、在计分办法中补上该级别，或写明核定分",
        "mend the level, add it to the rule, or state the matter's own points",
    ),
    example=Example("levels: {national: 1, city: 0.5}", "levels: {national: 1}", "", "M1,T1"),
    find=_find_unpriced,
    needs_data=True,
)

KINDS = (MATTER_OUTSIDE_PERIOD, DOCUMENT_TWICE, MATTER_WITHOUT_PROOF, MATTER_UNPRICED)
