"""The words and signs of a custom formula, each with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from kaohe.errors import KaoheError
from kaohe.language import Text

MOST_CHARACTERS = 4_000
MOST_TOKENS = 500
Kind = Literal["number", "name", "sign", "break", "end"]

# One sign for another, so that what an input method types is understood; columns stay as they are.
_FULL_WIDTH = "".join(map(chr, range(ord("！"), ord("～") + 1)))
_ORDINARY = str.maketrans(
    f"{_FULL_WIDTH}−×÷\u3000\u00a0",
    f"{''.join(map(chr, range(ord('!'), ord('~') + 1)))}-*/  ",
)
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!="}
_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?%?)"
    r"|(?P<name>[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]*)"
    r"|(?P<sign><=|>=|==|!=|[-+*/()<>=,≤≥≠])"
    r"|(?P<break>[;\n])"
    r"|(?P<space>[ \t\r]+)"
)


class BadFormula(KaoheError):
    """A formula that cannot be read: what is wrong with it, the remedy, and the column from 1."""

    def __init__(self, wrong: Text, remedy: Text, column: int) -> None:
        self.wrong = Text(f"第 {column} 个字符处{wrong.zh}", f"at character {column}: {wrong.en}")
        self.remedy = remedy
        self.column = column
        super().__init__(f"{self.wrong.en}; {remedy.en}")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign of a formula, and the column where it stands, from 1."""

    kind: Kind
    text: str
    column: int

    def say(self) -> Text:
        """The token as a message names it."""
        if self.kind == "end":
            return Text("公式末尾", "the end of the formula")
        if self.kind == "break":
            return Text("一步的末尾", "the end of a step")
        return Text(f"“{self.text}”", f'"{self.text}"')


def split_tokens(text: str) -> list[Token]:
    """The tokens of a formula, closed by one of kind `end`.

    Raises BadFormula for a character that has no meaning, and for a formula that is too long.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadFormula(
            Text(f"公式超过 {MOST_CHARACTERS} 个字符", f"the formula is over {MOST_CHARACTERS} characters long"),
            _SHORTER, MOST_CHARACTERS + 1,
        )  # fmt: skip
    tokens = [*_scan(text.translate(_ORDINARY))]
    if len(tokens) > MOST_TOKENS:
        raise BadFormula(
            Text(f"公式超过 {MOST_TOKENS} 个词和符号", f"the formula has over {MOST_TOKENS} words and signs"),
            _SHORTER, tokens[MOST_TOKENS].column,
        )  # fmt: skip
    return [*tokens, Token("end", "", len(text) + 1)]


_SHORTER = Text(
    "请写短一些，或拆成几个指标", "make it shorter, or split it over several indicators"
)


def _scan(text: str) -> Iterator[Token]:
    """Tokens one by one; a line end inside brackets parts nothing."""
    place, brackets = 0, 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _refuse_character(text[place], place + 1)
        kind, found = match.lastgroup, match.group()
        brackets += (found == "(") - (found == ")")
        if kind != "space" and (found != "\n" or brackets < 1):
            yield Token(cast(Kind, kind), _SIGNS.get(found, found), place + 1)
        place = match.end()


def _refuse_character(character: str, column: int) -> BadFormula:
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return BadFormula(
        Text(f"有不能用的字符“{shown}”", f'the character "{shown}" cannot be used'),
        Text(
            "公式里只用名称、数、+ - * / ( ) < > = , ; 这些符号",
            "use names, numbers and the signs + - * / ( ) < > = , ; only",
        ),
        column,
    )
