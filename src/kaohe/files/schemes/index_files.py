"""Index files: YAML that states a composite index."""

from pathlib import Path

from kaohe.analysis.index_model import IndexModel
from kaohe.analysis.index_reading import admit_index
from kaohe.errors import BadInput, Place, blocking
from kaohe.files.schemes.yaml_reading import read_scheme_yaml
from kaohe.language import Text

_ENDINGS = (".yaml", ".yml")


def read_index(path: Path) -> IndexModel:
    """The index in a YAML file. Raises BadInput for another ending, and with every finding by its line."""
    if path.suffix.lower() not in _ENDINGS:
        raise BadInput([
            blocking(
                "unknown-ending",
                Place(file=path.name),
                Text("指数文件须为 .yaml", "an index is a .yaml file"),
                Text(
                    "先写指数文件，再写数据；方案请用 kaohe score",
                    "name the index first, then the data; a scheme is scored by kaohe score",
                ),
            )
        ])  # fmt: skip
    return admit_index(read_scheme_yaml(path))
