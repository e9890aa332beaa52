"""Findings about vetoes: effects that do nothing, codes that mean two things."""

from collections.abc import Iterator

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.language import Text


def _find_idle_vetoes(inspected: Inspected) -> Iterator[Fault]:
    for place, veto in enumerate(inspected.model.vetoes):
        if not veto.effects:
            yield Fault(
                ("vetoes", place),
                Text(f"否决“{veto.name}”没有写明效果", f"the veto {veto.code} names no effect"),
            )


VETO_WITHOUT_EFFECT = Kind(
    code="veto-without-effect",
    severity=Severity.WARNING,
    title=Text("没有效果的否决", "A veto without effect"),
    explanation=Text(
        "否决情形没有写明效果，发生了也不影响等次和得分。",
        "The veto names no effect: when it is met nothing happens to grade or score.",
    ),
    remedy=Text(
        "请写明 effects：no_top_grade、grade_down、zero_indicator、fail 或 no_award",
        "write effects: no_top_grade, grade_down, zero_indicator, fail or no_award",
    ),
    example=Example("effects: [no_top_grade], ", "", "vetoes[0]", "- {code: X"),
    find=_find_idle_vetoes,
)


def _find_zeroless_vetoes(inspected: Inspected) -> Iterator[Fault]:
    for place, veto in enumerate(inspected.model.vetoes):
        zeroes = "zero_indicator" in veto.effects
        if zeroes and not veto.indicator:
            yield Fault(
                ("vetoes", place),
                Text(
                    f"否决“{veto.name}”要将指标记零分，没有写明哪个指标",
                    f"the veto {veto.code} zeroes an indicator and does not say which",
                ),
            )
        if veto.indicator and not zeroes:
            yield Fault(
                ("vetoes", place, "indicator"),
                Text(
                    f"否决“{veto.name}”写了指标 {veto.indicator}，效果里却没有 zero_indicator",
                    f"the veto {veto.code} names {veto.indicator}, but has no effect zero_indicator",
                ),
            )


VETO_ZEROES_NOTHING = Kind(
    code="veto-zeroes-nothing",
    severity=Severity.BLOCKING,
    title=Text("记零分的否决与指标不配套", "A veto that zeroes nothing"),
    explanation=Text(
        "效果 zero_indicator 须写明 indicator（记零分的指标）；写了 indicator 也须有该效果，否则该记零的没有记零。",
        "The effect zero_indicator and the key `indicator` go together; with one of them alone nothing is zeroed.",
    ),
    remedy=Text("请补上 indicator，或改正 effects", "add the indicator, or mend the effects"),
    example=Example(
        "effects: [no_top_grade]", "effects: [zero_indicator]", "vetoes[0]", "- {code: X"
    ),
    find=_find_zeroless_vetoes,
)


def _find_taken_codes(inspected: Inspected) -> Iterator[Fault]:
    for place, veto in enumerate(inspected.model.vetoes):
        if veto.code in inspected.model.nodes_by_code:
            yield Fault(
                ("vetoes", place, "code"),
                Text(
                    f"否决“{veto.name}”的代码 {veto.code} 也是指标代码",
                    f"the veto's code {veto.code} is an indicator's too",
                ),
            )


VETO_CODE_TAKEN = Kind(
    code="veto-code-taken",
    severity=Severity.BLOCKING,
    title=Text("否决与指标代码相同", "A veto with an indicator's code"),
    explanation=Text(
        "事项记在指标代码或否决代码下；两者相同，一件加分事项也会触发否决。",
        "Matters are filed under the code of an indicator or of a veto; with one code for both, an award would meet the veto.",
    ),
    remedy=Text("请给否决另起代码", "give the veto a code of its own"),
    example=Example("  - {code: X, name: 安全生产", "  - {code: C, name: 安全生产",
                    "vetoes[0].code", "- {code: C, name: 安全"),
    find=_find_taken_codes,
)  # fmt: skip


KINDS = (VETO_WITHOUT_EFFECT, VETO_ZEROES_NOTHING, VETO_CODE_TAKEN)
