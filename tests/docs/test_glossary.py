"""One thing, one name: every key a scheme may have stands in the glossary."""

import re
from pathlib import Path

from kaohe.scheme.grades import Declared
from kaohe.scheme.model import SchemeModel

GLOSSARY = Path(__file__).parents[2] / "GLOSSARY.md"
OF_THE_FORMAT = {"kaohe", "kind"}


def list_keys(model: type[Declared]) -> set[str]:
    keys = set(model.model_fields)
    return keys.union(*(list_keys(each) for each in model.__subclasses__()))


def test_every_key_of_a_scheme_is_a_word_of_the_glossary():
    words = set(re.findall(r"[A-Za-z_]+", GLOSSARY.read_text(encoding="utf-8").lower()))
    assert SchemeModel.model_fields

    keys = list_keys(Declared) - OF_THE_FORMAT

    assert (
        sorted(
            key
            for key in keys
            if not {key, key.rstrip("s"), re.sub("ies$", "y", key), re.sub("oes$", "o", key)}
            & words
        )
        == []
    )
