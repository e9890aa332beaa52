"""Data for tests: a small scheme that understands them, and how they are read or refused."""

from pathlib import Path
from typing import Any

import pytest

from kaohe.errors import BadInput, Finding
from kaohe.files.data.observations import read_observations
from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations

RULE = {"method": "target_ratio"}
AWARDS = {"method": "awards", "levels": {"city": 1}}


def make_scheme() -> Scheme:
    """Three towns, two measured indicators with bounds and one without."""
    leaf: dict[str, Any] = {"points": 5, "rule": RULE}
    return Scheme(
        SchemeModel.model_validate(
            {
                "kaohe": 1,
                "code": "test",
                "name": "测试方案",
                "period": "2019",
                "groups": [{"code": "towns", "name": "区镇"}],
                "units": [
                    {"code": f"U{number:02d}", "name": name, "group": "towns"}
                    for number, name in enumerate(["甲镇", "乙镇", "丙镇"], start=1)
                ],
                "matters": {
                    "levels": [
                        {"code": "national", "name": "国家级"},
                        {"code": "city", "name": "市级"},
                    ]
                },
                "vetoes": [{"code": "V1", "name": "重大安全事故"}],
                "indicators": [
                    {
                        "code": "A",
                        "name": "发展",
                        "children": [
                            {
                                "code": "A01",
                                "name": "收入增长率",
                                "unit": "%",
                                "decimals": 2,
                                "value_minimum": -100,
                                "value_maximum": 100,
                                **leaf,
                            },
                            {
                                "code": "A02",
                                "name": "投资额",
                                "unit": "元",
                                "myriads": True,
                                "decimals": 0,
                                **leaf,
                            },
                            {"code": "A.3", "name": "满意度", **leaf},
                            {**leaf, "code": "A04", "name": "评议", "rule": {"method": "panel"}},
                            {**leaf, "code": "A05", "name": "获奖", "rule": AWARDS},
                        ],
                    }
                ],
            }
        )
    )


SCHEME = make_scheme()


def read(tmp_path: Path, *texts: str) -> Observations:
    """The observations in tables given as text, called 1.csv, 2.csv, …"""
    paths = []
    for number, text in enumerate(texts, start=1):
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_text(text, encoding="utf-8")
    return read_observations(paths, SCHEME)


def refuse(tmp_path: Path, *texts: str) -> tuple[Finding, ...]:
    """Everything found in such tables."""
    with pytest.raises(BadInput) as refusal:
        read(tmp_path, *texts)
    return refusal.value.findings
