"""A place in the tokens of a formula, moving forward; what is met out of turn is refused there."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from kaohe.expressions.names import KEYWORDS
from kaohe.expressions.tokens import BadFormula, Token
from kaohe.language import Text

MOST_NESTING = 20
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")

_TOO_DEEP = Text(f"嵌套超过 {MOST_NESTING} 层", f"nested more than {MOST_NESTING} deep")
_IN_STEPS = Text("请拆成几步，如 gap = x - t", "split it into steps, such as gap = x - t")
_COMPARING = Text(
    "比较写在“如果”与“则”之间，不加括号，如 if x >= t then w else 0",
    "compare between if and then, without brackets, such as if x >= t then w else 0",
)
_EQUALS = Text("比较相等请写 ==；步骤请写 名称 = …", "write == to compare, name = … for a step")
Inside = TypeVar("Inside")


class Cursor:
    """Where the reading of a formula has come to; `now` is the token to be read next."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._nesting = 0

    @property
    def now(self) -> Token:
        """The token that is read next."""
        return self._tokens[self._place]

    def move(self) -> Token:
        """Go past the token that stands here, and return it."""
        token = self.now
        self._place += 1
        return token

    def skip_breaks(self) -> None:
        """Go past the ends of steps."""
        while self.now.kind == "break":
            self._place += 1

    def take(self, *signs: str) -> str:
        """The sign that stands here if it is one of these, taken; otherwise nothing."""
        is_here = self.now.kind == "sign" and self.now.text in signs
        return self.move().text if is_here else ""

    def take_keyword(self, word: str) -> bool:
        """Whether a keyword stands here, in either language; it is taken."""
        is_here = self.now.kind == "name" and KEYWORDS.get(self.now.text) == word
        self._place += is_here
        return is_here

    def take_step_name(self) -> Token | None:
        """A name with = after it, both taken."""
        if self.now.kind != "name" or self._tokens[self._place + 1].text != "=":
            return None
        name = self.move()
        self.move()
        return name

    def expect(self, sign: str) -> None:
        """Go past a sign. Raises BadFormula where something else stands here."""
        if not self.take(sign):
            raise self.refuse_token(Text(f"这里应是“{sign}”", f'"{sign}" belongs here'))

    def expect_keyword(self, word: str) -> None:
        """Go past a keyword. Raises BadFormula where something else stands here."""
        if not self.take_keyword(word):
            raise self.refuse_token(Text(f"这里应是 {word}", f"{word} belongs here"))

    def nest(self, read: Callable[[], Inside]) -> Inside:
        """Read something inside something else. Raises BadFormula where that goes too deep."""
        self._nesting += 1
        if self._nesting > MOST_NESTING:
            raise BadFormula(_TOO_DEEP, _IN_STEPS, self.now.column)
        inside = read()
        self._nesting -= 1
        return inside

    def refuse_token(self, remedy: Text) -> BadFormula:
        """The refusal of what stands here; signs that belong elsewhere have a remedy of their own."""
        met = self.now.say()
        if self.now.text in COMPARISONS:
            remedy = _COMPARING
        elif self.now.text == "=":
            remedy = _EQUALS
        wrong = Text(f"没有料到{met.zh}", f"{met.en} was not expected")
        return BadFormula(wrong, remedy, self.now.column)
