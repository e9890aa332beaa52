"""What the seeded district has on purpose: cells as people write them, gaps, a tie at a cut line."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from examples.district_draws import Key

WRITTEN: Mapping[int, Mapping[Key, str]] = {
    2019: {
        ("A1104", "value", "QZ03"): "２６.４５",
        ("A1101", "value", "QZ01"): "8.4万",
        ("A1302", "value", "QZ05"): "3.1万",
        ("A1201", "value", "QZ01"): "17,640",
        ("A1105", "value", "QZ04"): "8.6%",
        ("A1403", "value", "QZ06"): "未到期",
        ("B101", "value", "MS11"): "未到期",
        ("B101", "value", "CG05"): "未到期",
        ("A1706", "value", "DQ09"): "不适用",
        ("A1706", "value", "CG06"): "/",
        ("A1707", "value", "CG08"): "拒报",
    },
}
"""Cells that stand otherwise than as a plain number."""

UNHEARD: Mapping[int, Sequence[str]] = {2019: ("CG07",)}
"""Units that nobody was asked about in the deputies' ballot."""

QUALITY: Mapping[int, Mapping[str, float]] = {2019: {"JJ05": 0.99, "JJ07": 0.4}}
"""How well a unit does where the story needs it so."""

LIFTED: Mapping[int, Mapping[Key, Fraction]] = {
    2019: {("C105", "towns", "QZ02"): Fraction(403, 100)},
}
"""What one figure is raised by, so that two totals are exactly the same at a cut line."""
