import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.engine.results.test_board import with_previous
from tests.engine.results.town import SCHEME, score_town

from kaohe.checking import admit
from kaohe.files.data.observations import read_observations
from kaohe.files.results.board_page import make_board
from kaohe.files.results.markup import Markup, fill, fill_each, join_markup
from kaohe.files.schemes.reading import read_draft
from kaohe.results.result import Result, score

EVIL = "<script>alert(1)</script>\"'&{name}"
DISTRICT = Path(__file__).parents[3] / "examples" / "district" / "2019"
VOID = {"meta", "br"}
TOWN = "T1,8.50,31.2,301,92\nT2,6.25,28.5,310,88\nT3,7.40,30,295,79\nT4,3.1,21.7,310,64\n"


class Page(HTMLParser):
    """A page taken apart: its tags with their attributes, its texts, and whether all tags close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())

    def all(self, name: str) -> list[dict[str, Any]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def read_rows(html: str) -> list[list[str]]:
    """The cells of the ranking tables, as read."""
    tables = re.findall(r'<table class="ranking".*?</table>', html, re.DOTALL)
    rows = [row for table in tables for row in re.findall(r"<tr.*?</tr>", table)]
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]


def make_evil(folder: Path) -> Result:
    quoted = EVIL.replace("'", "''")
    scheme = SCHEME
    for name in (
        "松潆镇",
        "云河区二〇一九年度综合考核",
        "镇街",
        "一般公共预算收入增幅",
        "年度等次",
        "优秀",
    ):
        scheme = scheme.replace(f"name: {name}", f"name: '{quoted}'").replace(
            f"label: {name}", f"label: '{quoted}'"
        )
    scheme = scheme.replace("reason: 体制单列", f"reason: '{quoted}'")
    scheme = scheme.replace("text: 以增幅", f"text: '{quoted}'\n        acceptance: 以增幅")
    records = (
        f"事项编号,单位代码,指标代码,级别,事项名称\nJ1,T1,P,nation,{EVIL.replace(chr(34), '')}\n"
    )
    return score_town(
        folder, scheme=scheme, records=records, figures="单位代码,A1,A2,A3,B1\n" + TOWN
    )


def test_the_ranking_shows_place_total_gap_and_grade(tmp_path: Path):
    rows = read_rows(make_board(score_town(tmp_path), "zh"))

    assert rows[:6] == [
        ["位次", "单位", "总分", "距上一位", "基础分", "加分", "扣分", "建议等次"],
        ["1", "松潆镇否决 V1", "96.05", "—", "93.05", "3.00", "—", "良好"],
        ["2", "竹畹镇", "87.27", "8.78", "87.77", "—", "0.50", "优秀"],
        ["3", "梅溆街道", "82.27", "5.00", "82.27", "—", "—", "一般"],
        ["4", "兰溆镇", "59.67", "22.60", "59.67", "—", "—", "一般"],
        ["—", "开发区管委会单列", "91.00", "—", "91.00", "—", "—", "—"],
    ]
    assert rows[11][1] == "区改革办不定等次暂定，缺 1 项"


def test_movement_is_shown_where_it_is_known(tmp_path: Path):
    result = with_previous(score_town(tmp_path), T1="3", T2="1", T3="3")

    rows = read_rows(make_board(result, "en"))

    assert [row[3] for row in rows[:6]] == ["Moved", "↑up 2", "↓down 1", "—", "—", "—"]
    assert rows[6][3] == "To next place"


def test_totals_that_differ_look_different(tmp_path: Path):
    scheme = SCHEME.replace("kaohe: 1\n", "kaohe: 1\nrounding: {display: 0}\n")
    figures = "单位代码,A1,A2,A3,B1\nT1,8.5,30,301,92\nT2,8.5,29.98,301,92\nT3,3,10,200,80\n"
    empty = {"records": "事项编号,单位代码,指标代码\n", "marks": "评委,单位代码,指标代码,评分\n"}

    rows = read_rows(
        make_board(score_town(tmp_path, scheme=scheme, figures=figures, **empty), "zh")
    )

    assert [row[2] for row in rows[1:4]] == ["100.00", "99.99", "64.67"]


@pytest.mark.parametrize(
    ("language", "lang", "state"),
    [
        ("zh", "zh-Hans", "还有 1 个数据未报，补齐前不得公布。等次均为建议，由有权机关决定。"),
        ("en", "en", "Figures still to come: 1; not to be published before. Grades are proposals; somebody has to decide them."),
    ],
)  # fmt: skip
def test_the_page_says_its_language_and_its_state(
    tmp_path: Path, language: Any, lang: str, state: str
):
    page = Page(make_board(score_town(tmp_path), language))

    assert page.all("html") == [{"lang": lang}]
    assert state in page.texts


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_of_a_scheme_becomes_markup(tmp_path: Path, language: Any):
    html = make_board(make_evil(tmp_path), language)
    page = Page(html)

    assert "<script" not in html
    assert page.all("script") == []
    assert html.count("&lt;script&gt;") > 10
    known = {"class", "id", "lang", "charset", "content", "http-equiv", "name", "href", "role", "scope",
             "aria-label", "aria-labelledby", "aria-hidden", "data-label"}  # fmt: skip
    assert {name for _, attributes in page.tags for name in attributes} <= known


def test_nothing_is_fetched_and_nothing_may_be(tmp_path: Path):
    html = make_board(score_town(tmp_path), "zh")
    page = Page(html)
    style = html.split("<style>")[1].split("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()

    assert page.all("meta")[1]["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style
    assert {tag for tag, _ in page.tags} & {
        "img",
        "link",
        "script",
        "iframe",
        "object",
        "base",
    } == set()
    assert [each for each in page.all("a") if not each["href"].startswith("#")] == []
    assert [attributes for _, attributes in page.tags if "style" in attributes] == []


def test_every_link_leads_somewhere_and_every_address_is_one(tmp_path: Path):
    page = Page(make_board(score_town(tmp_path), "zh"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]

    assert len(set(ids)) == len(ids)
    assert {each["href"][1:] for each in page.all("a")} <= set(ids)
    assert {each["aria-labelledby"] for each in page.all("section")} <= set(ids)


def test_headings_go_down_one_level_at_a_time_and_heads_have_scope(tmp_path: Path):
    page = Page(make_board(score_town(tmp_path), "zh"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:], strict=False))
    assert {each["scope"] for each in page.all("th")} == {"col", "row"}


def test_a_receipt_opens_under_its_indicator(tmp_path: Path):
    html = make_board(score_town(tmp_path), "zh")
    unit = html.split('id="u1"')[1].split("</section>")[0]

    assert "<summary>A3 空气质量优良天数</summary>" in unit
    assert (
        "<dt>完成值</dt><dd>310 <small>figures.csv · 第3行 · A3</small></dd>"
        "<dt>组内有数的单位数</dt><dd>4</dd>"
        "<dt>完成值从高到低在组内的位次（并列取前位）</dt><dd>1</dd>"
    ) in unit


def test_every_rule_stands_once_as_written_and_as_read(tmp_path: Path):
    html = make_board(score_town(tmp_path), "zh")
    rules = html.split('id="rules"')[1]

    assert rules.count("<h3") == 7
    assert (
        "<dt>分值</dt><dd>镇街 10 · 区直部门 0</dd><dt>原文</dt><dd>按位次得分：第一名 10 分"
        in rules
    )
    assert "<li>完成率 = 完成值 ÷ 目标值</li>" in rules


def test_templates_escape_whatever_is_no_markup():
    row = fill("<b title='{title}'>{text}</b>", title="'x'", text=Markup("<i>y</i>"))

    assert row == "<b title='&#x27;x&#x27;'><i>y</i></b>"
    assert fill_each("<li>{part}</li>", ["<", "{part}"]) == "<li>&lt;</li><li>{part}</li>"
    assert join_markup([row, Markup("&amp;")]) == f"{row}&amp;"


@pytest.mark.slow
def test_the_districts_board_stays_a_page_that_can_be_sent():
    scheme = admit(read_draft(DISTRICT / "annual.yaml"))
    result = score(scheme, read_observations(DISTRICT / "data.xlsx", scheme))

    html = make_board(result, "zh")

    assert (len(result.units), html.count('<section class="unit"')) == (50, 50)
    assert html.count('<dl class="receipt">') == 50 * (len(result.scores.leaves) + 1)
    assert len(html.encode()) < 5_000_000
    Page(html)
