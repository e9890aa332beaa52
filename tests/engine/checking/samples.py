"""The sample scheme read through real files, as it stands or changed."""

from pathlib import Path

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Kind
from kaohe.checking.sample import FIGURES, MATTERS, SCHEME
from kaohe.errors import Finding
from kaohe.files.data.observations import read_observations
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.scheme.draft import Draft, Scheme
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations

PASSAGES = {"scheme": SCHEME, "figures": FIGURES, "matters": MATTERS}


def sample(old: str = "", new: str = "") -> Draft:
    """The sample with one passage of the scheme replaced."""
    assert old in SCHEME, old
    return compose_draft(SCHEME.replace(old, new, 1), "scheme.yaml")


def read_data(model: SchemeModel, folder: Path, *, figures: str, matters: str) -> Observations:
    """Data as the command line reads them."""
    paths = [folder / "figures.csv", folder / "matters.csv"]
    for path, text in zip(paths, (figures, matters), strict=True):
        path.write_text(text, encoding="utf-8")
    return read_observations(paths, Scheme(model))


def inspect_example(kind: Kind, folder: Path) -> list[Finding]:
    """What one kind finds in its own example."""
    passages = change_passages(kind.example)
    draft = compose_draft(passages["scheme"], "scheme.yaml")
    model = SchemeModel.model_validate(draft.tree)
    observations = None
    if kind.needs_data:
        observations = read_data(
            model, folder, figures=passages["figures"], matters=passages["matters"]
        )
    return kind.inspect(Inspected(model, draft, observations))


def change_passages(example: Example) -> dict[str, str]:
    """The three passages of the sample, one of them changed."""
    changed = example.apply(PASSAGES[example.of])
    return {**PASSAGES, example.of: changed}
