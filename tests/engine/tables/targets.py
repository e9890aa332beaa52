"""Rules that hold a figure against a target or a standard."""

from random import Random

from tests.engine.tables.figures import Size
from tests.engine.tables.making import MODES, Setting, set_rule, write_all


def make_target_ratio(random: Random, _: Size) -> Setting:
    """R01"""
    cap = random.choice([None, "1.1", "1.25", "4/3"])
    if random.random() < 0.5:
        negative = random.choice([None, None, True])
        return set_rule("target_ratio", cap=cap, zero_if_negative=negative)
    return set_rule(
        "target_ratio",
        mode="difference",
        per_unit=random.choice(["0.05", "0.1", "0.00005", "1/3"]),
        cap=cap,
        zero_if_negative=random.choice([None, True]),
    )


def make_control(random: Random, _: Size) -> Setting:
    """R02"""
    return set_rule("control", zero_at=random.choice([None, "1.5", "3", "1.1"]))


def make_target_steps(random: Random, _: Size) -> Setting:
    """R03"""
    return set_rule(
        "target_steps",
        gain=random.choice(["1", "0.5", "0.12345", "0.15"]),
        gain_step=random.choice(["1", "0.1", "0.5", "0.3", "0.00001"]),
        gain_mode=random.choice(MODES),
        gain_cap=random.choice(["2", "1.50005", "points"]),
        loss=random.choice(["1", "0.5", "0.03215"]),
        loss_step=random.choice(["1", "0.1", "0.2", "3", "0.00002"]),
        loss_mode=random.choice(MODES),
        step_in=random.choice(["value", "value", "percent_of_target"]),
    )


def make_reach_mean(random: Random, size: Size) -> Setting:
    """R12"""
    standard = random.choice(["mean", "mean_of_others", "target", "fixed"])
    fixed = size.draw(random)
    return set_rule(
        "reach_mean",
        fixed,
        standard=standard,
        fixed=write_all([fixed])[0] if standard == "fixed" else None,
        allowance=random.choice([None, None, "0.05", "1/3"]),
        loss=random.choice(["0.1", "1", "0.01235"]),
        loss_step=random.choice(["1", "0.1", "3", "0.00005"]),
        loss_mode=random.choice(MODES),
        floor=random.choice([None, "0.5", "-3.00005"]),
    )


def make_all_or_nothing(random: Random, _: Size) -> Setting:
    """R17"""
    met_by = random.choice(["mark", "target"])
    setting = set_rule("all_or_nothing", met_by=met_by)
    if met_by == "target":
        return setting
    marks = random.choice([Size(0, 1), Size(0, 1), Size(0, 2), Size(0, 10, 1)])
    return Setting(setting.rule, sizes={"value": marks})


def make_contribution(random: Random, _: Size) -> Setting:
    """R20"""
    return set_rule(
        "contribution",
        completion_share=random.choice([None, "0", "1", "1/3"]),
        cap=random.choice([None, "1.1", "2"]),
    )
