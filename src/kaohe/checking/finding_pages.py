"""The documentation page of all kinds of finding, written from their definitions, in Markdown."""

from collections.abc import Iterable
from difflib import unified_diff

from kaohe.checking.catalogue import FAMILIES
from kaohe.checking.kinds import Example, Kind
from kaohe.checking.sample import FIGURES, MATTERS, SCHEME
from kaohe.errors import SEVERITIES
from kaohe.language import Language, Text

PASSAGES = {"scheme": SCHEME, "figures": FIGURES, "matters": MATTERS}

_TITLE = Text("检查发现的问题", "What the check finds")
_LEAD = Text(
    "`kaohe check` 逐项检查方案（和数据），每条都写明位置、问题和改法。**须改**的问题不改，方案不能计分；**警示**多半有误；"
    "**提示**供参考。发现须改或警示的问题时，退出码为 1。下面每一种都附一个例子：对文末样例方案的一处改动（`-` 改为 `+`）。"
    "小数位过多、超出上下限、没有的单位和指标等，读数据时就会拒收（退出码 2），不在此列。",
    "`kaohe check` looks at a scheme, and at data with it; each finding says where it stands, what is wrong and what would "
    "be right. With a **blocking** finding a scheme cannot be scored; a **warning** is mostly a slip; a **notice** is a "
    "hint. The exit code is 1 where anything more than a notice was found. Each kind has an example: a change (`-` to "
    "`+`) to the sample scheme at the end of the page. Too many decimals, figures out of bounds, unknown units and "
    "indicators are refused when data are read (exit code 2), and not listed here.",
)
_FAMILIES = {
    "points": Text("分值与上下限", "Points and bounds"),
    "pointless": Text("没有分值的指标", "Indicators without points"),
    "additions": Text("加分与扣分", "Bonus and deduction"),
    "targets": Text("目标值", "Targets"),
    "directions": Text("方向", "Directions"),
    "peers": Text("可比单位与位次", "Peers and places"),
    "sources": Text("计分办法取用的数据", "What a rule reads"),
    "cliffs": Text("断崖与分档", "Cliffs and bands"),
    "own_examples": Text("算例", "Examples of the rules"),
    "texts": Text("原文与责任", "Texts and owners"),
    "participants": Text("单位与适用范围", "Units and whom indicators are for"),
    "dates": Text("日期", "Dates"),
    "grading": Text("等次", "Grades"),
    "vetoes": Text("否决", "Vetoes"),
    "quotas": Text("名额", "Quotas"),
    "policies": Text("公开与缺数", "Disclosure and missing figures"),
    "figures": Text("数据", "Figures"),
    "matters": Text("事项", "Matters"),
}
_FILES = {
    "scheme": Text("样例方案", "The sample scheme"),
    "figures": Text("样例数据", "Its figures"),
    "matters": Text("样例事项", "Its matters"),
}


def write_finding_pages() -> dict[str, str]:
    """The page in both languages, by file name."""
    return {
        "findings.zh-CN.md": write_finding_page("zh"),
        "findings.en.md": write_finding_page("en"),
    }


def write_finding_page(language: Language) -> str:
    """All kinds of finding, family by family, each with its example; then the sample they change."""
    sections = [f"# {_TITLE.say(language)}", _LEAD.say(language)]
    for family, kinds in FAMILIES.items():
        sections.append(f"## {_FAMILIES[family].say(language)}")
        sections += [_write_kind(kind, language) for kind in kinds]
    for passage, text in PASSAGES.items():
        sections += [f"## {_FILES[passage].say(language)}", _fence(text.splitlines(), passage)]
    return "\n\n".join(sections) + "\n"


def _write_kind(kind: Kind, language: Language) -> str:
    colon = "：" if language == "zh" else ": "
    remedy = Text("改法", "Remedy").say(language)
    weight = SEVERITIES[kind.severity].say(language)
    return "\n\n".join([
        f"### {kind.title.say(language)}",
        f"`{kind.code}` · **{weight}**",
        kind.explanation.say(language),
        f"{remedy}{colon}{kind.remedy.say(language)}",
        _fence(list_changes(kind.example), "diff"),
    ])  # fmt: skip


def list_changes(example: Example) -> list[str]:
    """The lines an example changes: taken out with a minus, put in with a plus, parted by an ellipsis."""
    before = PASSAGES[example.of]
    lines = unified_diff(before.splitlines(), example.apply(before).splitlines(), n=0, lineterm="")
    changes = [" …" if line.startswith("@@") else line for line in list(lines)[2:]]
    return changes[1:]


def _fence(lines: Iterable[str], kind: str) -> str:
    word = {"scheme": "yaml", "diff": "diff"}.get(kind, "csv")
    return "\n".join([f"```{word}", *lines, "```"])
