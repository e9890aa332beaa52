"""The board: a result as one page of HTML that needs nothing else and asks nobody for anything."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from kaohe.files.results.board_ranking import Ranking
from kaohe.files.results.board_rules import write_rules
from kaohe.files.results.board_units import UnitPages
from kaohe.files.results.markup import Markup, fill, fill_each, join_markup
from kaohe.language import Language, Text
from kaohe.results.board import list_board
from kaohe.results.proposals import GroupGrades
from kaohe.results.result import Result
from kaohe.scheme import queries
from kaohe.scheme.units import Group

_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{digest}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{name}</title>
<style>{style}</style>
</head>
<body id="top">
<header>
<h1>{name}</h1>
{state}
<p class="quiet">{about}</p>
<nav aria-label="{contents}"><ul>{links}</ul></nav>
</header>
<main>
{groups}
<section aria-labelledby="units"><h2 id="units">{units_head}</h2><p class="quiet">{units_note}</p>{units}</section>
<section class="rules" aria-labelledby="rules"><h2 id="rules">{rules_head}</h2>{rules}</section>
</main>
<footer class="quiet"><p>{scheme_digest} <span class="digest">{scheme}</span></p><p>{data_digest} <span class="digest">{data}</span></p><p>Kaohe {engine}</p></footer>
</body>
</html>
"""
_GROUP = """<section aria-labelledby="{id}"><h2 id="{id}">{name} <small>{count}</small></h2>
<table class="ranking" role="table" aria-labelledby="{id}"><thead><tr role="row">{heads}</tr></thead><tbody>{rows}</tbody></table>
{grades}</section>
"""
_STYLE = Path(__file__).with_name("board.css")
_LANGUAGES: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}
_UNITS = Text("各单位得分与凭据", "Units: scores and receipts")
_RULES = Text("指标与计分办法", "Indicators and rules")


def write_board(result: Result, path: Path, language: Language) -> None:
    """Write the board."""
    path.write_bytes(make_board(result, language).encode())


def make_board(result: Result, language: Language) -> str:
    """The board as HTML: every group's ranking, every unit's scores with receipts, every rule."""
    style = _STYLE.read_text(encoding="utf-8")
    groups = [each for each in result.scheme.model.groups if result.rankings.get(each.code)]
    units = UnitPages(result, language)
    return fill(
        _PAGE,
        lang=_LANGUAGES[language],
        digest=f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}",
        name=result.scheme.model.name,
        style=Markup(style),
        state=_write_state(result, language),
        about=_tell_extent(result, language),
        contents=Text("目录", "Contents").say(language),
        links=_write_links(groups, language),
        groups=join_markup(
            _write_group(result, group, number, language) for number, group in enumerate(groups)
        ),
        units_head=_UNITS.say(language),
        units_note=Text(
            "点开指标名称，可见这一分从何而来。",
            "Open an indicator to see where its score comes from.",
        ).say(language),
        units=join_markup(units.write_unit(row) for row in range(len(result.units))),
        rules_head=_RULES.say(language),
        rules=write_rules(result, language),
        scheme_digest=Text("方案摘要", "Digest of the scheme").say(language),
        scheme=result.scheme.digest,
        data_digest=Text("数据摘要", "Digest of the data").say(language),
        data=result.data_digest,
        engine=result.engine,
    )


def _write_state(result: Result, language: Language) -> Markup:
    """One sentence of state: provisional or complete; grades are proposals either way."""
    missing = sum(len(each.total.provisional) for each in result.units)
    proposed = Text(
        "等次均为建议，由有权机关决定。", "Grades are proposals; somebody has to decide them."
    )
    state = Text("数据齐全。", "All figures are in.")
    if missing:
        state = Text(
            f"还有 {missing} 个数据未报，补齐前不得公布。",
            f"Figures still to come: {missing}; not to be published before.",
        )
    return fill(
        '<p class="state{kind}"><strong>{lead}</strong> {state}{proposed}</p>',
        kind=" open" if missing else "",
        lead=(Text("暂定结果", "Provisional.") if missing else Text("计算结果", "Result.")).say(
            language
        ),
        state=state.say(language) + (" " if language == "en" else ""),
        proposed=proposed.say(language) if result.grades else "",
    )


def _tell_extent(result: Result, language: Language) -> str:
    model = result.scheme.model
    period = f"{model.starts} – {model.ends}" if model.starts and model.ends else model.period
    leaves = len(list(queries.iterate_leaves(model)))
    return Text(
        f"考核期 {period} · {len(result.units)} 个单位 · {leaves} 项末级指标",
        f"Period {period} · {len(result.units)} units · {leaves} indicators",
    ).say(language)


def _write_links(groups: Sequence[Group], language: Language) -> Markup:
    targets = [(f"g{number}", group.name) for number, group in enumerate(groups)]
    targets += [("units", _UNITS.say(language)), ("rules", _RULES.say(language))]
    return join_markup(
        fill('<li><a href="#{id}">{name}</a></li>', id=id_, name=name) for id_, name in targets
    )


def _write_group(result: Result, group: Group, number: int, language: Language) -> Markup:
    board = list_board(result, group.code)
    table = Ranking(result, board, language)
    graded = next((each for each in result.grades if each.group == group.code), None)
    return fill(
        _GROUP,
        id=f"g{number}",
        name=group.name,
        count=Text(f"{len(board)} 个单位", f"{len(board)} units").say(language),
        heads=table.write_heads(),
        rows=join_markup(table.write_row(row) for row in board),
        grades=_write_bands(graded, language) if graded else Markup(),
    )


def _write_bands(graded: GroupGrades, language: Language) -> Markup:
    steps = [step.text.say(language) for band in graded.outcome.bands for step in band.steps]
    return fill(
        "<details><summary>{head}</summary><ol>{steps}</ol></details>",
        head=Text(f"等次的由来：{graded.rule.name}", f"How grades came: {graded.rule.name}").say(
            language
        ),
        steps=fill_each("<li>{part}</li>", steps),
    )
