"""What the columns of a table may be headed, in either language; the first is the name in code."""

UNIT_HEADS = ("unit", "单位代码", "单位")
NAME_HEADS = ("name", "单位名称", "名称", "单位")
INDICATOR_HEADS = ("indicator", "指标代码", "指标")
FACET_HEADS = ("facet", "数据项")
PERIOD_HEADS = ("period", "考核期", "期间")
VALUE_HEADS = ("value", "值", "数值", "完成值")
GROUP_HEADS = ("group", "考核类别", "类别")
PARTICIPATION_HEADS = ("participation", "参评方式")
LEVEL_HEADS = ("level", "级别")
NOTE_HEADS = ("note", "备注", "序号")
FREE_HEADS = (*NOTE_HEADS, *GROUP_HEADS)
"""Columns that tables carry for their readers."""
