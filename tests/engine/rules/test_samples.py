from fractions import Fraction

from kaohe.rules.records import Item, Mark, Matter, Records, Vote
from kaohe.rules.samples import sample_items, sample_marks, sample_matters, sample_votes


def test_matters_are_numbered_and_share_their_further_numbers():
    assert sample_matters("city", "town", share="1/2") == Records(
        matters=(
            Matter("M1", "", "", level="city", share=Fraction(1, 2)),
            Matter("M2", "", "", level="town", share=Fraction(1, 2)),
        )
    )


def test_items_are_given_as_weight_difficulty_and_completion():
    assert sample_items(("5", "1.2", "1/2"), ("1", "1", "0")) == Records(
        items=(
            Item("T1", "", "", Fraction(1, 2), Fraction(5), Fraction(6, 5)),
            Item("T2", "", "", Fraction(0), Fraction(1), Fraction(1)),
        )
    )


def test_every_mark_is_a_scorer_of_its_own():
    assert sample_marks("9", leaders=("8", "7")) == Records(
        marks=(
            Mark("S1", "", "", Fraction(9)),
            Mark("S2", "", "", Fraction(8), "leaders"),
            Mark("S3", "", "", Fraction(7), "leaders"),
        )
    )


def test_votes_of_everybody_have_no_class():
    assert sample_votes(everybody={"yes": 3}, staff={"no": 1}) == Records(
        votes=(
            Vote("", "", "yes", Fraction(3)),
            Vote("", "", "no", Fraction(1), "staff"),
        )
    )
