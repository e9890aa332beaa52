"""Random grade rules and rankings, as exact units and as columns of the same."""

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from kaohe.grading.proposals import Attained, UnitFacts, VetoHit
from kaohe.grading.ranking import Standing, rank_units
from kaohe.population.grades import Contenders, VetoMarks
from kaohe.scheme.grades import GradeRule, TieBreak

EFFECTS = ("no_top_grade", "grade_down", "fail", "no_award", "zero_indicator")
WAYS = ("P0", "P1", "P2")


@dataclass(frozen=True)
class Competition:
    """One group: its ranking, what is known of its units, and both as columns."""

    ranking: tuple
    facts: dict[str, UnitFacts]
    columns: Contenders


def make_competition(rule: GradeRule, count: int, random: Random) -> Competition:
    spread = random.choice([2, 5, 10, count, 10 * count])
    standings = [
        Standing(
            f"U{number}",
            Fraction(random.randrange(spread + 1), 2),
            _choose_participation(random),
            {"bonus": Fraction(random.randrange(3))},
        )
        for number in range(count)
    ]
    chain = random.choice([(), (TieBreak(by="bonus"),)])
    ranking = rank_units(standings, chain=chain, ties=random.choice(["lowest", "average", "dense"]))
    facts = {each.unit: _make_facts(rule, random) for each in standings if random.random() < 0.6}
    return Competition(ranking, facts, lay_out(rule, ranking, facts))


def _choose_participation(random: Random) -> Any:
    return "listed_apart" if random.random() < 0.1 else "ranked"


def _make_facts(rule: GradeRule, random: Random) -> UnitFacts:
    vetoes = tuple(
        VetoHit(f"V{number}", frozenset(random.sample(EFFECTS, random.choice([1, 1, 2]))))
        for number in range(random.choice([0, 0, 0, 1, 2]))
    )
    if not rule.fail and random.random() < 0.98:
        vetoes = tuple(each for each in vetoes if "fail" not in each.effects)
    attained = {way: Attained(Fraction(random.randrange(10))) for way in WAYS}
    return UnitFacts(vetoes, attained)


def lay_out(rule: GradeRule, ranking, facts) -> Contenders:
    ranked = [each for each in ranking if each.rank is not None]
    known = [facts.get(each.unit, UnitFacts()) for each in ranked]
    totals = np.array([each.total for each in ranked], dtype=object)
    hits = [veto for each in known for veto in each.vetoes]
    effects = list(dict.fromkeys(hit.effects for hit in hits))
    return Contenders(
        number_tiers([each.rank for each in ranked]),
        number_tiers([each.total for each in ranked]),
        lambda least: np.array(totals >= least, dtype=bool),
        VetoMarks.gather(
            effects,
            [
                np.array([sum(veto.effects == own for veto in each.vetoes) for each in known])
                for own in effects
            ],
            len(ranked),
        ),
        [
            np.array(
                [
                    each.attained.get(way.of, Attained(Fraction(-1))).score >= way.at_least
                    for each in known
                ],
                dtype=bool,
            )
            for way in rule.promotions
        ],
    )


def number_tiers(keys) -> np.ndarray:
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], dtype=np.int64)


def make_rule(random: Random) -> GradeRule:
    labels = ["优秀", "良好", "一般", "较差"][: random.randint(1, 4)]
    bands = [_make_band(label, random) for label in labels[:-1]]
    last = {"label": labels[-1], "rest": True}
    if random.random() < 0.4:
        last = {"label": labels[-1], "minimum_score": random.randrange(4)}
    fails = "minimum_score" in last or random.random() < 0.7
    fail = (random.choice(["不合格", labels[-1]]) if fails else "")  # fmt: skip
    return GradeRule.model_validate(
        {
            "code": "G",
            "name": "等次",
            "groups": ["own", "other"],
            "bands": [*bands, last],
            "share_base": random.choice(
                [["ranked"], ["ranked", "listed_apart"], random.randint(1, 40)]
            ),
            "share_rounding": random.choice(["floor", "half_up", "ceil"]),
            "cut_tie": random.choice(["all_in", "none_in", "tie_break"]),
            "vetoed": random.choice(["successor", "vacant"]),
            "promotions": [_make_promotion(labels, random) for _ in range(random.randint(0, 3))],
            "tilts": list(_make_tilts(bands, random)),
            "pass_line": random.choice([None, 1, 2]) if fail else None,
            "fail": fail,
        }
    )


def _make_band(label, random):
    limit = random.choice(["share", "share", "up_to", "number", "minimum_score", "rest"])
    figures = {
        "share": random.choice(["15%", "0.2", "1/3", "0"]),
        "up_to": random.choice(["0.2", "0.5", "0.75"]),
        "number": random.randint(0, 8),
        "minimum_score": random.randint(0, 6),
        "rest": True,
    }
    band = {"label": label, limit: figures[limit]}
    if limit == "share" and random.random() < 0.4:
        band["at_least"] = random.randint(1, 3)
    if limit != "minimum_score" and random.random() < 0.3:
        band["minimum_score"] = random.randint(0, 6)
    return band


def _make_promotion(labels, random):
    return {
        "by": "indicator_score",
        "of": random.choice(WAYS),
        "at_least": random.randint(3, 9),
        "to": random.choice(labels),
        "outside_share": random.random() < 0.5,
        "limit": random.choice([None, 0, 1, 2, 5]),
    }


def _make_tilts(bands, random):
    for band in bands:
        if {"share", "up_to", "number"} & set(band) and random.random() < 0.3:
            tilt = {"grade": band["label"], "reason": "艰苦"}
            groups = ["own", "other"] if random.random() < 0.7 else ["other", "own"]
            if random.random() < 0.5:
                places = random.randint(1, 2)
                yield tilt | {
                    "group": groups[0], "kind": "redistributed",
                    "places": places, "taken_from": {groups[1]: places},
                }  # fmt: skip
            else:
                gain = {"points_share": "0.1"} if "share" in band else {"places": 2}
                yield tilt | gain | {"group": groups[0], "kind": "additional", "approval": "1号"}
