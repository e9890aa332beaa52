"""Cells shown as percentages are known by row and column, in whichever order they were met."""

from kaohe.files.tables.percentages import Percentage, PercentCells


def test_doubles_shown_as_percentages_are_marked_in_their_row_alone() -> None:
    percents = PercentCells()
    percents.add([(3, 2), (3, 4)])
    percents.add([(2, 1), (3, 1)])

    marked = percents.mark([0.5, 0.25, 0.125, "n/a"], 3)

    assert marked == [0.5, 0.25, 0.125, "n/a"]
    assert [type(cell) for cell in marked] == [Percentage, Percentage, float, str]
    assert [type(cell) for cell in percents.mark([0.5, 0.25], 2)] == [Percentage, float]
    assert [type(cell) for cell in percents.mark([0.5], 4)] == [float]


def test_a_row_shorter_than_its_percentages_is_marked_as_far_as_it_goes() -> None:
    percents = PercentCells()
    percents.add([(1, 16_384), (1, 1)])

    assert [type(cell) for cell in percents.mark([0.5], 1)] == [Percentage]
    assert [type(cell) for cell in percents.mark([0.5], 2)] == [float]
