"""The facets an observation may have, with their labels."""

from kaohe.language import Text

FACETS: dict[str, Text] = {
    "value": Text("完成值", "value"),
    "target": Text("目标值", "target"),
    "challenge": Text("挑战目标", "stretch target"),
    "constraint": Text("约束目标", "constraint target"),
    "previous": Text("基期值", "previous value"),
    "previous_rank": Text("上期位次", "previous rank"),
    "tally": Text("事项计分", "points of matters"),
    "events": Text("事项数", "number of matters"),
}


def facet_label(name: str) -> Text:
    """The label of a facet; one that is not in the table is called by its own name."""
    return FACETS.get(name, Text(name, name.replace("_", " ")))
