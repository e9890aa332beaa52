"""A scheme of peers, ranks and bands over generated subjects, as a folder of Parquet files."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel

GROUPS = tuple(f"G{number}" for number in range(6))
RULES: tuple[dict[str, Any], ...] = (
    {"method": "efficacy_coefficient"},
    {"method": "place", "step": "0.01"},
    {"method": "mean_taper"},
    {
        "method": "target_steps", "gain": 1, "gain_step": 1, "gain_mode": "floor", "gain_cap": 2,
        "loss": "0.5", "loss_step": 1, "loss_mode": "linear",
    },
)  # fmt: skip


GRADES = {
    "code": "grades", "name": "等次", "groups": GROUPS,
    "bands": [{"label": "优秀", "share": "0.2"}, {"label": "合格", "rest": True}],
}  # fmt: skip


def make_scheme(*, pool: dict[str, Any] | None = None, **more: Any) -> Scheme:
    """Six groups, eight indicators under four rules in turn, graded by share; with a pool one of them is
    compared within it."""
    leaves = [
        {
            "code": f"A{number}", "name": f"指标{number}", "points": 10, "unit": "%", "target": 60,
            "rule": RULES[number % len(RULES)],
        }
        for number in range(8)
    ]  # fmt: skip
    if pool is not None:
        leaves[2]["pool"] = "P"
        more["pools"] = [{"code": "P", **pool}]
    return Scheme(
        SchemeModel.model_validate({
            "kaohe": 1, "code": "cluster", "name": "集群", "period": "2019",
            "groups": [{"code": code, "name": f"第{code}组"} for code in GROUPS],
            "indicators": [{"code": "A", "name": "类别", "children": leaves}],
            "grades": [GRADES],
            **more,
        })
    )  # fmt: skip


def write_tables(folder: Path, *, rows: int, files: int) -> None:
    """Figures of two decimals, one in fifty missing; groups in order, so that files share some of them."""
    folder.mkdir()
    random = np.random.default_rng(7)
    group = np.sort(random.integers(0, len(GROUPS), rows))
    columns = {
        "unit": [f"U{row:07}" for row in range(rows)],
        "group": [
            f"{GROUPS[number]} " if row % 5 == 0 else GROUPS[number]
            for row, number in enumerate(group)
        ],
    }
    for number in range(8):
        figures = random.integers(2000, 10_000, rows) / 100
        head = "A7.value" if number == 7 else f"A{number}"  # either is a heading
        columns[head] = pa.array(figures, mask=random.random(rows) < 0.02)
    table = pa.table(columns)
    for number, start in enumerate(range(0, rows, -(-rows // files))):
        part = table.slice(start, -(-rows // files))
        pq.write_table(part, folder / f"part-{number}.parquet", row_group_size=rows // 20)
