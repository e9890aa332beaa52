"""Findings about what is written beside the parameters: owner, dates, acceptance, and the verbatim text."""

import re
from collections.abc import Iterator

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.expressions.nodes import Bands, Lookup, Round, StepMode, Steps, iterate_nodes
from kaohe.language import Text
from kaohe.scheme.indicators import IndicatorNode


def _define_unsaid(key: str, code: str, label: Text, why: Text, remedy: Text, passage: str) -> Kind:
    """A kind for a key every leaf should have."""

    def find(inspected: Inspected) -> Iterator[Fault]:
        for leaf, path in inspected.leaves:
            if getattr(leaf, key) in ("", None):
                yield Fault(
                    (*path, key),
                    Text(f"“{leaf.name}”没有写明{label.zh}", f"{leaf.code} has no {label.en}"),
                )

    return Kind(
        code=code,
        severity=Severity.WARNING,
        title=Text(f"没有{label.zh}", f"No {label.en}"),
        explanation=why,
        remedy=remedy,
        example=Example(passage, "", f"indicators[0].children[0].{key}", "code: A1"),
        find=find,
    )


NO_OWNER = _define_unsaid(
    "owner", "no-owner", Text("数据来源单位", "owner"),
    Text("没有人负责提供数据，到期无人报送、出错无人更正。", "Nobody is bound to supply the figure, or to mend it."),
    Text("请写明 owner: 数据来源单位", "write owner: the department that supplies the figure"),
    "        owner: 统计局\n",
)  # fmt: skip
NO_FREQUENCY = _define_unsaid(
    "frequency", "no-frequency", Text("报送频度", "frequency"),
    Text("不写频度，就不知道何时应有数据，也谈不上逾期。", "Without it nobody knows when a figure is expected, or late."),
    Text("请写明 frequency: month、quarter、half_year、year 或 once",
         "write frequency: month, quarter, half_year, year or once"),
    "        frequency: quarter\n",
)  # fmt: skip
NO_DUE_DATE = _define_unsaid(
    "due", "no-due-date", Text("报送期限", "due date"),
    Text("没有期限就没有逾期；期后第几天或具体日期都可以。", "Without a date nothing is late; days after the period or a date."),
    Text("请写明 due: 期后天数或日期", "write due: days after the period, or a date"),
    "        due: 20\n",
)  # fmt: skip
NO_ACCEPTANCE = _define_unsaid(
    "acceptance", "no-acceptance", Text("认定依据", "acceptance text"),
    Text("不写以什么为准，年底就会为采用哪个数争执。", "Unless it is said what counts as proof, the year ends in a dispute over it."),
    Text("请写明 acceptance: 以什么数据、文件为准", "write acceptance: which figure or document decides"),
    "        acceptance: 以统计局核定数为准\n",
)  # fmt: skip
NO_TEXT = _define_unsaid(
    "text", "no-text", Text("计分办法原文", "verbatim rule text"),
    Text("参数旁须有原文，单位才能核对参数是否忠实于文件。", "Beside the parameters stands the text they were taken from, for anybody to compare."),
    Text("请写明 text: 文件中的计分办法原文", "write text: the rule as the document has it"),
    "        text: 完成目标得满分，未完成的按完成率得分，超额不加分。\n",
)  # fmt: skip

_MEASURE = r"(?:%|％|‰|百分点|个点|万元|亿元|元|吨|公里|亩|平方米|度|分贝|微克)"
_STEPWISE = re.compile(
    rf"每[^。；;，,]{{0,14}}?[0-9０-９.．]+\s*(?:个)?{_MEASURE}[^。；;]{{0,10}}?[加扣减增得][^。；;]{{0,6}}?[0-9０-９.．]+\s*分"
    r"|(?:each|every|per|for each)\s+[0-9.]+\s*(?:%|percent|per cent|percentage points?|points?)[^.;]{0,40}?\bpoints?\b",
    re.IGNORECASE,
)
_SAID: dict[StepMode, re.Pattern[str]] = {
    "linear": re.compile(r"按比例|按实际比例|线性|插值|pro rata|in proportion", re.IGNORECASE),
    "floor": re.compile(
        r"每满|满一?步|不足[^。；;]{0,10}?(?:不[计加扣减算]|舍去|忽略)|complete steps?",
        re.IGNORECASE,
    ),
    "ceil": re.compile(
        r"不足[^。；;]{0,10}?(?:[按以作]|视为|算)\s*(?:一步|1|１|一)(?!.{0,12}比例)|每出现不足|steps? begun",
        re.IGNORECASE,
    ),
}


def _list_said(leaf: IndicatorNode) -> set[StepMode]:
    """How the verbatim text says that a part of a step counts."""
    return {mode for mode, words in _SAID.items() if words.search(leaf.text)}


def _list_modes(leaf: IndicatorNode) -> set[StepMode]:
    """The step modes set in the rule."""
    return {node.mode for node in iterate_nodes(leaf.expression) if isinstance(node, Steps)}


def _counts_parts(leaf: IndicatorNode) -> bool:
    """Whether the rule has no way but to count a part of a step in proportion."""
    whole = Steps | Bands | Lookup | Round
    return not any(isinstance(node, whole) for node in iterate_nodes(leaf.expression))


