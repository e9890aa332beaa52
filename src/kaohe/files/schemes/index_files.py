"""Index files: YAML that states a composite index."""

from pathlib import Path

from kaohe.analysis.index_model import IndexModel
from kaohe.analysis.index_reading import admit_index
from kaohe.files.schemes.yaml_reading import read_scheme_yaml


def read_index(path: Path) -> IndexModel:
    """The index in a YAML file. Raises BadInput with every finding, each with its line."""
    return admit_index(read_scheme_yaml(path))
