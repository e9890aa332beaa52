"""What is wrong with a formula is said with its column, the reason and the remedy."""

import pytest
from tests.engine.expressions.formulas import refuse, refuse_fully

from kaohe.language import Text

OPERAND = "a number, a name or a bracket belongs here"
OPERATOR = "one of + - * / belongs here, or a semicolon to end the step"
COMPARING = "compare between if and then, without brackets, such as if x >= t then w else 0"
EQUALS = "write == to compare, name = … for a step"
STEPS = "name the earlier steps, such as gap = x - t, and end with score = …"
END = "the end of the formula was not expected"

FAULTS = [
    ("", 1, END, OPERAND),
    ("  \n;", 5, END, OPERAND),
    ("x +", 4, END, OPERAND),
    ("x * * t", 5, '"*" was not expected', OPERAND),
    (")", 1, '")" was not expected', OPERAND),
    ("x + ;", 5, "the end of a step was not expected", OPERAND),
    ("then", 1, '"then" was not expected', OPERAND),
    ("w * if x > t then 1 else 0", 5, '"if" was not expected', "put brackets around if … else …"),
    ("x t", 3, '"t" was not expected', OPERATOR),
    ("2x", 2, '"x" was not expected', OPERATOR),
    ("1e5", 2, '"e5" was not expected', OPERATOR),
    ("x (t)", 1, 'nothing is called "x"', "did you mean max?"),
    ("2 (t)", 3, '"(" was not expected', OPERATOR),
    ("x)", 2, '")" was not expected', OPERATOR),
    ("x,", 2, '"," was not expected', OPERATOR),
    ("(x", 3, END, '")" belongs here'),
    ("(x; t)", 3, "the end of a step was not expected", '")" belongs here'),
    ("max(x, t", 9, END, '")" belongs here'),
    ("max(x t)", 7, '"t" was not expected', '")" belongs here'),
    ("max(x,)", 7, '")" was not expected', OPERAND),
    ("= x / t", 1, '"=" was not expected', EQUALS),
    ("5 = x", 3, '"=" was not expected', EQUALS),
    ("if x = t then 1 else 0", 6, '"=" was not expected', EQUALS),
    ("x >= t", 3, '">=" was not expected', COMPARING),
    ("if (x >= t) then 1 else 0", 7, '">=" was not expected', COMPARING),
    ("if(x >= t, 1, 0)", 6, '">=" was not expected', COMPARING),
    ("if x >= t then x > 1 else 0", 18, '">" was not expected', COMPARING),
    ("if x then 1 else 0", 6, '"then" was not expected',
     "a sign of comparison belongs here, such as x >= t"),
    ("if x > t or x > 1 then 1 else 0", 10, '"or" was not expected', "then belongs here"),
    ("if x > t 1 else 0", 10, '"1" was not expected', "then belongs here"),
    ("if x > t then 1", 16, END, "else belongs here"),
    ("if x > t then 1\nelse 0", 16, "the end of a step was not expected", "else belongs here"),
    ("若x > t 则 1 否则 0", 1, 'nothing is called "若x"', 'put a space before and after "若"'),
    ("targt + 1", 1, 'nothing is called "targt"', "did you mean target?"),
    ("x + maxx(x, t)", 5, 'nothing is called "maxx"', "did you mean max?"),
    ("w * min", 5, 'nothing is called "min"', "write its arguments: min(…)"),
    ("y", 1, 'nothing is called "y"',
     "use x, t, prev, w, facets, earlier steps and functions; list facets of your own under `facets`"),
    ("gap + 1; gap = x", 1, 'nothing is called "gap"', "did you mean a?"),
    ("x = t", 1, 'the name "x" already has a meaning', "choose another name"),
    ("b = x; b = t; b", 8, 'the name "b" already has a meaning', "choose another name"),
    ("min = x; min", 1, 'the name "min" already has a meaning', "choose another name"),
    ("else = x; else", 1, 'the name "else" already has a meaning', "choose another name"),
    ("gap = x - t", 1, "the last step is not the score", STEPS),
    ("a1 = x; a2 = a1;", 9, "the last step is not the score", STEPS),
    ("x; t", 4, "there is more after the score", STEPS),
    ("score = x; t", 12, "there is more after the score", STEPS),
    ("得分 = x\nscore = t", 8, "there is more after the score", STEPS),
    ("b = x; t", 1, 'the step "b" is never used', "use it further on, or delete it"),
    ("b = x; c = b; score = t", 1, 'the step "b" is never used', "use it further on, or delete it"),
    ("x / 0", 5, "the divisor is zero", "write a divisor other than zero"),
    ("x / -0.0%", 5, "the divisor is zero", "write a divisor other than zero"),
    ("max(1,000, x)", 7, "a number begins with a zero too many",
     "leave it out; write a thousand as 1000, not as 1,000"),
    ("007", 1, "a number begins with a zero too many",
     "leave it out; write a thousand as 1000, not as 1,000"),
    ("x + 1234567890123456789", 5, '"1234567890123456789" has more than 18 digits, more than can be kept exactly',
     "is it a code? a number needs fewer digits"),
    ("x ** 2", 4, '"*" was not expected', OPERAND),
    ("x.__class__", 2, 'the character "." cannot be used',
     "use names, numbers and the signs + - * / ( ) < > = , ; only"),
    ("__import__(x)", 1, 'nothing is called "__import__"',
     "use x, t, prev, w, facets, earlier steps and functions; list facets of your own under `facets`"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "column", "wrong", "remedy"), FAULTS)
def test_a_fault_is_said_with_column_reason_and_remedy(
    formula: str, column: int, wrong: str, remedy: str
) -> None:
    assert refuse(formula) == (column, wrong, remedy)


@pytest.mark.parametrize(
    ("formula", "wrong", "remedy"),
    [
        ("x +", "第 4 个字符处没有料到公式末尾", "这里应是数、名称或括号"),
        ("x t", "第 3 个字符处没有料到“t”", "这里应是 + - * / 之一，或用分号结束这一步"),
        ("x > t", "第 3 个字符处没有料到“>”", "比较写在“如果”与“则”之间，不加括号，如 if x >= t then w else 0"),
        ("若 x > t 得 1", "第 9 个字符处没有料到“得”", "这里应是 then"),
        ("b = x; t", "第 1 个字符处步骤“b”没有用到", "请在后面用到它，或删去"),
        ("x / 0", "第 5 个字符处除数为零", "请写非零的除数"),
    ],
)  # fmt: skip
def test_faults_are_said_in_chinese_too(formula: str, wrong: str, remedy: str) -> None:
    fault = refuse_fully(formula)

    assert (fault.wrong.zh, fault.remedy.zh) == (wrong, remedy)


def test_the_fault_itself_says_everything_in_one_line() -> None:
    fault = refuse_fully("x / 0")

    assert fault.wrong == Text("第 5 个字符处除数为零", "at character 5: the divisor is zero")
    assert str(fault) == "at character 5: the divisor is zero; write a divisor other than zero"
