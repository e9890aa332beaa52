"""A snapshot: the same data are the same bytes, and can be read back to the last digit."""

from fractions import Fraction

import pytest

from kaohe.errors import BadInput, Place
from kaohe.numbers.absence import Absence, Cell
from kaohe.rules.records import Item, Mark, Matter, Record, Vote
from kaohe.scoring.observations import FigureKey, Observations
from kaohe.scoring.snapshot import (
    canonical_bytes,
    digest_snapshot,
    read_snapshot,
    write_snapshot,
)

FIGURES: dict[FigureKey, Cell] = {
    ("B", "value", "U1"): Fraction(-1, 3),
    ("A", "value", "U2"): Absence.NOT_DUE,
    ("A", "value", "U1"): Fraction("12.50"),
    ("A", "target", "U1"): Absence.EMPTY,
    ("A", "previous", "U1"): Fraction(10**29),
}
RECORDS: tuple[Record, ...] = (
    Vote("U1", "A", "good", count=Fraction(3)),
    Matter("M1", "U1", "J", level="city", share=Fraction(1, 3), points=Fraction(2)),
    Mark("S1", "U1", "A", points=Fraction("89.5")),
    Item("I1", "U1", "A", completion=Fraction(1, 2)),
)
WRITTEN = {
    "figures": [
        ["A", "previous", "U1", "100000000000000000000000000000"],
        ["A", "value", "U1", "12.5"],
        ["A", "value", "U2", "not_due"],
        ["B", "value", "U1", "-1/3"],
    ],
    "records": [
        {
            "kind": "item",
            "code": "I1",
            "unit": "U1",
            "indicator": "A",
            "completion": "0.5",
            "weight": "1",
            "difficulty": "1",
        },
        {
            "kind": "mark",
            "scorer": "S1",
            "unit": "U1",
            "indicator": "A",
            "points": "89.5",
            "scorer_class": "",
        },
        {
            "kind": "matter",
            "code": "M1",
            "unit": "U1",
            "indicator": "J",
            "level": "city",
            "date": "",
            "document": "",
            "title": "",
            "count": "1",
            "share": "1/3",
            "points": "2",
            "tolerance": "1",
            "status": "counted",
            "reason": "",
        },
        {
            "kind": "vote",
            "unit": "U1",
            "indicator": "A",
            "option": "good",
            "count": "3",
            "voter_class": "",
        },
    ],
}


def test_a_snapshot_is_plain_data_in_one_order():
    assert write_snapshot(Observations(FIGURES, RECORDS)) == WRITTEN


def test_a_snapshot_reads_back_to_what_was_written():
    found = read_snapshot(WRITTEN)

    assert found == Observations(
        {key: cell for key, cell in FIGURES.items() if cell is not Absence.EMPTY},
        tuple(sorted(RECORDS, key=lambda each: type(each).__name__)),
    )


def test_what_is_not_set_is_not_written():
    plain = write_snapshot(Observations({}, (Matter("M1", "U1", "J"),)))

    assert "points" not in plain["records"][0]
    assert read_snapshot(plain).records == (Matter("M1", "U1", "J"),)


def test_canonical_bytes_are_one_line_with_sorted_keys_and_plain_chinese():
    assert canonical_bytes({"b": ["甲", 1], "a": None}) == '{"a":null,"b":["甲",1]}\n'.encode()


def test_the_digest_knows_neither_order_nor_what_was_left_empty():
    shuffled = dict(reversed(FIGURES.items()))
    del shuffled["A", "target", "U1"]

    one = digest_snapshot(Observations(FIGURES, RECORDS))

    assert one == digest_snapshot(Observations(shuffled, RECORDS[::-1]))
    assert one == "938a5d693329a56d227daa0c729fabe86abb604120762931ba7e2dcbafd5de53"
    assert one != digest_snapshot(
        Observations(FIGURES | {("A", "value", "U1"): Fraction(13)}, RECORDS)
    )


@pytest.mark.parametrize(
    "written",
    [
        None,
        [],
        {"figures": []},
        {"figures": [["A", "value", "U1"]], "records": []},
        {"figures": [["A", "value", "U1", 1]], "records": []},
        {"figures": [["A", "value", "U1", ["1"]]], "records": []},
        {"figures": [[[], "value", "U1", "1"]], "records": []},
        {"figures": [["A", "value", "U1", ""]], "records": []},
        {"figures": [["A", "value", "U1", "1e9"]], "records": []},
        {"figures": [["A", "value", "U1", "1/0"]], "records": []},
        {"figures": [["A", "value", "U1", " 1"]], "records": []},
        {"figures": [["A", "value", "U1", "1\n"]], "records": []},
        {"figures": [["A", "value", "U1", "1" * 5000]], "records": []},
        {"figures": [], "records": ["matter"]},
        {"figures": [], "records": [{"kind": "rumour"}]},
        {"figures": [], "records": [{"kind": "matter", "code": "M1"}]},
        {"figures": [], "records": [{"kind": "vote", "unit": "U1", "colour": "red"}]},
    ],
)
def test_what_is_no_snapshot_is_refused_in_a_sentence(written):
    with pytest.raises(BadInput) as refused:
        read_snapshot(written, "result.zip")

    (finding,) = refused.value.findings
    assert (finding.kind, finding.place) == ("not-a-snapshot", Place(file="result.zip"))
    assert finding.wrong.en == "the data in it are no data snapshot"
    assert finding.remedy.en == "use a package as written by kaohe score"
