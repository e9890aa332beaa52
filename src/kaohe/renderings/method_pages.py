"""The documentation page of every method, written from its definition, in Markdown."""

from collections.abc import Iterable, Sequence

from kaohe.expressions.facets import facet_label
from kaohe.expressions.nodes import Named
from kaohe.expressions.structure import compares_peers
from kaohe.language import Language, Text
from kaohe.renderings.parameter_tables import list_fields, say_default, say_kind, write_setting
from kaohe.renderings.prose import describe_rule
from kaohe.rules.catalogue import METHODS
from kaohe.rules.families import method_name
from kaohe.rules.method import Example, Method, explain_field

_NOTHING = "—"
_HEADS = (
    Text("参数", "parameter"),
    Text("含义", "meaning"),
    Text("写法", "written as"),
    Text("默认", "default"),
)
_INDEX_HEADS = (
    Text("代码", "code"),
    Text("名称", "name"),
    Text("计分办法", "method"),
    Text("公式", "formula"),
)
_COMPARES = {
    True: Text("其他单位的数据也会影响得分", "other units' figures move the score too"),
    False: Text("只看本单位数据", "only the unit's own figures count"),
}


def write_method_page(method: type[Method], language: Language) -> str:
    """The page of one method: formula, source, parameters, steps, and its worked examples."""
    sections = [
        f"# {method.code} {method.title.say(language)}",
        method.summary.say(language),
        _write_facts(method, language),
        f"## {Text('参数', 'Parameters').say(language)}",
        _write_parameters(method, language),
        f"## {Text('计算步骤', 'Steps').say(language)}",
        _write_steps(method, language),
        *(
            _write_example(method, example, number, language)
            for number, example in enumerate(method.examples, start=1)
        ),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def write_method_index(language: Language) -> str:
    """The table of all methods, each linked to its page."""
    rows = [
        (
            f"[{method.code}]({name_page(method, language)})",
            f"`{method_name(method)}`",
            method.title.say(language),
            method.formula,
        )
        for method in sorted(METHODS, key=lambda method: method.code)
    ]
    title = Text("计分办法", "Scoring methods").say(language)
    return f"# {title}\n\n{_write_table([head.say(language) for head in _INDEX_HEADS], rows)}\n"


def name_page(method: type[Method], language: Language) -> str:
    """The file name of a method's page."""
    return f"{method.code}.{'zh-CN' if language == 'zh' else 'en'}.md"


def _write_facts(method: type[Method], language: Language) -> str:
    facts = {
        Text("写作", "Written as"): f"`method: {method_name(method)}`",
        Text("公式", "Formula"): method.formula,
        Text("来源", "Source"): method.source.say(language),
        Text("比较", "Compares"): _COMPARES[_compares_peers(method)].say(language),
    }
    colon = "：" if language == "zh" else ": "
    return "\n".join(f"- {label.say(language)}{colon}{fact}" for label, fact in facts.items())


def _write_parameters(method: type[Method], language: Language) -> str:
    rows = [
        (
            f"`{name}`",
            explain_field(name, field).say(language),
            say_kind(field).say(language),
            say_default(field).say(language),
        )
        for name, field in list_fields(method)
    ]
    if not rows:
        return Text("没有参数。", "None.").say(language)
    return _write_table([head.say(language) for head in _HEADS], rows)


def _make_rule(method: type[Method], example: Example) -> Method:
    return method.model_validate({"method": method_name(method), **example.parameters})


def _compares_peers(method: type[Method]) -> bool:
    """Whether the rule of any example looks at other units."""
    return any(compares_peers(_read_expression(method, example)) for example in method.examples)


def _read_expression(method: type[Method], example: Example) -> Named:
    rule = _make_rule(method, example)
    return rule.expression(higher_is_better=example.higher_is_better)


def _write_steps(method: type[Method], language: Language) -> str:
    steps = describe_rule(_read_expression(method, method.examples[0]))
    lead = Text("按算例 1 的参数：", "With the parameters of example 1:").say(language)
    lines = [
        f"{number}. {step.sentence.say(language)}" for number, step in enumerate(steps, start=1)
    ]
    return "\n".join([lead, "", *lines])


def _write_example(method: type[Method], example: Example, number: int, language: Language) -> str:
    title = Text("算例", "Example").say(language)
    reference = f" ({example.reference})" if example.reference else ""
    records = _make_rule(method, example).describe_records() if example.records else ()
    parts = [
        f"## {title} {number}{reference}",
        _write_scheme_lines(method, example),
        "\n".join(f"- {line.say(language)}" for line in records),
        _write_figures(method, example, language),
    ]
    return "\n\n".join(part for part in parts if part)


def _write_scheme_lines(method: type[Method], example: Example) -> str:
    """The lines of a scheme that set the rule up as the example has it."""
    lines = [f"points: {example.points}"]
    if not example.higher_is_better:
        lines.append("direction: lower")
    rule = write_setting({"method": method_name(method), **example.parameters})
    return "\n".join(["```yaml", *lines, f"rule: {rule}", "```"])


def _write_figures(method: type[Method], example: Example, language: Language) -> str:
    heads = [Text("单位", "unit"), *map(facet_label, example.figures)]
    columns: list[Sequence[str]] = [
        [f"{row}" for row in range(1, len(example.scores) + 1)],
        *example.figures.values(),
    ]
    if example.records:
        heads.append(Text("记录", "records"))
        columns.append(_list_records(method, example, language))
    heads.append(Text("得分", "score"))
    columns.append(example.scores)
    rows = [[cell or _NOTHING for cell in row] for row in zip(*columns, strict=True)]
    return _write_table([head.say(language) for head in heads], rows)


def _list_records(method: type[Method], example: Example, language: Language) -> list[str]:
    """How the records of each unit counted."""
    rule = _make_rule(method, example)
    reductions = [rule.reduce_records(records) for records in example.records]
    return [" · ".join(line.text.say(language) for line in each.lines) for each in reductions]


def _write_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(_write_row(cells) for cells in [heads, ["---"] * len(heads), *rows])


def _write_row(cells: Sequence[str]) -> str:
    return " | ".join(["", *(cell.replace("|", "\\|") for cell in cells), ""]).strip()
