"""The functions a custom formula may call, each by an English and a Chinese name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from kaohe.expressions.nodes import (
    Bands,
    Clamp,
    Constant,
    Curve,
    Facet,
    Maximum,
    Minimum,
    Named,
    Node,
    Peer,
    Rank,
    Round,
    Statistic,
    StepMode,
    Steps,
)
from kaohe.expressions.structure import compares_peers
from kaohe.expressions.tokens import MOST_TOKENS, BadFormula, Token
from kaohe.language import Text

_MOST_DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Argument:
    """What stands at one place of a call, and the column where it begins."""

    node: Node
    column: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments, and which end of the indicator's figures is the better one."""

    name: Token
    arguments: tuple[Argument, ...]
    higher_is_better: bool

    def nodes(self) -> tuple[Node, ...]:
        """The arguments as expressions."""
        return tuple(argument.node for argument in self.arguments)


@dataclass(frozen=True, slots=True)
class Function:
    """How a function is written, how many arguments it takes, and the expression it stands for."""

    usage: Text
    counts: range
    build: Callable[[Call], Node]


def build_call(call: Call) -> Node:
    """The expression a call stands for.

    Raises BadFormula where the arguments are too few, too many or not of the kind that is needed.
    """
    function = FUNCTIONS[call.name.text]
    count = len(call.arguments)
    if count not in function.counts:
        usage, noun = function.usage, "argument" if count == 1 else "arguments"
        raise BadFormula(
            Text(f"{call.name.text} 不能有 {count} 个参数", f"{call.name.text} does not take {count} {noun}"),
            Text(f"请写 {usage.zh}", f"write {usage.en}"),
            call.name.column,
        )  # fmt: skip
    return function.build(call)


def _minimum(call: Call) -> Node:
    return Minimum(call.nodes())


def _maximum(call: Call) -> Node:
    return Maximum(call.nodes())


def _clamp(call: Call) -> Node:
    return Clamp(*call.nodes())


def _absolute(call: Call) -> Node:
    (of,) = call.nodes()
    return Maximum((of, 0 - of))


def _counting(mode: StepMode) -> Callable[[Call], Node]:
    """Counts whole steps; without a size, steps of 1: the figure rounded down or up."""

    def build(call: Call) -> Node:
        of, size = (*call.nodes(), Constant(Fraction(1)))[:2]
        if isinstance(size, Constant) and size.value <= 0:
            raise BadFormula(
                Text("步长须大于零", "the size of a step must be above zero"),
                Text("请写正数，如 floor(x, 5)", "write a number above zero, such as floor(x, 5)"),
                call.arguments[1].column,
            )
        return Steps(of, size, mode)

    return build


def _round(call: Call) -> Node:
    decimals = _take_number(call.arguments[1]) if len(call.arguments) > 1 else Fraction(0)
    if decimals not in range(_MOST_DECIMALS + 1):
        raise BadFormula(
            Text("小数位数不对", "not a number of decimals"),
            Text(f"请写 0 到 {_MOST_DECIMALS} 的整数", f"write a whole number from 0 to {_MOST_DECIMALS}"),
            call.arguments[1].column,
        )  # fmt: skip
    return Round(call.arguments[0].node, int(decimals))


def _bands(call: Call) -> Node:
    of, below, *pairs = call.arguments
    edges, values = _take_ascending(pairs[::2]), map(_take_number, pairs[1::2])
    return Bands(of.node, edges, tuple(values), _take_number(below))


def _curve(call: Call) -> Node:
    of, *pairs = call.arguments
    return Curve(of.node, _take_ascending(pairs[::2]), tuple(map(_take_number, pairs[1::2])))


def _take_number(argument: Argument) -> Fraction:
    if isinstance(argument.node, Constant):
        return argument.node.value
    raise BadFormula(
        Text("这里只能写一个数", "only a plain number can stand here"),
        Text("请写数，如 60；与分值相乘请写在函数外", "write a number such as 60; multiply by the points outside"),
        argument.column,
    )  # fmt: skip


