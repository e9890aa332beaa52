"""Records of the seeded district: items of work, marks of panels and ballots, drawn like the figures."""

from collections.abc import Iterator, Mapping, Sequence

from examples.district_draws import Drawing, draw_chance
from kaohe.rules.judged import Ballot, Panel
from kaohe.rules.workload import Difficulty
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.units import Unit

Row = Sequence[str | int | float]

HEADS: Mapping[str, Row] = {
    "分项工作": ("分项", "单位代码", "指标代码", "完成率", "权重", "难度系数"),
    "评委评分": ("评委", "单位代码", "指标代码", "评分", "评委类别"),
    "测评票": ("选项", "单位代码", "指标代码", "票数", "投票人类别"),
}
WORK: Mapping[str, Sequence[tuple[str, float, float]]] = {
    "A1603": (("老旧小区改造", 4, 1.2), ("农村公路提档", 3, 1), ("居家养老站点", 3, 1)),
    "A2102": (("签约项目开工", 4, 1.1), ("在建项目封顶", 3, 1), ("竣工项目投产", 3, 1.2)),
    "A2201": (("牵头改革任务", 4, 1.2), ("年度重点项目", 4, 1.1), ("民生实事项目", 2, 1)),
    "A2353": (("督察交办问题", 5, 1.2), ("断面水质达标", 3, 1.1), ("扬尘综合治理", 2, 1)),
}
"""Items of each indicator: name, weight and difficulty, approved before the start."""

SCORERS: Mapping[str, Sequence[tuple[str, int]]] = {
    "A2305": (("", 7),),
    "A2357": (("", 7),),
    "B201": (("区领导", 3), ("组工干部", 3), ("基层代表", 5)),
    "C101": (("主要领导", 2), ("分管领导", 3), ("其他领导", 4)),
}
VOTERS: Mapping[str, Sequence[tuple[str, int]]] = {
    "C102": (("", 60),),
    "C103": (("", 200),),
    "C104": (("企业", 60), ("群众", 80)),
}
LEFT_OUT = ("弃权", "不了解")


def draw_records(drawing: Drawing, unheard: Sequence[str] = ()) -> dict[str, list[Row]]:
    """The sheets of items, marks and ballots; nobody was asked about a unit in `unheard`."""
    sheets: dict[str, list[Row]] = {name: [head] for name, head in HEADS.items()}
    for leaf in queries.iterate_leaves(drawing.model):
        for unit in queries.scored_units(drawing.model):
            if queries.applies_to(leaf, unit):
                _draw_leaf(drawing, leaf, unit, sheets, unheard)
    return sheets


def _draw_leaf(
    drawing: Drawing,
    leaf: IndicatorNode,
    unit: Unit,
    sheets: Mapping[str, list[Row]],
    unheard: Sequence[str],
) -> None:
    match leaf.rule:
        case Difficulty():
            sheets["分项工作"] += _draw_items(drawing, leaf, unit)
        case Panel():
            sheets["评委评分"] += _draw_marks(drawing, leaf, unit)
        case Ballot() if unit.code not in unheard or leaf.code != "C102":
            sheets["测评票"] += _draw_votes(drawing, leaf.rule, leaf, unit)


def _draw_items(drawing: Drawing, leaf: IndicatorNode, unit: Unit) -> Iterator[Row]:
    for name, weight, difficulty in WORK[leaf.code]:
        done = 0.86 + 0.16 * drawing.place(unit, f"{leaf.code}.{name}")
        yield name, unit.code, leaf.code, min(round(done, 2), 1.0), weight, difficulty


def _draw_marks(drawing: Drawing, leaf: IndicatorNode, unit: Unit) -> Iterator[Row]:
    seat = 0
    for scorer_class, number in SCORERS[leaf.code]:
        for _ in range(number):
            seat += 1
            place = drawing.place(unit, f"{leaf.code}.{seat}")
            yield f"评委{seat:02d}", unit.code, leaf.code, round(82 + 16 * place), scorer_class


def _draw_votes(drawing: Drawing, rule: Ballot, leaf: IndicatorNode, unit: Unit) -> Iterator[Row]:
    counted = list(rule.options)
    for voters, number in VOTERS[leaf.code]:
        place = drawing.place(unit, f"{leaf.code}.{voters}")
        luck = draw_chance(drawing.model.code, unit.code, leaf.code, voters)
        best = round(number * (0.55 + 0.35 * place))
        second = round((number - best) * (0.6 + 0.3 * luck))
        third = min(number - best - second, round(number * 0.04))
        counts = {counted[0]: best, counted[1]: second, counted[2]: third}
        left_out = next(option for option in LEFT_OUT if option in rule.uncounted)
        counts[left_out] = number - best - second - third
        for option, count in counts.items():
            yield option, unit.code, leaf.code, count, voters
