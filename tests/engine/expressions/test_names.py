import pytest

from kaohe.expressions.facets import FACETS
from kaohe.expressions.names import Names
from kaohe.expressions.nodes import Constant, Facet, Named, Node, Peer, Points
from kaohe.expressions.tokens import BadFormula, Token
from kaohe.language import Text

ONE = Constant(1)  # type: ignore[arg-type]


def make_names(**facets: str) -> Names:
    return Names(facets, ["min", "floor", "pool_mean"])


def name(text: str) -> Token:
    return Token("name", text, 7)


@pytest.mark.parametrize(
    ("word", "node"),
    [
        ("x", Facet("value")),
        ("完成值", Facet("value")),
        ("value", Facet("value")),
        ("t", Facet("target")),
        ("目标值", Facet("target")),
        ("prev", Facet("previous")),
        ("基期值", Facet("previous")),
        ("w", Points()),
        ("points", Points()),
        ("分值", Points()),
        ("a", Peer("mean", Facet("value"))),
        ("n", Peer("count", Facet("value"))),
        ("gdp", Facet("gdp", Text("生产总值", "生产总值"))),
        ("生产总值", Facet("gdp", Text("生产总值", "生产总值"))),
    ],
)
def test_names_stand_for_figures(word: str, node: Node) -> None:
    assert make_names(gdp="生产总值").find(name(word)) == node


def test_every_facet_is_known_by_key_and_by_chinese_label() -> None:
    names = make_names()

    for key, label in FACETS.items():
        assert names.find(name(key)) == names.find(name(label.zh)) == Facet(key)


def test_a_step_is_known_from_then_on() -> None:
    names = make_names()
    step = names.add_step(name("per_head"), ONE)

    assert step == Named("per_head", Text("per_head", "per head"), ONE)
    assert names.find(name("per_head")) == step


@pytest.mark.parametrize("word", ["score", "得分"])
def test_the_outcome_has_one_name_in_both_languages(word: str) -> None:
    assert make_names().add_step(name(word), ONE) == Named("score", Text("得分", "score"), ONE)


@pytest.mark.parametrize(
    "word", ["x", "目标值", "w", "min", "if", "否则", "gdp", "生产总值", "used"]
)
def test_a_name_has_one_meaning(word: str) -> None:
    names = make_names(gdp="生产总值")
    names.add_step(name("used"), ONE)

    with pytest.raises(BadFormula) as refused:
        names.add_step(name(word), ONE)

    assert refused.value.wrong.zh == f"第 7 个字符处名称“{word}”已有含义"
    assert str(refused.value) == (
        f'at character 7: the name "{word}" already has a meaning; choose another name'
    )


@pytest.mark.parametrize("word", ["x", "目标值", "min", "如果", "score", "得分", "gdp", "生产总值"])
def test_names_tell_what_is_taken(word: str) -> None:
    assert make_names(gdp="生产总值").is_known(word)
    assert not make_names().is_known("tax")


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("targte", "did you mean target?"),
        ("完成", "did you mean 完成值?"),
        ("pre", "did you mean prev?"),
        ("min", "write its arguments: min(…)"),
        ("若完成值", 'put a space before and after "若"'),
        ("目标值则", 'put a space before and after "则"'),
        (
            "zzz",
            "use x, t, prev, w, facets, earlier steps and functions; "
            "list facets of your own under `facets`",
        ),
    ],
)
def test_an_unknown_name_gets_a_remedy(word: str, remedy: str) -> None:
    with pytest.raises(BadFormula) as refused:
        make_names().find(name(word))

    assert refused.value.wrong == Text(
        f"第 7 个字符处没有“{word}”这个名称", f'at character 7: nothing is called "{word}"'
    )
    assert refused.value.remedy.en == remedy


def test_a_function_is_offered_only_where_one_is_called() -> None:
    make_names().require_function(name("floor"))
    with pytest.raises(BadFormula) as refused:
        make_names().require_function(name("flor"))

    assert str(refused.value) == ('at character 7: nothing is called "flor"; did you mean floor?')
