"""The tables of a rehearsal: units by group, those who move furthest first."""

from collections.abc import Mapping
from typing import Any


def group_moves(outcome: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Per group its name, coverage and rows, by the rank after; empty below the declared coverage."""
    rows = [_mark_move(move) for move in outcome.get("moves", ())]
    return [
        {**group, "rows": sorted(_of_group(rows, group["group"]), key=_rank)}
        for group in outcome.get("coverage", ())
    ]


def _of_group(rows: list[dict[str, Any]], group: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["group"] == group]


def _rank(row: Mapping[str, Any]) -> tuple[bool, int]:
    return (not row["rank_after"], int(row["rank_after"] or 0))


def _mark_move(move: Mapping[str, Any]) -> dict[str, Any]:
    return {**move, "climbed": _count_places(move), "first": move["reasons"][:2]}


def _count_places(move: Mapping[str, Any]) -> str:
    """↑2, ↓1 or — for places won and lost; nothing where a rank is missing."""
    if not move["rank_before"] or not move["rank_after"]:
        return ""
    won = int(move["rank_before"]) - int(move["rank_after"])
    return "—" if won == 0 else f"{'↑' if won > 0 else '↓'}{abs(won)}"
