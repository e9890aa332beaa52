"""What is the same scheme has the same digest, and nothing else has."""

from tests.engine.scheme.drafts import change, read, small

from kaohe.scheme.digest import digest_scheme, write_canonical_scheme


def digest(old: str, new: str) -> str:
    return digest_scheme(read(change(old, new)))


def test_what_is_written_and_is_the_default_anyway_changes_nothing():
    same = digest_scheme(read(small()))

    assert digest("points: 5\n", "points: 5\n        family: common\n") == same
    assert digest("points: 5\n", "points: 5.0\n") == same
    assert (
        digest("period: 2019\n", "period: '2019'\nrounding: {mode: half_up, indicator: 4}\n")
        == same
    )


def test_whatever_counts_changes_the_digest():
    assert digest("points: 5\n", "points: 5.1\n") != digest_scheme(read(small()))


def test_the_canonical_form_holds_exact_text_and_no_defaults():
    canonical = write_canonical_scheme(read(small()))

    assert canonical["ends"] == "2019-12-31"
    assert canonical["indicators"][0]["children"][0] == {
        "code": "A1",
        "name": "收入增幅",
        "points": "5",
        "unit": "%",
        "rule": {"method": "efficacy_coefficient"},
    }
