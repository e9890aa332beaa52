"""The facets an observation may have, with their labels."""

from kaohe.expressions.nodes import Facet
from kaohe.language import Text

FACETS: dict[str, Text] = {
    "value": Text("完成值", "value"),
    "target": Text("目标值", "target"),
    "challenge": Text("挑战目标", "stretch target"),
    "constraint": Text("约束目标", "constraint target"),
    "previous": Text("基期值", "previous value"),
    "rank": Text("位次", "rank"),
    "ranked": Text("参评数", "number ranked"),
    "previous_rank": Text("上期位次", "previous rank"),
    "increment": Text("增量", "increment"),
    "increment_target": Text("增量目标", "target of the increment"),
    "growth": Text("增幅", "growth"),
    "growth_target": Text("增幅目标", "target of the growth"),
    "reference": Text("参照地区增幅", "growth of the reference area"),
    "not_started": Text("未开工项目数", "projects not started"),
    "tally": Text("事项计分", "points of matters"),
    "events": Text("事项数", "number of matters"),
    "completed": Text("分项完成量", "weighted work completed"),
    "planned": Text("分项总量", "weighted work planned"),
    "mark": Text("评委平均分", "mean mark of the panel"),
    "ballot": Text("测评平均分", "mean value of the ballots"),
    "due": Text("应办件数", "cases due"),
    "on_time": Text("按期办结数", "cases closed on time"),
    "late_closed": Text("超期办结数", "cases closed late"),
    "delayed": Text("延期件数", "cases delayed"),
    "reworked": Text("返工件数", "cases reworked"),
    "team": Text("队伍评分", "score of the team"),
    "street": Text("街面评分", "score of the streets"),
}


def facet_label(name: str) -> Text:
    """The label of a facet; one that is not in the table is called by its own name."""
    return FACETS.get(name, Text(name, name.replace("_", " ")))


def label_facet(facet: Facet) -> Text:
    """The label of a facet as an expression uses it: its own, or the table's."""
    return facet.label or facet_label(facet.name)
