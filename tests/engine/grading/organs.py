"""Quotas of invented organs, in few words."""

from datetime import date

from kaohe.grading.headcounts import Headcount
from kaohe.grading.quotas import allocate_quota
from kaohe.scheme.quotas import QuotaRule

DAY = date(2019, 12, 31)
SINCE_2021 = {"since": "2021-01-01", "share": "20%", "approved_share": "25%"}
BEFORE_2021 = {"until": "2020-12-31", "share": "15%", "approved_share": "20%"}
APPROVED = {"share": "20%", "approved_share": "25%", "approval": "测组〔2021〕1号"}
DEPARTMENTS = {"甲": 3, "乙": 4, "丙": 6, "丁": 7, "戊": 8}
POOLED = {
    "code": "P",
    "leader": "副职一",
    "organs": list(DEPARTMENTS),
    "approval": "测组〔2021〕2号",
}


def make_rule(**fields):
    return QuotaRule.model_validate(
        {
            "code": "Q", "name": "优秀名额", "category": "公务员", "base_date": "2019-12-31",
            "caps": [{"share": "20%"}], **fields,
        }
    )  # fmt: skip


def allocate(headcounts, *, grades=None, on=DAY, **fields):
    rows = [Headcount(organ, "公务员", DAY, number) for organ, number in headcounts.items()]
    return allocate_quota(make_rule(**fields), rows, on=on, grades=grades)


def places(allocation):
    return {each.organ: each.places for each in allocation.organs}


def tell(allocation):
    return [step.text.zh for step in allocation.steps]


def tilt(*units, kind="redistributed", **fields):
    return {"units": units, "kind": kind, "reason": "防疫一线", **fields}
