"""The rendering for readers: one plain sentence per named step, in Chinese and in English."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kaohe.expressions import nodes
from kaohe.expressions.facets import label_facet
from kaohe.expressions.writing import VALUE
from kaohe.language import Language, Text
from kaohe.numbers.rounding import describe_rounding
from kaohe.numbers.writing import write_number

# How tightly a phrase holds together: a sum inside a product needs brackets.
_SENTENCE, _SUM, _PRODUCT, _ATOM = range(4)
Phrase = tuple[str, int]


@dataclass(frozen=True, slots=True)
class StepText:
    """A named step: its name, its label and the sentence that says how it is computed."""

    name: str
    label: Text
    sentence: Text


def describe_rule(expression: nodes.Node) -> list[StepText]:
    """The sentences of an expression, one per named step in the order of computation."""
    return [
        StepText(
            step.name,
            step.label,
            Text(_say_step(step, "zh"), _say_step(step, "en")),
        )
        for step in nodes.list_steps(expression)
    ]


def _say_step(step: nodes.Named, language: Language) -> str:
    return f"{step.label.say(language)} = {_phrase(step.of, language)[0]}"


def _phrase(node: nodes.Node, language: Language) -> Phrase:
    return _PHRASES[type(node)](node, language)


def _inside(node: nodes.Node, language: Language, at_least: int) -> str:
    text, strength = _phrase(node, language)
    if strength >= at_least:
        return text
    return f"（{text}）" if language == "zh" else f"({text})"


def _constant(node: nodes.Constant, _: Language) -> Phrase:
    return write_number(node.value), _ATOM


def _parameter(node: nodes.Parameter, language: Language) -> Phrase:
    label, value = node.label.say(language), write_number(node.value)
    return f"{label} {value}" if language == "zh" else f"{label} ({value})", _ATOM


def _points(_: nodes.Points, language: Language) -> Phrase:
    return ("分值" if language == "zh" else "points"), _ATOM


def _facet(node: nodes.Facet, language: Language) -> Phrase:
    return label_facet(node).say(language), _ATOM


_STATISTICS = {
    "min": Text("组内最小{}", "the pool's least {}"),
    "max": Text("组内最大{}", "the pool's greatest {}"),
    "mean": Text("组内平均{}", "the pool's mean {}"),
    "sum": Text("组内{}合计", "the pool's sum of {}"),
    "count": Text("组内有{}的单位数", "the number of units in the pool with {}"),
}
_A_FIGURE = Text("数", "a figure")
_OTHERS = Text("（不含本单位）", " (the unit itself left out)")


def _peer(node: nodes.Peer, language: Language) -> Phrase:
    of = _inside(node.of, language, _ATOM)
    if node.statistic == "count" and node.of == VALUE:
        of = _A_FIGURE.say(language)
    others = "" if node.own else _OTHERS.say(language)
    return _STATISTICS[node.statistic].say(language).format(of) + others, _ATOM


_TIES = {
    "lowest": Text("并列取前位", "ties take the better place"),
    "average": Text("并列取平均", "ties take the average"),
    "highest": Text("并列取后位", "ties take the worse place"),
    "dense": Text("并列不占位", "ties take one place"),
}


def _rank(node: nodes.Rank, language: Language) -> Phrase:
    of = _inside(node.of, language, _ATOM)
    ties = _TIES[node.ties].say(language)
    if language == "zh":
        order = "从高到低" if node.higher_is_better else "从低到高"
        return f"{of}{order}在组内的位次（{ties}）", _ATOM
    order = "from high to low" if node.higher_is_better else "from low to high"
    return f"the place of {of} in the pool {order} ({ties})", _ATOM


def _place_points(node: nodes.PlacePoints, language: Language) -> Phrase:
    place, _ = _rank(nodes.Rank(node.of, node.higher_is_better, node.ties), language)
    table = ("、" if language == "zh" else ", ").join(map(write_number, node.table))
    beyond = node.table[-1] if node.beyond is None else node.beyond
    if language == "zh":
        return f"按{place}依次得 {table}，其后得 {write_number(beyond)}", _SENTENCE
    return f"by {place}: {table}, then {write_number(beyond)}", _SENTENCE


def _join(sign: str, strength: int) -> Callable[[Any, Language], Phrase]:
    def say(node: Any, language: Language) -> Phrase:
        terms = node.terms if isinstance(node, nodes.Add) else node.factors
        return f" {sign} ".join(_inside(term, language, strength) for term in terms), strength

    return say


def _subtract(node: nodes.Subtract, language: Language) -> Phrase:
    if node.left == nodes.Constant(Fraction(0)):
        return f"−{_inside(node.right, language, _ATOM)}", _SUM
    left, right = _inside(node.left, language, _SUM), _inside(node.right, language, _PRODUCT)
    return f"{left} − {right}", _SUM


_NOT_APPLICABLE = Text("不适用", "not applicable")


def _divide(node: nodes.Divide, language: Language) -> Phrase:
    above, below = _inside(node.above, language, _PRODUCT), _inside(node.below, language, _ATOM)
    if node.on_zero == "refuse":
        return f"{above} ÷ {below}", _PRODUCT
    instead = _NOT_APPLICABLE.say(language)
    if isinstance(node.on_zero, Fraction):
        instead = write_number(node.on_zero)
    if language == "zh":
        return f"{above} ÷ {below}（除数为零时：{instead}）", _PRODUCT
    return f"{above} ÷ {below} ({instead} where the divisor is zero)", _PRODUCT


def _choice(of_two: Text, of_more: Text) -> Callable[[Any, Language], Phrase]:
    def say(node: Any, language: Language) -> Phrase:
        *first, last = (_inside(term, language, _SUM) for term in node.terms)
        which = (of_two if len(first) == 1 else of_more).say(language)
        if language == "zh":
            return f"取 {'、'.join(first)} 与 {last} 的{which}", _SENTENCE
        return f"the {which} of {', '.join(first)} and {last}", _SENTENCE

    return say


def _clamp(node: nodes.Clamp, language: Language) -> Phrase:
    of = _inside(node.of, language, _SUM)
    zh, en = [], []
    if node.low is not None:
        low = _inside(node.low, language, _SUM)
        zh.append(f"不低于 {low}")
        en.append(f"not below {low}")
    if node.high is not None:
        high = _inside(node.high, language, _SUM)
        zh.append(f"不高于 {high}")
        en.append(f"not above {high}")
    return (f"{of}，{'、'.join(zh)}" if language == "zh" else f"{of}, {', '.join(en)}"), _SENTENCE


_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}


def _compare(node: nodes.Compare, language: Language) -> Phrase:
    left, right = _inside(node.left, language, _SUM), _inside(node.right, language, _SUM)
    return f"{left} {_SIGNS[node.sign]} {right}", _SENTENCE


def _all(node: nodes.All, language: Language) -> Phrase:
    word = " 且 " if language == "zh" else " and "
    return word.join(_inside(part, language, _SENTENCE) for part in node.conditions), _SENTENCE


def _when(node: nodes.When, language: Language) -> Phrase:
    condition, otherwise = (_phrase(part, language)[0] for part in (node.condition, node.otherwise))
    then = _set_apart(node.then, language)
    if language == "zh":
        return f"若 {condition}，则{_lead_in(then)}；否则{_lead_in(otherwise)}", _SENTENCE
    link = " " if isinstance(node.otherwise, nodes.When) else ": "
    return f"if {condition}: {then}; otherwise{link}{otherwise}", _SENTENCE


def _lead_in(phrase: str) -> str:
    """A Chinese phrase behind 则 or 否则; one that begins with a verb or a condition needs no 为."""
    if phrase.startswith("若 "):
        return f"，{phrase}"
    return phrase if phrase.startswith(("取 ", "按 ")) else f"为 {phrase}"


def _set_apart(node: nodes.Node, language: Language) -> str:
    """A phrase of its own; a choice in brackets, or what follows would read as part of its last case."""
    return _inside(node, language, _SUM if isinstance(node, nodes.When) else _SENTENCE)


def _bands(node: nodes.Bands, language: Language) -> Phrase:
    of = _inside(node.of, language, _SUM)
    rows = zip(reversed(node.edges), reversed(node.values), strict=True)
    bands = [f"≥ {write_number(edge)} → {write_number(value)}" for edge, value in rows]
    if language == "zh":
        return f"按 {of} 分档：{'；'.join(bands)}；其余 → {write_number(node.below)}", _SENTENCE
    return f"by band of {of}: {'; '.join(bands)}; else → {write_number(node.below)}", _SENTENCE


def _lookup(node: nodes.Lookup, language: Language) -> Phrase:
    of = _inside(node.of, language, _SUM)
    rows = [
        f"{write_number(key)} → {write_number(value)}"
        for key, value in zip(node.keys, node.values, strict=True)
    ]
    if node.otherwise is not None:
        rows.append(("其余" if language == "zh" else "else") + f" → {write_number(node.otherwise)}")
    if language == "zh":
        return f"按 {of} 查表：{'；'.join(rows)}", _SENTENCE
    return f"by {of}: {'; '.join(rows)}", _SENTENCE


_ENDS: dict[nodes.End, Text] = {
    "flat": Text("取端点值", "level"),
    "extend": Text("按直线延伸", "straight on"),
}


def _curve(node: nodes.Curve, language: Language) -> Phrase:
    of = _inside(node.of, language, _SUM)
    knots = [
        f"({write_number(x)}, {write_number(y)})" for x, y in zip(node.xs, node.ys, strict=True)
    ]
    before, after = (_ENDS[end].say(language) for end in (node.before, node.after))
    if language == "zh":
        ends = f"首点之前{before}，末点之后{after}"
        return f"按 {of} 在折线 {'、'.join(knots)} 上取值（{ends}）", _SENTENCE
    ends = f"{before} before the first point, {after} after the last"
    return f"{of} along the line through {', '.join(knots)} ({ends})", _SENTENCE


_MODES = {
    "linear": Text("按比例计步", "parts of a step count"),
    "floor": Text("满一步计一步", "whole steps only"),
    "ceil": Text("不足一步按一步", "a begun step counts whole"),
}


def _steps(node: nodes.Steps, language: Language) -> Phrase:
    of = _inside(node.of, language, _PRODUCT)
    size = _inside(node.size, language, _ATOM)
    mode = _MODES[node.mode].say(language)
    if language == "zh":
        return f"{of} 每 {size} 为一步（{mode}）", _SENTENCE
    return f"{of} ÷ {size}, {mode}", _SENTENCE


def _round(node: nodes.Round, language: Language) -> Phrase:
    of = _inside(node.of, language, _ATOM)
    how = describe_rounding(node.decimals, node.mode).say(language)
    return (f"{of}（{how}）", _ATOM) if language == "zh" else (f"{of} {how}", _SENTENCE)


def _weighted_mean(node: nodes.WeightedMean, language: Language) -> Phrase:
    parts = [
        f"{_inside(term, language, _ATOM)} × {_inside(weight, language, _ATOM)}"
        for term, weight in zip(node.terms, node.weights, strict=True)
    ]
    if language == "zh":
        absent = "；缺项不计，其余按权重折算" if node.missing == "renormalise" else ""
        return f"加权平均（{'；'.join(parts)}{absent}）", _ATOM
    absent = ", without what is absent" if node.missing == "renormalise" else ""
    return f"the weighted mean of {'; '.join(parts)}{absent}", _SENTENCE


def _require(node: nodes.Require, language: Language) -> Phrase:
    """What is required of a score stands once behind it, however many requirements there are."""
    conditions: list[str] = []
    of: nodes.Node = node
    while isinstance(of, nodes.Require):
        conditions.append(_phrase(of.condition, language)[0])
        of = of.then
    score = _set_apart(of, language)
    if language == "zh":
        return f"{score}（须 {' 且 '.join(conditions)}，否则不计分）", _SENTENCE
    return f"{score} (requires {' and '.join(conditions)}, otherwise not scored)", _SENTENCE


def _named(node: nodes.Named, language: Language) -> Phrase:
    return node.label.say(language), _ATOM


_PHRASES: dict[type[nodes.Node], Callable[[Any, Language], Phrase]] = {
    nodes.Constant: _constant,
    nodes.Parameter: _parameter,
    nodes.Points: _points,
    nodes.Facet: _facet,
    nodes.Peer: _peer,
    nodes.Rank: _rank,
    nodes.PlacePoints: _place_points,
    nodes.Add: _join("+", _SUM),
    nodes.Subtract: _subtract,
    nodes.Multiply: _join("×", _PRODUCT),
    nodes.Divide: _divide,
    nodes.Minimum: _choice(Text("较小者", "lesser"), Text("最小者", "least")),
    nodes.Maximum: _choice(Text("较大者", "greater"), Text("最大者", "greatest")),
    nodes.Clamp: _clamp,
    nodes.Compare: _compare,
    nodes.All: _all,
    nodes.When: _when,
    nodes.Bands: _bands,
    nodes.Lookup: _lookup,
    nodes.Curve: _curve,
    nodes.Steps: _steps,
    nodes.Round: _round,
    nodes.WeightedMean: _weighted_mean,
    nodes.Require: _require,
    nodes.Named: _named,
}


def describe_peer(node: nodes.Node) -> Text:
    """What a peer node asks of the pool, in both languages."""
    return Text(_phrase(node, "zh")[0], _phrase(node, "en")[0])
