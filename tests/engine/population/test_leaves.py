"""What columns cannot hold is refused by name, not by a traceback."""

from fractions import Fraction

import pytest

from kaohe.errors import BadInput
from tests.engine.population.writing import score_table, scores
from tests.engine.scoring.schemes import leaf, make_scheme

SQUARE = {"method": "custom", "calculation": "x * x - 7.5"}


@pytest.mark.parametrize("value", ["8351299", "8351299.123456789123"])
def test_a_score_too_long_for_a_column_names_its_indicator(value):
    """To eight decimals x · x − 7.5 has 22 digits; of the second figure the columns cannot even hold x."""
    scheme = make_scheme(
        leaf("A"), leaf("B", rule=SQUARE, rounding={"indicator": 8}), units=("U1", "U2")
    )

    with pytest.raises(BadInput) as refusal:
        score_table(scheme, {"A": {"U1": 1, "U2": 2}, "B": {"U1": Fraction(value), "U2": 3}})

    assert [finding.say("en") for finding in refusal.value.findings] == [
        "B: a score of B has more than 18 digits with its decimals, too long for columns → "
        "round the score to fewer decimals, use a larger unit, or score exactly"
    ]


def test_a_score_of_eighteen_digits_is_held():
    scheme = make_scheme(leaf("B", rule=SQUARE, rounding={"indicator": 4}), units=("U1",))

    result = score_table(scheme, {"B": {"U1": 8351299}})

    assert scores(result, "B") == {"U1": "139488389974787/2"}