def _take_ascending(arguments: Sequence[Argument]) -> tuple[Fraction, ...]:
    numbers = tuple(map(_take_number, arguments))
    for (before, after), argument in zip(pairwise(numbers), arguments[1:], strict=True):
        if before >= after:
            raise BadFormula(
                Text("界限没有从小到大排列", "the bounds do not ascend"),
                Text("请从小到大写，不要重复", "write them from small to great, each once"),
                argument.column,
            )
    return numbers


def _asking(statistic: Statistic, *, own: bool) -> Callable[[Call], Node]:
    return lambda call: Peer(statistic, _take_figure(call), own)


def _rank(call: Call) -> Node:
    return Rank(_take_figure(call), call.higher_is_better)


def _take_figure(call: Call) -> Node:
    """The one argument, which every member of the pool must have by a name."""
    (argument,) = call.arguments
    name = call.name.text
    if compares_peers(argument.node):
        raise BadFormula(
            Text("与组内比较的结果不能再次与组内比较", "a comparison with the pool cannot be compared again"),
            Text(f"请对数据本身使用 {name}", f"use {name} on the figures themselves"),
            argument.column,
        )  # fmt: skip
    if not isinstance(argument.node, Facet | Named):
        raise BadFormula(
            Text(f"{name} 只能用于一项数据或一步的名称", f"{name} takes a figure or the name of a step"),
            Text(f"请先写一步，如 y = x / t，再写 {name}(y)", f"write a step first, such as y = x / t, then {name}(y)"),
            argument.column,
        )  # fmt: skip
    return argument.node


def _range(least: int, step: int = 1) -> range:
    return range(least, MOST_TOKENS, step)


def _list_functions() -> dict[str, Function]:
    rows: list[tuple[str, str, str, str, range, Callable[[Call], Node]]] = [
        ("min", "最小", "(a, b, …)", "(a, b, …)", _range(2), _minimum),
        ("max", "最大", "(a, b, …)", "(a, b, …)", _range(2), _maximum),
        ("clamp", "限定", "(x, low, high)", "(x, 下限, 上限)", range(3, 4), _clamp),
        ("abs", "绝对值", "(x)", "(x)", range(1, 2), _absolute),
        ("floor", "满步数", "(x, size)", "(x, 步长)", range(1, 3), _counting("floor")),
        ("ceil", "进步数", "(x, size)", "(x, 步长)", range(1, 3), _counting("ceil")),
        ("round", "四舍五入", "(x, decimals)", "(x, 小数位数)", range(1, 3), _round),
        ("bands", "分档", "(x, below, edge, value, …)", "(x, 其余得分, 下限, 得分, …)", _range(4, 2), _bands),
        ("curve", "折线", "(x, x1, y1, x2, y2, …)", "(x, x1, y1, x2, y2, …)", _range(5, 2), _curve),
        ("pool_rank", "组内位次", "(x)", "(x)", range(1, 2), _rank),
    ]  # fmt: skip
    statistics: list[tuple[Statistic, str]] = [
        ("min", "最小"), ("max", "最大"), ("mean", "平均"), ("sum", "合计"), ("count", "个数"),
    ]  # fmt: skip
    for statistic, zh in statistics:
        for en_pool, zh_pool, own in (("pool", "组内", True), ("others", "其他单位", False)):
            ask = _asking(statistic, own=own)
            row = (f"{en_pool}_{statistic}", f"{zh_pool}{zh}", "(x)", "(x)", range(1, 2), ask)
            rows.append(row)
    return {
        name: Function(Text(zh + zh_usage, en + en_usage), counts, build)
        for en, zh, en_usage, zh_usage, counts, build in rows
        for name in (en, zh)
    }


FUNCTIONS = _list_functions()
