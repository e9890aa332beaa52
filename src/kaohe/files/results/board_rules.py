"""The board's last part: every indicator's rule, as the scheme has it and as it is read."""

from collections.abc import Iterator

from kaohe.files.results import words
from kaohe.files.results.markup import Markup, fill, fill_each, join_markup
from kaohe.files.results.words import show_figure
from kaohe.language import Language, Text
from kaohe.numbers.rounding import describe_rounding
from kaohe.renderings.prose import describe_rule
from kaohe.results.result import Result
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel

_TEXT = Text("原文", "As written")
_READ = Text("读法", "As read")
_OWNER = Text("数据来源", "Figures from")


def write_rules(result: Result, language: Language) -> Markup:
    """Every leaf's rule, each with an address that receipts point to."""
    model = result.scheme.model
    return join_markup(
        _write_rule(model, node, number, language)
        for number, node in enumerate(queries.iterate_nodes(model))
        if not node.children
    )


def _write_rule(model: SchemeModel, leaf: IndicatorNode, number: int, language: Language) -> Markup:
    return fill(
        '<h3 id="i{number}">{code} {name}</h3><dl>{facts}</dl>',
        number=str(number),
        code=leaf.code,
        name=leaf.name,
        facts=join_markup(
            fill("<dt>{head}</dt><dd>{fact}</dd>", head=head.say(language), fact=fact)
            for head, fact in _list_facts(model, leaf, language)
        ),
    )


def _list_facts(
    model: SchemeModel, leaf: IndicatorNode, language: Language
) -> Iterator[tuple[Text, Markup | str]]:
    yield words.POINTS, _list_points(model, leaf, language)
    if leaf.text:
        yield _TEXT, leaf.text
    sentences = [step.sentence for step in describe_rule(queries.leaf_expression(leaf))]
    rounding = queries.rounding_of(model, leaf)
    sentences.append(describe_rounding(rounding.indicator, rounding.mode))
    yield (
        _READ,
        fill(
            "<ol>{steps}</ol>",
            steps=fill_each("<li>{part}</li>", (sentence.say(language) for sentence in sentences)),
        ),
    )
    if leaf.owner:
        yield _OWNER, leaf.owner


def _list_points(model: SchemeModel, leaf: IndicatorNode, language: Language) -> str:
    """Full marks, by group where they differ."""
    points = {group: queries.group_points(leaf, group.code) for group in model.groups}
    if len(set(points.values())) == 1:
        return show_figure(next(iter(points.values())), language)
    return " · ".join(
        f"{group.name} {show_figure(value, language)}" for group, value in points.items()
    )
