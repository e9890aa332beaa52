import pytest

from kaohe.expressions.tokens import BadFormula, Token, split_tokens
from kaohe.language import Text


def words(text: str) -> list[tuple[str, str, int]]:
    return [(token.kind, token.text, token.column) for token in split_tokens(text)]


def test_words_numbers_and_signs_have_their_columns() -> None:
    assert words("rate_1 = 12.5% * 完成值;\n3") == [
        ("name", "rate_1", 1),
        ("sign", "=", 8),
        ("number", "12.5%", 10),
        ("sign", "*", 16),
        ("name", "完成值", 18),
        ("break", ";", 21),
        ("break", "\n", 22),
        ("number", "3", 23),
        ("end", "", 24),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ｘ＋１．５％＊（ｔ－２）／３；ｙ", "x+1.5%*(t-2)/3;y"),
        ("x×t÷w−1", "x*t/w-1"),
        ("ｍａｘ（ｘ，１）", "max(x,1)"),
        ("x≤t", "x<=t"),
        ("x≥t", "x>=t"),
        ("x≠t", "x!=t"),
        ("x＜＝t", "x<=t"),
        ("x＝＝t", "x==t"),
        ("x\u3000+\u00a0t\t\r", "x + t"),
    ],
)
def test_what_an_input_method_types_is_understood(written: str, meant: str) -> None:
    assert [token.text for token in split_tokens(written)] == [
        token.text for token in split_tokens(meant)
    ]


def test_columns_are_those_of_the_text_as_written() -> None:
    assert [token.column for token in split_tokens("ｘ ≤ １０")] == [1, 3, 5, 7]


def test_a_line_end_inside_brackets_parts_nothing() -> None:
    assert [token.text for token in split_tokens("max(\nx,\n(t)\n)\nw")] == [
        "max", "(", "x", ",", "(", "t", ")", ")", "\n", "w", "",
    ]  # fmt: skip


def test_a_line_end_after_too_many_closing_brackets_parts_steps() -> None:
    assert [token.kind for token in split_tokens(")\n")] == ["sign", "break", "end"]


def test_nothing_is_one_token() -> None:
    assert split_tokens("") == [Token("end", "", 1)]


@pytest.mark.parametrize(
    ("text", "column", "zh", "en"),
    [
        ("x^2", 2, "“^”", '"^"'),
        ("x + $", 5, "“$”", '"$"'),
        ("x.t", 2, "“.”", '"."'),
        (".5", 1, "“.”", '"."'),
        ("x\u200b", 2, "“U+200B”", '"U+200B"'),
        ("x\0", 2, "“U+0000”", '"U+0000"'),
        ("x！", 2, "“!”", '"!"'),
        ("'x'", 1, "“'”", '"\'"'),
        ("x['a']", 2, "“[”", '"["'),
        ("é", 1, "“é”", '"é"'),
        ("x、t", 2, "“、”", '"、"'),
    ],
)
def test_a_character_without_meaning_is_refused_where_it_stands(
    text: str, column: int, zh: str, en: str
) -> None:
    with pytest.raises(BadFormula) as refused:
        split_tokens(text)

    assert refused.value.column == column
    assert refused.value.wrong == Text(
        f"第 {column} 个字符处有不能用的字符{zh}", f"at character {column}: the character {en} cannot be used"
    )  # fmt: skip
    assert refused.value.remedy == Text(
        "公式里只用名称、数、+ - * / ( ) < > = , ; 这些符号",
        "use names, numbers and the signs + - * / ( ) < > = , ; only",
    )


def test_a_formula_has_at_most_4000_characters() -> None:
    assert len(split_tokens("x" + " " * 3_999)) == 2
    with pytest.raises(BadFormula) as refused:
        split_tokens("x" + " " * 4_000)

    assert str(refused.value) == (
        "at character 4001: the formula is over 4000 characters long; "
        "make it shorter, or split it over several indicators"
    )


def test_a_formula_has_at_most_500_words_and_signs() -> None:
    assert len(split_tokens("x " * 500)) == 501
    with pytest.raises(BadFormula) as refused:
        split_tokens("x " * 501)

    assert str(refused.value) == (
        "at character 1001: the formula has over 500 words and signs; "
        "make it shorter, or split it over several indicators"
    )


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (Token("end", "", 9), Text("公式末尾", "the end of the formula")),
        (Token("break", ";", 9), Text("一步的末尾", "the end of a step")),
        (Token("name", "x", 9), Text("“x”", '"x"')),
    ],
)
def test_messages_name_a_token(token: Token, said: Text) -> None:
    assert token.say() == said
