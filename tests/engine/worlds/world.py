"""Random whole schemes with their data: valid, and mostly such that no rule refuses a figure.

`make_world(seed)` is the same world everywhere; `worlds` are those that Hypothesis draws and shrinks.
`print(make_world(7))` shows one as scheme and figures.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

from kaohe.checking import admit
from kaohe.errors import BadInput
from kaohe.results.result import Result, score
from kaohe.scheme.draft import Draft, Scheme
from kaohe.scoring.observations import Observations
from tests.engine.worlds.data import draw_data, draw_leaf_data
from tests.engine.worlds.description import describe_inputs
from tests.engine.worlds.indicators import draw_indicators, iterate_nodes, iterate_paths
from tests.engine.worlds.people import ENDS, draw_people
from tests.engine.worlds.policies import draw_policies
from tests.engine.worlds.stated_points import state_points

PLAIN = {"method": "reference", "by": "score"}
PLAIN_LOSS = {"method": "events", "start": "zero", "per_event": "0.5"}
LEFT_REFUSED = 0.4
"""The share of worlds with figures that a rule refuses in which they are left so."""

STATED = 0.3
"""The share of worlds in which full marks of a branch, or of the total, are stated where they can be."""

Tree = dict[str, Any]


@dataclass(frozen=True)
class World:
    """A valid scheme with one snapshot of data; `result` is None where a rule refuses a figure."""

    scheme: Scheme
    observations: Observations
    result: Result | None

    def __str__(self) -> str:
        return describe_inputs(self.scheme, self.observations)

    def __repr__(self) -> str:
        return f"<world of {len(self.scheme.model.units)} units>"


def make_world(seed: int) -> World:
    """The world of a seed."""
    return draw_world(Random(seed))  # noqa: S311 – schemes, not secrets


def draw_world(random: Random) -> World:
    """A world drawn from whichever source of choices."""
    tree = _draw_tree(random)
    scheme = _admit_mended(tree)
    if random.random() < STATED and state_points(random, tree, scheme.model):
        scheme = admit(Draft(tree))
    observations = draw_data(random, scheme.model)
    result, refused = _try_score(scheme, observations)
    if refused and random.random() >= LEFT_REFUSED:
        observations = _tame_data(random, scheme, observations, refused)
        result, refused = _try_score(scheme, observations)
        if refused:
            scheme = _make_scorable(tree, refused)
            observations = _tame_data(random, scheme, observations, refused)
            result, refused = _try_score(scheme, observations)
    return World(scheme, observations, result)


worlds: st.SearchStrategy[World] = st.randoms(use_true_random=False).map(draw_world)
"""Worlds that shrink; a test shows a failing one with `note(str(world))`."""


def _draw_tree(random: Random) -> Tree:
    people = draw_people(random)
    indicators = draw_indicators(random, people)
    head = {"kaohe": "1", "code": "world", "name": "世界", "period": "2019", "ends": ENDS}
    policies = draw_policies(random, people, indicators)
    return {**head, **people, **policies, "indicators": indicators}


def _admit_mended(tree: Tree) -> Scheme:
    """The scheme of a tree; a leaf whose rule does not fit its pool or family gets a plain one."""
    try:
        return admit(Draft(tree))
    except BadInput as fault:
        keys = [finding.place.key for finding in fault.findings]
    for path, node in iterate_paths(tree["indicators"]):
        if "rule" in node and any(f"{key}.".startswith(f"{path}.") for key in keys):
            _make_plain(node)
    return admit(Draft(tree))


def _make_plain(leaf: Tree) -> None:
    is_loss = leaf["family"] == "deduction"
    leaf |= {"rule": PLAIN_LOSS if is_loss else PLAIN, "direction": "higher"}


def _try_score(scheme: Scheme, observations: Observations) -> tuple[Result | None, set[str]]:
    """The result, or the codes of the leaves whose rules refuse a figure."""
    try:
        return score(scheme, observations), set()
    except BadInput as fault:
        return None, {finding.place.key for finding in fault.findings}


def _tame_data(
    random: Random, scheme: Scheme, observations: Observations, refused: set[str]
) -> Observations:
    """The same data with tame figures under the leaves that were refused."""
    figures = {key: cell for key, cell in observations.figures.items() if key[0] not in refused}
    records = tuple(each for each in observations.records if each.indicator not in refused)
    for code in sorted(refused & set(scheme.model.nodes_by_code)):
        leaf = scheme.model.nodes_by_code[code]
        figures |= draw_leaf_data(random, scheme.model, leaf, is_tame=True).figures
    return Observations(figures, records)


def _make_scorable(tree: Tree, refused: set[str]) -> Scheme:
    """The scheme with plain rules where tame figures were refused too, and grades that can be given."""
    for node in iterate_nodes(tree["indicators"]):
        if node["code"] in refused:
            _make_plain(node)
    for rule in tree["grades"]:
        rule |= {"fail": "不合格", "tilts": []}
    return admit(Draft(tree))
