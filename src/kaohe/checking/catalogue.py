"""Every kind of finding about schemes and their data, family by family."""

from kaohe.checking import (
    additions,
    cliffs,
    dates,
    directions,
    figures,
    grading,
    matters,
    own_examples,
    participants,
    peers,
    pointless,
    points,
    policies,
    quotas,
    sources,
    targets,
    texts,
    vetoes,
)
from kaohe.checking.kinds import Kind

FAMILIES: dict[str, tuple[Kind, ...]] = {
    module.__name__.rpartition(".")[2]: module.KINDS
    for module in (
        points, pointless, additions, targets, directions, peers, sources, cliffs, own_examples, texts, participants, dates,
        grading, vetoes, quotas, policies, figures, matters,
    )
}  # fmt: skip
KINDS: tuple[Kind, ...] = tuple(kind for kinds in FAMILIES.values() for kind in kinds)
