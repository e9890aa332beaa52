"""The guide for many subjects shows a scheme, a table and exactly what comes of them, in both languages."""

import io
import re
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.csv as pv
import pytest

from kaohe.checking import admit
from kaohe.files.data.population_tables import read_population
from kaohe.files.results.population_outputs import tabulate_result
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.language import Language
from kaohe.population.scoring import score_population

GUIDES = Path(__file__).parents[2] / "docs" / "guide"
LANGUAGES: dict[str, Language] = {"en": "en", "zh-CN": "zh"}


def list_blocks(language, kind):
    text = (GUIDES / f"populations.{language}.md").read_text(encoding="utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", text, flags=re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_shown_is_scored_to_the_result_shown(language, tmp_path):
    (scheme,), (table, shown) = list_blocks(language, "yaml"), list_blocks(language, "csv")
    admitted = admit(compose_draft(scheme, "shops.yaml"))
    data = tmp_path / "shops.csv"
    data.write_text(table, encoding="utf-8")

    result = score_population(admitted, read_population(data, admitted))
    scored = tabulate_result(result, LANGUAGES[language], scores=True)

    expected = pv.read_csv(
        io.BytesIO(shown.encode()),
        convert_options=pv.ConvertOptions(column_types=scored.schema, strings_can_be_null=True),
    )
    assert expected.column_names == scored.column_names
    for name in scored.column_names:
        assert scored[name].to_pylist() == pc.cast(expected[name], scored[name].type).to_pylist()
