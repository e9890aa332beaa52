"""Whole schemes over columns, beside the exact engine."""

from pathlib import Path

import pytest

from kaohe.checking import admit
from kaohe.files.data.observations import read_observations
from kaohe.files.schemes.reading import read_draft
from tests.engine.population.agreement import list_differences

DISTRICT = Path(__file__).resolve().parents[3] / "examples" / "district"


@pytest.mark.slow
@pytest.mark.parametrize("year", ["2017", "2018", "2019"])
def test_a_district_comes_out_as_it_does_exactly(year: str) -> None:
    folder = DISTRICT / year
    scheme = admit(read_draft(folder / "annual.yaml"))
    observations = read_observations([folder / "data.xlsx"], scheme)

    assert list_differences(scheme, observations) == []
