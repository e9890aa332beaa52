"""Studies of the official rankings of a scored scheme, a group each; they decide nothing."""

from collections.abc import Sequence

from kaohe.analysis.composites import Choice, compose
from kaohe.analysis.matrices import Floats, Names
from kaohe.analysis.normalising import normalise
from kaohe.analysis.official_groups import OfficialGroup, lay_out_group
from kaohe.analysis.ranking_studies import Cut, RankingStudy, Settings, compose_all, note_moved
from kaohe.analysis.robustness import Study
from kaohe.analysis.scales import UNIT_SCALE
from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text
from kaohe.results.result import Result
from kaohe.scheme.units import Group

AS_SCORED = "as_scored"
"""The shares of full marks as the scheme's own rules give them, not normalised again."""

_NORMALISATIONS = ("min_max", "percentile_rank", "distance_to_best", "fraction_of_max")
_AGGREGATIONS = ("arithmetic", "geometric", "harmonic")


def make_scheme_studies(result: Result, settings: Settings) -> list[RankingStudy]:
    """A study of every group in which two units or more have a place, in the order of the scheme.

    Raises BadInput for methods with which bonus and deductions, which are points, cannot be added, and
    where one has no meaning for the scores.
    """
    _require_methods(settings)
    groups = [(group, lay_out_group(result, group.code)) for group in result.scheme.model.groups]
    return [
        _make_study(result, group, official, settings)
        for group, official in groups
        if len(official.units) > 1 and official.weights
    ]


def _require_methods(settings: Settings) -> None:
    known = (AS_SCORED, *_NORMALISATIONS)
    faults = [
        *(_refuse_method(name, known) for name in settings.normalisations if name not in known),
        *(
            _refuse_method(name, _AGGREGATIONS)
            for name in settings.aggregations
            if name not in _AGGREGATIONS
        ),
        *(_refuse_imputation(name) for name in settings.imputations),
    ]
    if faults:
        raise BadInput(faults)


def _refuse_method(name: str, known: Sequence[str]) -> Finding:
    return blocking(
        "method-not-for-points",
        Place(),
        Text(f"“{name}”不能用于方案的得分", f'"{name}" cannot be used on the scores of a scheme'),
        Text(f"可写：{'、'.join(known)}", f"write one of: {', '.join(known)}"),
    )


def _refuse_imputation(name: str) -> Finding:
    return blocking(
        "method-not-for-points",
        Place(),
        Text(f"方案自己规定缺数怎么办，不能再插补“{name}”",
             f'a scheme says itself what a missing figure means; "{name}" cannot be imputed'),
        Text("插补只用于指数文件", "impute in an index file only"),
    )  # fmt: skip


def _make_study(
    result: Result, group: Group, official: OfficialGroup, settings: Settings
) -> RankingStudy:
    shares, names, offsets = official.shares(), official.names, official.offsets()
    choices = [
        Choice(normalisation, aggregation)
        for normalisation in settings.normalisations or [AS_SCORED]
        for aggregation in settings.aggregations or _AGGREGATIONS[:1]
    ]
    composites = compose_all(
        choices,
        lambda choice: compose(
            _normalise(shares, choice.normalisation, names), choice, names=names, offsets=offsets
        ),
    )
    decimals = result.scheme.model.rounding.indicator
    study = Study(
        names.subjects, names.indicators, official.central(), composites, settings.spread,
        settings.draws, settings.seed,
        decimals if settings.decimals is None else settings.decimals, settings.with_wins,
    )  # fmt: skip
    reference = [float(each.standing.rank or 0) for each in official.units]
    notes = [*official.deviations, *note_moved(study, reference)]
    cuts = [*official.cuts, *(Cut(rank) for rank in settings.cuts)]
    unit_names = [each.unit.name for each in official.units]
    return RankingStudy(group.code, group.name, unit_names, reference, cuts, notes, study)


def _normalise(shares: Floats, method: str, names: Names) -> Floats:
    if method == AS_SCORED:
        return shares
    return normalise(shares, method, names=names, to=UNIT_SCALE)
