"""A small scheme over the tests' towns, and the way to its adoption."""

from datetime import timedelta

from kaohe_web.foundation.clock import now, today
from kaohe_web.schemes import queries
from kaohe_web.schemes.actions import adopting, consulting, writing
from kaohe_web.schemes.choices import Answer
from kaohe_web.schemes.models import SchemeVersion
from kaohe_web.schemes.sheets import Sheets
from tests.web.world import World

HEADS = [
    "代码", "名称", "分值", "计量单位", "数据小数位", "数据下限", "数据来源单位", "填报方", "牵头单位",
    "报送频度", "报送期限", "认定依据", "计分办法原文", "统一目标值", "计分办法", "计分参数",
]  # fmt: skip
LINES = {
    "A1": ["A1", "一般公共预算收入", "40", "亿元", "2", "0", "区财政局", "", "区财政局", "月", "10",
           "以区财政局决算数为准", "按与目标值的比例计分，最高得满分。", "10", "target_ratio", ""],
    "A2": ["A2", "规上工业产值增幅", "30", "%", "1", "", "区统计局", "", "区工业和信息化局", "月", "15",
           "以区统计局快报数为准", "按与第一名的比例计分。", "", "ratio_to_best", ""],
    "A3": ["A3", "新增就业", "30", "人", "0", "0", "区工业和信息化局", "考核对象", "区工业和信息化局", "月", "10",
           "以各区镇上报、牵头部门审核数为准", "按与第一名的比例计分。", "", "ratio_to_best", ""],
}  # fmt: skip


def make_sheets(**lines: list[str]) -> Sheets:
    """The scheme's sheets; a line may be given otherwise."""
    return {
        "方案": [
            ["键", "值"],
            ["代码", "TY-2026"],
            ["名称", "汀屿区2026年度区镇考核方案"],
            ["考核年度", "2026"],
            ["考核期起", "2026-01-01"],
            ["考核期止", "2026-12-31"],
        ],
        "分组": [["代码", "名称"], ["QZ", "区镇"]],
        "单位": [
            ["代码", "名称", "考核类别"],
            ["QZ01", "汀屿经济开发区", "QZ"],
            ["QZ02", "屿东新城", "QZ"],
            ["QZ03", "芦漪镇", "QZ"],
        ],
        "指标": [HEADS, *(lines.get(code, line) for code, line in LINES.items())],
    }


def import_draft(world: World, sheets: Sheets | None = None) -> SchemeVersion:
    """The scheme as a first draft by 考核办甲."""
    return writing.import_scheme(sheets=sheets or make_sheets(), by=world.actor("考核办甲"))


def consult(world: World, version: SchemeVersion) -> None:
    """All three towns agree, and the consultation is closed."""
    office = world.actor("考核办甲")
    units = [world.units[code] for code in ("QZ01", "QZ02", "QZ03")]
    consultation = consulting.open_consultation(
        version=version, units=units, closes_at=now() + timedelta(days=7), by=office
    )
    for name in ("开发区负责人", "新城负责人", "芦漪负责人"):
        consulting.answer(
            consultation=consultation, indicator="", answer=Answer.AGREE, by=world.actor(name)
        )
    consulting.close_consultation(consultation=consultation, by=office)


def adopt(world: World, version: SchemeVersion) -> SchemeVersion:
    """The adoption, recorded by 考核办乙."""
    return adopting.adopt(
        version=version,
        shown_digest=queries.digest_sheets(version),
        body="区综合考核领导小组",
        meeting="2026年第一次全体会议",
        minutes_number="汀考〔2026〕1号",
        adopted_on=today(),
        by=world.actor("考核办乙"),
        is_rehearsed=False,
        rehearsal_waived="首个年度,没有往年数据",
    )


def adopt_scheme(world: World) -> SchemeVersion:
    """The whole way."""
    version = import_draft(world)
    consult(world, version)
    version.refresh_from_db()
    return adopt(world, version)
