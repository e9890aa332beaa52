"""Everything that columns give of a scheme and its data, beside what the exact engine gives."""

from kaohe.population.layout import lay_out
from kaohe.population.scoring import score_population
from kaohe.results.result import score
from tests.engine.worlds import agreement


def list_differences(scheme, observations) -> list[str]:
    """Where the two differ, the exact sums inside included."""
    exact = score(scheme, observations)
    found = score_population(scheme, lay_out(scheme, observations))
    scores, sums = exact.scores, found.sums
    expected = {code: [each.score for each in branch] for code, branch in scores.branches.items()}
    expected["bonus"] = [each.bonus for each in scores.totals]
    expected["deduction"] = [each.deduction for each in scores.totals]
    columns = {**sums.branches, "bonus": sums.bonus, "deduction": sums.deduction}
    differing = [
        code
        for code, column in columns.items()
        if expected[code] != [column.exact(row) for row in range(len(column))]
    ]
    return [*agreement.list_differences(exact, found), *differing]