def _find_unsaid_steps(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        found = _STEPWISE.search(leaf.text)
        if found and not _list_said(leaf) and not _list_modes(leaf):
            yield Fault(
                (*path, "text"),
                Text(
                    f"“{leaf.name}”原文“{found.group()}”没有说明不足一步如何计，计分办法也没有步进方式",
                    f'{leaf.code}: "{found.group()}" does not say how a part of a step counts, and the rule has no steps',
                ),
            )


STEP_MODE_UNSAID = Kind(
    code="step-mode-unsaid",
    severity=Severity.BLOCKING,
    title=Text(
        "“每增加1%加1分”没有说明不足一步如何计",
        "“1 point for each 1 %” without saying how a part counts",
    ),
    explanation=Text(
        "“每增加1%加1分”有三种读法：按比例（增加1.6%加1.6分）、满一步才计（加1分）、不足一步按一步（加2分）。"
        "原文没有说，计分办法也没有步进方式，得分就有争议。按起、次、例计的不在此列。",
        "“1 point for each 1 %” can be read three ways: 1.6 % earns 1.6 points in proportion, 1 by complete steps, 2 by "
        "steps begun. Neither the text nor the rule says which. Whole things such as events are not meant.",
    ),
    remedy=Text(
        "请在原文中写明“按比例”“每满”或“不足……按……计”，或改用有步进方式（linear、floor、ceil）的计分办法",
        "say in the text whether in proportion, by complete steps or by steps begun; or use a rule with a step mode",
    ),
    example=Example(
        "未完成的按完成率得分，超额不加分。",
        "每低1%扣0.1分，超额不加分。",
        "indicators[0].children[0].text",
        "text: 完成目标得满分，每低1%",
    ),
    find=_find_unsaid_steps,
)


def _find_contradicted_steps(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        modes = {"linear"} if _counts_parts(leaf) else _list_modes(leaf)
        said = _list_said(leaf) if _STEPWISE.search(leaf.text) else set()
        if modes and said and not said <= modes:
            text, rule = "、".join(sorted(said - modes)), "、".join(sorted(modes))
            yield Fault(
                (*path, "text"),
                Text(
                    f"“{leaf.name}”原文的步进方式是 {text}，计分办法写的是 {rule}",
                    f"{leaf.code}: the text counts steps by {text}, the rule by {rule}",
                ),
            )


STEP_MODE_CONTRADICTED = Kind(
    code="step-mode-contradicted",
    severity=Severity.BLOCKING,
    title=Text("步进方式与原文不符", "The step mode contradicts the text"),
    explanation=Text(
        "原文说“按比例”（linear）、“每满”或“不足不计”（floor）、“不足按一步计”（ceil），而参数写的是另一种，或计分办法只能按比例计。",
        "The text says in proportion (linear), complete steps (floor) or steps begun (ceil); the parameters say another, or the rule can only count in proportion.",
    ),
    remedy=Text(
        "请使步进方式与原文一致，以原文为准",
        "make the step mode agree with the text, which decides",
    ),
    example=Example(
        "扣0.5分；按比例计算。",
        "扣0.5分；不足1个百分点的不计。",
        "indicators[0].children[1].text",
        "text: 达到目标得基本分",
    ),
    find=_find_contradicted_steps,
)

_VAGUE = re.compile(
    r"酌情|视情|适当[加扣减给]|原则上|左右|若干|根据实际情况|as appropriate|at discretion"
)


def _find_vague_words(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        found = _VAGUE.search(leaf.text)
        if found:
            yield Fault(
                (*path, "text"),
                Text(
                    f"“{leaf.name}”原文有“{found.group()}”，无法据此算出唯一得分",
                    f'{leaf.code}: "{found.group()}" leaves the score open',
                ),
            )


VAGUE_WORDING = Kind(
    code="vague-wording",
    severity=Severity.WARNING,
    title=Text("原文用语含糊", "Vague wording"),
    explanation=Text(
        "“酌情”“视情”“适当”“原则上”等词让同样的数据得出不同的分。",
        "Words such as “as appropriate” give different scores to the same figure.",
    ),
    remedy=Text("请写成能算出唯一得分的条文", "write it so that one figure gives one score"),
    example=Example(
        "未完成的按完成率得分，超额不加分。",
        "未完成的酌情扣分。",
        "indicators[0].children[0].text",
        "text: 完成目标得满分，未完成的酌情",
    ),
    find=_find_vague_words,
)

_ZERO_SAID = re.compile(r"零分|[0０]\s*分|不得分|不计分|zero|no points", re.IGNORECASE)


def _find_unexplained_zeros(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        zeroed = [name for name, policy in leaf.missing if policy == "zero" and name != "refused"]
        if zeroed and not _ZERO_SAID.search(leaf.text + leaf.acceptance):
            yield Fault(
                (*path, "missing"),
                Text(
                    f"“{leaf.name}”缺数（{'、'.join(zeroed)}）计零分，原文和认定依据都没有说",
                    f"{leaf.code}: a missing figure ({', '.join(zeroed)}) scores zero, which no text says",
                ),
            )


ZERO_UNEXPLAINED = Kind(
    code="zero-unexplained",
    severity=Severity.WARNING,
    title=Text("缺数计零分而原文没有说", "Zero for a missing figure, unsaid"),
    explanation=Text(
        "缺数计零分（missing 为 zero）是对单位不利的处理，须在原文或认定依据里写明，如“未报送的不得分”。",
        "Zero for a missing figure goes against the unit; the text has to say so, such as “not reported: no points”.",
    ),
    remedy=Text(
        "请在原文中写明“未报送的不得分”等，或改用其他处理",
        "say so in the text, or treat it otherwise",
    ),
    example=Example(
        "        rule: {method: target_ratio}\n",
        "        missing: {empty: zero}\n        rule: {method: target_ratio}\n",
        "indicators[0].children[0].missing",
        "missing: {empty: zero}",
    ),
    find=_find_unexplained_zeros,
)

KINDS = (
    NO_OWNER,
    NO_FREQUENCY,
    NO_DUE_DATE,
    NO_ACCEPTANCE,
    NO_TEXT,
    STEP_MODE_UNSAID,
    STEP_MODE_CONTRADICTED,
    VAGUE_WORDING,
    ZERO_UNEXPLAINED,
)
