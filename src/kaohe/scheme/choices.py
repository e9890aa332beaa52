"""The Chinese words for choices: a workbook may hold them, and findings say them."""

CHOICES = {
    "共性": "common", "个性": "unit_specific", "专项": "special", "加分": "bonus",
    "减分": "deduction", "扣分": "deduction", "否决": "veto",
    "正向": "higher", "逆向": "lower", "适度": "interval", "定性": "judged",
    "越大越好": "higher", "越小越好": "lower",
    "参评": "ranked", "单列": "listed_apart", "不定等次": "ungraded", "不参评": "exempt",
    "月": "month", "季": "quarter", "季度": "quarter", "半年": "half_year", "年": "year", "一次": "once",
    "同组平均": "group_mean", "可比平均": "comparable_mean", "不计入": "leave_out",
    "零分": "zero", "待补": "provisional",
    "同组平均得分": "group_mean", "可比组平均得分": "comparable_mean",
    "不计入并折算": "leave_out", "暂定": "provisional",
    "是": "true", "否": "false",
    "按比例": "linear", "满一步": "floor", "不足一步按一步": "ceil",
    "四舍五入": "half_up", "四舍六入五成双": "half_even",
    "数据来源单位": "owner", "考核对象": "assessed_unit",
    "快报": "preliminary", "年报": "annual", "核定数": "final",
    "合计": "sum", "加权平均": "weighted_mean",
}  # fmt: skip
"""Every word with the choice it means; the first word of a choice is the one said."""

WORDS = {choice: word for word, choice in reversed(CHOICES.items())}
"""The word for a choice, where it has one."""
