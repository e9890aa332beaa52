import pytest
from tests.engine.scheme.drafts import change, read, small

from kaohe.scheme.references import find_reference_faults


def find_kinds(old: str, new: str) -> list[tuple[str, int | None]]:
    draft = change(old, new)
    faults = find_reference_faults(read(draft), draft)
    return [(fault.kind, fault.place.line) for fault in faults]


def test_small_scheme_has_no_fault():
    draft = small()

    assert find_reference_faults(read(draft), draft) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code: U2", "code: U1", [("duplicate-code", 10)]),
        ("code: A2", "code: A1", [("duplicate-code", 21)]),
        ("code: A2", "code: A", [("duplicate-code", 21)]),
        ("name: 丙镇, group: towns", "name: 丙镇, group: town", [("unknown-group", 11)]),
        ("{towns: 5}", "{cities: 5}", [("unknown-group", 23)]),
        ("target: 98", "targets: {U1: 98, U9: 97}", [("unknown-unit", 24)]),
        ("target: 98", "applicable: [U9]", [("unknown-unit", 24)]),
        ("target: 98", "not_applicable: [U9]", [("unknown-unit", 24)]),
        ("target: 98", "pool: all", [("unknown-pool", 24)]),
        ("ends: 2019-12-31", "tie_break: [{by: category, of: B}]", [("unknown-node", 5)]),
        (
            "ends: 2019-12-31",
            "tie_break: [{by: decision, order: [U9], decided_by: 会议, reason: 急难}]",
            [("unknown-unit", 5)],
        ),
        ("ends: 2019-12-31", "vetoes: [{code: V, name: 否, indicator: B}]", [("unknown-node", 5)]),
        ("ends: 2019-12-31", "vetoes: [{code: V, name: 否, groups: [b]}]", [("unknown-group", 5)]),
        ("ends: 2019-12-31", "pools: [{code: p, units: [U9]}]", [("unknown-unit", 5)]),
        ("ends: 2019-12-31", "pools: [{code: p, groups: [g]}]", [("unknown-group", 5)]),
        ("name: 丙镇,", "name: 丙镇, merged_into: U9,", [("unknown-unit", 11)]),
        ("name: 丙镇,", "name: 丙镇, merged_into: U3,", [("merged-into-merged", 11)]),
    ],
)
def test_fault_is_found_on_its_line(old, new, expected):
    assert find_kinds(old, new) == expected


def test_sixth_level_is_too_deep():
    levels = "".join(
        f"{'  ' * depth}- code: L{depth}\n{'  ' * depth}  name: 第{depth}级\n{'  ' * depth}  children:\n"
        for depth in range(1, 6)
    )
    leaf = "            - {code: L6, name: 末级, points: 1, rule: {method: R04}}\n"

    kinds = find_kinds("  - code: A\n", f"{levels}{leaf}  - code: A\n")

    assert [kind for kind, _ in kinds] == ["too-deep"]
