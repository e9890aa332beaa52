"""The names a custom formula may use: figures, keywords, and what is close to a misspelt one."""

from collections.abc import Iterable, Mapping

from kaohe.errors import find_nearest
from kaohe.expressions.facets import FACETS
from kaohe.expressions.nodes import Facet, Named, Node, Peer
from kaohe.expressions.tokens import BadFormula, Token
from kaohe.expressions.writing import POINTS, PREVIOUS, TARGET, VALUE
from kaohe.language import Text

_SHORT: dict[str, Node] = {
    "x": VALUE,
    "t": TARGET,
    "prev": PREVIOUS,
    "w": POINTS,
    "points": POINTS,
    "分值": POINTS,
    "a": Peer("mean", VALUE),
    "n": Peer("count", VALUE),
}
KEYWORDS = {
    "if": "if", "如果": "if", "若": "if",
    "then": "then", "则": "then",
    "else": "else", "否则": "else", "其余": "else",
    "and": "and", "且": "and",
}  # fmt: skip
_RESULT = {"score", "得分"}


def is_result(name: str) -> bool:
    """Whether a step by this name is the outcome of the formula."""
    return name in _RESULT


class Names:
    """The figures and steps known so far; steps become known one by one."""

    def __init__(self, facets: Mapping[str, str], functions: Iterable[str]) -> None:
        own = {name: Facet(name, Text(label, label)) for name, label in facets.items()}
        known = {name: Facet(name) for name in FACETS}
        in_chinese = {label.zh: Facet(name) for name, label in FACETS.items()}
        own_labels = {label: own[name] for name, label in facets.items()}
        self._nodes: dict[str, Node] = {**in_chinese, **known, **_SHORT, **own_labels, **own}
        self._functions = set(functions)
        self.steps: dict[str, Named] = {}

    def find(self, token: Token) -> Node:
        """What a name stands for.

        Raises BadFormula, with the nearest known name, where it stands for nothing.
        """
        node = self.steps.get(token.text) or self._nodes.get(token.text)
        if node is None:
            raise self.refuse(token)
        return node

    def refuse(self, token: Token) -> BadFormula:
        """The refusal of a name that is not known here."""
        known = [*self.steps, *self._nodes, *self._functions, *KEYWORDS]
        near = find_nearest(token.text, known, most=1)
        if near:
            remedy = Text(f"是否想写 {near[0]}？", f"did you mean {near[0]}?")
        else:
            remedy = Text(
                "可用 x、t、prev、w、数据项、前面各步的名称和函数；本方案自有的数据项请写入 facets",
                "use x, t, prev, w, facets, earlier steps and functions; list facets of your own under `facets`",
            )
        return BadFormula(
            Text(f"没有“{token.text}”这个名称", f'nothing is called "{token.text}"'),
            remedy,
            token.column,
        )

    def add_step(self, token: Token, of: Node) -> Named:
        """Make a step known by a name that is still free."""
        name = token.text
        taken = {*self.steps, *self._nodes, *self._functions, *KEYWORDS}
        if name in taken:
            raise BadFormula(
                Text(f"名称“{name}”已有含义", f'the name "{name}" already has a meaning'),
                Text("请给这一步另起名称", "give the step another name"),
                token.column,
            )
        label = Text("得分", "score") if is_result(name) else Text(name, name.replace("_", " "))
        step = Named("score" if is_result(name) else name, label, of)
        self.steps[name] = step
        return step
