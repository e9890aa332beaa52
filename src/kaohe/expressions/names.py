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
_RESULT = ("score", "得分")


class Names:
    """The figures and steps known so far; steps become known one by one, `functions` by their calls."""

    def __init__(self, facets: Mapping[str, str], functions: Iterable[str]) -> None:
        known = {name: Facet(name) for name in FACETS}
        in_chinese = {label.zh: Facet(name) for name, label in FACETS.items()}
        self._nodes: dict[str, Node] = {**in_chinese, **known, **_SHORT}
        self._functions = frozenset(functions)
        self.steps: dict[str, Named] = {}
        for name, label in facets.items():
            self._nodes[name] = self._nodes[label] = Facet(name, Text(label, label))

    def is_known(self, name: str) -> bool:
        """Whether a name has a meaning already."""
        return name in {*self.steps, *self._nodes, *self._functions, *KEYWORDS, *_RESULT}

    def find(self, token: Token) -> Node:
        """What a name stands for.

        Raises BadFormula, with the nearest known name, where it stands for nothing.
        """
        node = self.steps.get(token.text) or self._nodes.get(token.text)
        if node is None:
            raise self._refuse(token, [*self.steps, *self._nodes, *KEYWORDS])
        return node

    def require_function(self, token: Token) -> None:
        """Raise BadFormula, with the nearest function, where a name that is called is none."""
        if token.text not in self._functions:
            raise self._refuse(token, self._functions)

    def add_step(self, token: Token, of: Node) -> Named:
        """Make a step known by a name that is still free; by `score` or 得分 it is the outcome."""
        if self.is_known(token.text) and token.text not in _RESULT:
            raise BadFormula(
                Text(f"名称“{token.text}”已有含义", f'the name "{token.text}" already has a meaning'),
                Text("请另起名称", "choose another name"),
                token.column,
            )  # fmt: skip
        name = "score" if token.text in _RESULT else token.text
        label = Text("得分", "score") if name == "score" else Text(name, name.replace("_", " "))
        step = Named(name, label, of)
        self.steps[token.text] = step
        return step

    def _refuse(self, token: Token, known: Iterable[str]) -> BadFormula:
        return BadFormula(
            Text(f"没有“{token.text}”这个名称", f'nothing is called "{token.text}"'),
            self._suggest(token.text, known),
            token.column,
        )

    def _suggest(self, name: str, known: Iterable[str]) -> Text:
        if name in self._functions:
            return Text(f"请写上参数：{name}(…)", f"write its arguments: {name}(…)")
        keyword = next((word for word in KEYWORDS if not word.isascii() and word in name), None)
        if keyword:
            return Text(f"请在“{keyword}”前后留空格", f'put a space before and after "{keyword}"')
        near = find_nearest(name, known, most=1)
        if near:
            return Text(f"是否想写 {near[0]}？", f"did you mean {near[0]}?")
        return Text(
            "可用 x、t、prev、w、数据项、前面各步的名称和函数；本方案自有的数据项请写入 facets",
            "use x, t, prev, w, facets, earlier steps and functions; list facets of your own under `facets`",
        )
