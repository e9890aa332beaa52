"""The district's schemes as workbooks: the same scheme, to the digest."""

from pathlib import Path

import pytest
from examples.write_district import DISTRICT

from kaohe.checking import admit
from kaohe.files.schemes.reading import read_draft
from kaohe.files.schemes.writing import write_scheme
from tests.examples.years import score_annual, score_city

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("score", [score_annual, score_city])
def test_a_scheme_goes_to_a_workbook_and_back_and_stays_the_same(score, tmp_path: Path) -> None:
    scheme = score(2019).scheme
    digests = []
    for name in ("scheme.xlsx", "scheme.yaml"):
        write_scheme(scheme.model, tmp_path / name)
        digests.append(admit(read_draft(tmp_path / name)).digest)

    assert digests == [scheme.digest] * 2


def test_no_name_of_an_indicator_stands_twice() -> None:
    for path in sorted((DISTRICT / "2019").rglob("*.yaml")):
        model = admit(read_draft(path)).model
        names = [node.name for node in model.nodes_by_code.values() if not node.children]

        assert len(set(names)) == len(names), path.name
