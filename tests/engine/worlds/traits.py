"""What a random world holds of everything that scores, ranks and grades may stumble over."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain

from kaohe.expressions.structure import compares_peers
from kaohe.numbers.absence import Absence
from kaohe.results.result import Result
from kaohe.rules.records import Matter
from kaohe.scheme import queries
from kaohe.scheme.grades import Band, GradeRule
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.units import Unit
from tests.engine.worlds.world import World

Traits = Iterator[str]


def list_traits(world: World) -> set[str]:
    """The names of all traits a world has."""
    model = world.scheme.model
    parts: list[Iterable[str]] = [
        chain.from_iterable(map(_describe_unit, model.units)),
        chain.from_iterable(_describe_node(model, node) for node in queries.iterate_nodes(model)),
        chain.from_iterable(map(_describe_grades, model.grades)),
        _describe_policies(model),
        _describe_people(model),
        _describe_data(world),
        ["refused"] if world.result is None else _describe_result(world.result),
    ]
    return set(chain.from_iterable(parts))


def _describe_unit(unit: Unit) -> Traits:
    yield f"unit {unit.participation}"
    yield f"targets of merged units: {unit.inherit_targets}"
    traits = {"joined": unit.joined, "left": unit.left, "merged": unit.merged_into, "apart until": unit.until}  # fmt: skip
    yield from (f"unit {trait}" for trait, is_there in traits.items() if is_there)


def _describe_node(model: SchemeModel, node: IndicatorNode) -> Traits:
    yield f"family {node.family}"
    traits = {
        "weight": node.weight != 1, "minimum": node.minimum is not None,
        "maximum": node.maximum is not None, "points by group": bool(node.points_by_group),
    }  # fmt: skip
    kind = "branch" if node.children else "leaf"
    yield from (f"{kind} with {trait}" for trait, is_there in traits.items() if is_there)
    if node.children:
        yield f"branch {node.combine}"
        yield from ["branch stating points"] if node.points is not None else []
    else:
        yield from _describe_leaf(model, node)


def _describe_leaf(model: SchemeModel, leaf: IndicatorNode) -> Traits:
    rounding = queries.rounding_of(model, leaf)
    yield queries.leaf_rule(leaf).code
    yield f"direction {leaf.direction}"
    yield f"rounding {rounding.mode}"
    yield f"decimals {rounding.indicator}"
    yield from (f"{absence} {queries.missing_policy(model, leaf, absence)}" for absence in Absence)
    traits = {
        "applicable": leaf.applicable is not None, "not applicable": bool(leaf.not_applicable),
        "one target": leaf.target is not None, "own targets": bool(leaf.targets),
        "in a pool of all": leaf.pool == "ALL", "in a pool with guests": leaf.pool == "SOME",
        "compares peers": compares_peers(leaf.expression),
    }  # fmt: skip
    yield from (f"leaf {trait}" for trait, is_there in traits.items() if is_there)


def _describe_policies(model: SchemeModel) -> Traits:
    yield f"ties {model.ties}"
    yield f"bonus {model.total.bonus}"
    yield f"display {model.rounding.display}"
    for bound in ("minimum", "maximum", "bonus_cap", "deduction_cap", "points"):
        yield from [f"total with {bound}"] if getattr(model.total, bound) is not None else []
    yield from (f"tie-break by {link.by}" for link in model.tie_break)
    yield from (f"veto {effect}" for veto in model.vetoes for effect in veto.effects)


def _describe_people(model: SchemeModel) -> Traits:
    units = queries.scored_units(model)
    yield f"groups: {len(model.groups)}"
    yield "nobody scored" if not units else "one scored" if len(units) == 1 else "several scored"
    yield from ["more than twenty scored"] if len(units) > 20 else []
    depth = max(_count_levels(node) for node in model.indicators)
    yield f"levels: {depth}"
    yield from ["guests"] if any(pool.units for pool in model.pools) else []
    yield from ["peers listed apart"] if "listed_apart" in model.peers else []


def _count_levels(node: IndicatorNode) -> int:
    return 1 + max(map(_count_levels, node.children), default=0)


def _describe_grades(rule: GradeRule) -> Traits:
    yield f"cut ties {rule.cut_tie}"
    yield f"places of vetoed units {rule.vetoed}"
    yield f"shares rounded {rule.share_rounding}"
    yield "share of a number" if isinstance(rule.share_base, int) else "share of units"
    traits = {"pass line": rule.pass_line is not None, "fail": rule.fail, "dates": rule.since or rule.until}  # fmt: skip
    yield from (f"grades with {trait}" for trait, is_there in traits.items() if is_there)
    yield from (f"promotion by {each.by}" for each in rule.promotions)
    yield from (f"tilt {each.kind}" for each in rule.tilts)
    yield from chain.from_iterable(map(_describe_band, rule.bands))


def _describe_band(band: Band) -> Traits:
    parts = ("share", "up_to", "number", "minimum_score")
    yield from (f"band by {part}" for part in parts if getattr(band, part) is not None)


def _describe_data(world: World) -> Traits:
    figures = world.observations.figures
    yield from (f"written {cell}" for cell in figures.values() if isinstance(cell, Absence))
    yield from (f"record {type(record).__name__}" for record in world.observations.records)
    yield from (
        f"matter {record.status}"
        for record in world.observations.records
        if isinstance(record, Matter)
    )
    yield from ("negative" for cell in figures.values() if isinstance(cell, Fraction) and cell < 0)


def _describe_result(result: Result) -> Traits:
    for leaf in result.scores.leaves.values():
        cells = leaf.cells
        yield from ["an indicator nobody has"] if not any(cell.raw is not None for cell in cells) else []  # fmt: skip
        yield from (
            f"gap {cell.absence} {cell.policy}" for cell in cells if cell.absence and cell.policy
        )
        yield from ("clamped" for cell in cells if cell.raw != cell.clamped)
        yield from ("vetoed score" for cell in cells if cell.vetoed_by)
        yield from ("rounded" for cell in cells if cell.clamped not in (None, cell.score))
    for unit in result.units:
        yield from ["no total"] if unit.total.total is None else []
        yield from ["tied"] if unit.standing.tied_with else []
        yield from (f"tie broken by {link.by}" for link in unit.standing.broken_by)
        yield from ["vetoed unit"] if unit.vetoes else []
        yield from [f"grade by {unit.grade.basis}"] if unit.grade else ["no grade rule"]
    yield from _describe_totals(result)


def _describe_totals(result: Result) -> Traits:
    totals = [unit.total for unit in result.units]
    yield from ("bonus capped" for total in totals if total.bonus_counted < total.bonus)
    yield from ("deduction capped" for total in totals if total.deduction_counted < total.deduction)
    found = {total.total for total in totals} - {None}
    yield from ["different totals"] if len(found) > 1 else []
    scale = 2 * 10**result.scheme.model.rounding.display
    doubled = [total * scale for total in found if total is not None]
    yield from ("total on a half" for each in doubled if each.denominator == 1 and each.numerator % 2)  # fmt: skip
    yield from ("total without end" for total in found if total is not None and 10**30 % total.denominator)  # fmt: skip
