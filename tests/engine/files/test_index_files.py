"""Index files come as YAML; what has another ending is told what to do instead."""

import pytest

from kaohe.errors import BadInput
from kaohe.files.schemes.index_files import read_index

INDEX = "index: vigour\nindicators:\n  - {code: output}\n"


def test_an_index_is_read_from_yaml(tmp_path):
    path = tmp_path / "vigour.yml"
    path.write_text(INDEX, encoding="utf-8")

    assert read_index(path).index == "vigour"


def test_a_workbook_or_a_table_is_no_index(tmp_path):
    with pytest.raises(BadInput) as refused:
        read_index(tmp_path / "scheme.xlsx")

    assert [finding.say("en") for finding in refused.value.findings] == [
        "scheme.xlsx: an index is a .yaml file → "
        "name the index first, then the data; a scheme is scored by kaohe score"
    ]
