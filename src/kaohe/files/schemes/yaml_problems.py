"""What makes a text no YAML, said so that somebody who does not know YAML can mend it."""

import re

from kaohe.language import Text

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PAIRS = Text(
    "请检查该处的缩进、冒号后的空格、引号与括号是否成对",
    "check indentation, the space after a colon, and that quotes and brackets are paired",
)
_INDENT = Text(
    "同级的键请对齐，用空格缩进；值里有冒号时请加引号",
    "align keys of one level, indent by spaces; quote a value that holds a colon",
)
_QUOTE = Text("请给这个值加上成对的引号", "put the value between quotation marks")
_TAB = (
    Text("有制表符，或值以 @、`、% 等符号开头", "a tab, or a value that begins with @, ` or %"),
    Text(
        "缩进请用空格；以符号开头的值请加引号",
        "indent by spaces; quote a value that begins with a sign",
    ),
)
_PROBLEMS = {
    "found a tab character that violates indentation": _TAB,
    "found character that cannot start any token": _TAB,
    "mapping values are not allowed in this context": (
        Text("这里不能再出现“键: 值”", "a key with a value may not stand here"),
        _INDENT,
    ),
    "did not find expected key": (Text("这里应是一个键", "a key is expected here"), _INDENT),
    "could not find expected ':'": (Text("键后面缺少冒号", "a key lacks its colon"), _INDENT),
    "did not find expected '-' indicator": (
        Text("列表各项没有对齐", "the items of a list are not aligned"),
        _INDENT,
    ),
    "block sequence entries are not allowed in this context": (
        Text("列表不能与键写在同一行", "a list may not begin on the line of its key"),
        Text("请另起一行写“- ”", 'begin "- " on a line of its own'),
    ),
    "did not find expected ',' or ']'": (
        Text("方括号没有成对", "a square bracket is not closed"),
        _PAIRS,
    ),
    "did not find expected ',' or '}'": (Text("花括号没有成对", "a brace is not closed"), _PAIRS),
    "found unexpected end of stream": (
        Text("引号没有成对", "a quotation mark is not closed"),
        _PAIRS,
    ),
    "found unknown escape character": (
        Text("双引号里的“\\”后面不能是这个字符", "an unknown sign after \\ between double quotes"),
        Text("请改用单引号", "use single quotes"),
    ),
    "did not find expected alphabetic or numeric character": (
        Text("值以 & 或 * 开头", "a value begins with & or *"),
        _QUOTE,
    ),
}  # fmt: skip

UNCLOSED = {
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
    "found unexpected end of stream",
}
"""Problems that are met at the end, and are to be mended where the bracket or quote was opened."""


def explain_problem(problem: str) -> tuple[Text, Text]:
    """What is wrong, and the remedy, for a problem as the parser names it."""
    known = _PROBLEMS.get(problem)
    if known is None:
        return Text(f"不是有效的 YAML：{problem}", f"not valid YAML: {problem}"), _PAIRS
    wrong, remedy = known
    return Text(f"不是有效的 YAML：{wrong.zh}", f"not valid YAML: {wrong.en}"), remedy


def find_forbidden_character(text: str) -> int | None:
    """The position of the first character that YAML does not allow; None where there is none."""
    match = _FORBIDDEN.search(text)
    return None if match is None else match.start()
