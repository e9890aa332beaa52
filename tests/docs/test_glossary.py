"""One thing, one name: every key a scheme or an index file may have stands in the glossary."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from kaohe.analysis.index_model import IndexPart
from kaohe.scheme.grades import Declared
from kaohe.scheme.model import SchemeModel

GLOSSARY = Path(__file__).parents[2] / "GLOSSARY.md"
OF_THE_FORMAT = {"kaohe", "kind"}


def list_keys(model: type[BaseModel]) -> set[str]:
    keys = set(model.model_fields)
    return keys.union(*(list_keys(each) for each in model.__subclasses__()))


@pytest.mark.parametrize("form", [Declared, IndexPart])
def test_every_key_is_a_word_of_the_glossary(form: type[BaseModel]) -> None:
    words = set(re.findall(r"[A-Za-z_]+", GLOSSARY.read_text(encoding="utf-8").lower()))
    assert SchemeModel.model_fields

    keys = list_keys(form) - OF_THE_FORMAT

    assert (
        sorted(
            key
            for key in keys
            if not {key, key.rstrip("s"), re.sub("ies$", "y", key), re.sub("oes$", "o", key)}
            & words
        )
        == []
    )
