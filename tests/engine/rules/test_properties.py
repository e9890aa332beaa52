"""What holds of every method: better figures, bounds, and the order of units."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.rules.cases import make_rule, score_frame

from kaohe.numbers.absence import Absence
from kaohe.renderings.frame import Frame
from kaohe.rules.catalogue import METHODS
from kaohe.rules.method import Method

POINTS = Fraction(10)
UNITS = 5
pytestmark = pytest.mark.slow
UP, DOWN, FIXED = 1, -1, 0


@dataclass(frozen=True)
class Setting:
    """A rule, the range of each figure it reads with the way that is better, and its bounds."""

    rule: Method
    figures: Mapping[str, tuple[int, int, int]]
    least: str | None = "0"
    most: str | None = "10"
    higher: bool = True

    def __str__(self) -> str:
        chosen = self.rule.model_dump(exclude_unset=True, exclude={"method"})
        shown = ",".join(
            f"{name}={value}" for name, value in chosen.items() if len(f"{value}") < 16
        )
        return f"{type(self.rule).code} {shown} {'higher' if self.higher else 'lower'}"


@dataclass
class Listing:
    """Settings, added in short lines."""

    settings: list[Setting] = field(default_factory=list)

    def add(self, code: str, figures: Mapping[str, tuple[int, int, int]], **options: Any) -> None:
        """One setting: bounds and direction by their names, all other options parameters of the rule."""
        own = {name: options.pop(name) for name in ("least", "most", "higher") if name in options}
        self.settings.append(Setting(make_rule(code, **options), figures, **own))


def list_target_settings(listing: Listing) -> None:
    """Methods around a target."""
    target = {"target": (1, 10, FIXED)}
    up, down = {"value": (-5, 15, UP)} | target, {"value": (0, 15, DOWN)} | target
    listing.add("R01", up)
    listing.add("R01", down, cap="1.1", most="11", higher=False)
    listing.add("R01", up, mode="difference", per_unit="0.1", zero_if_negative=True)
    listing.add("R01", down, mode="difference", per_unit="0.1", cap="1.5", most="15", higher=False)
    listing.add("R02", {"value": (-5, 30, DOWN)} | target, higher=False)
    for mode in ("linear", "floor", "ceil"):
        steps = {"gain_mode": mode, "loss_mode": mode, "gain_step": 2, "loss_step": "0.5"}
        caps = {"gain": 1, "loss": 1, "gain_cap": 2, "most": "12"}
        listing.add("R03", up, **steps, **caps)
        listing.add("R03", down, **steps, **caps, step_in="percent_of_target", higher=False)
    listing.add("R17", {"value": (0, 1, UP)}, met_by="mark")
    listing.add("R17", down, met_by="target", higher=False)
    listing.add("R20", up)


def list_pool_settings(listing: Listing) -> None:
    """Methods that compare the units of a pool."""
    up, down = {"value": (-5, 15, UP)}, {"value": (-5, 15, DOWN)}
    for figures, higher in ((up, True), (down, False)):
        listing.add("R04", figures, least="6", higher=higher)
        listing.add("R08", figures, cap=25, most="25", higher=higher, band=3)
        for ties in ("lowest", "average", "highest", "dense"):
            listing.add("R06", figures, table=[9, 8, 5], beyond=1, ties=ties, higher=higher)
        # An allowance in per cent of a negative mean is refused.
        above = {"value": (0, 15, figures["value"][2])}
        for standard in ("mean", "mean_of_others"):
            loss = {"loss": "0.3", "loss_step": 1, "loss_mode": "floor", "allowance": "5%"}
            listing.add("R12", above, standard=standard, **loss, floor=2, least="2", higher=higher)
    listing.add("R04", up, worst=0, best=10, least="6")
    listing.add("R06", up, step=2, floor=1, least="1")
    listing.add("R07", up)
    listing.add("R07", {"value": (1, 15, DOWN)}, higher=False)
    listing.add("R08", up | {"not_started": (0, 3, DOWN)}, not_started="0.33", most=None)


def list_growth_settings(listing: Listing) -> None:
    """Methods that put level and growth together."""
    growing = {"increment": (-5, 15, UP), "growth": (-5, 15, UP)}
    targets = {"increment_target": (1, 9, FIXED), "growth_target": (1, 9, FIXED)}
    for measure in ("ratio_to_best", "efficacy", "target_ratio"):
        listing.add("R09", growing | targets, measured_by=measure)
    figures = {
        "value": (0, 9, UP),
        "growth": (0, 9, UP),
        "reference": (0, 9, FIXED),
        "tally": (0, 3, DOWN),
    }
    for mode in ("linear", "floor", "ceil"):
        change = {"change": "0.1", "change_step": "0.3", "change_cap": 1, "change_mode": mode}
        listing.add("R05", figures, **change, least="2", most="11")


def list_place_settings(listing: Listing) -> None:
    """Methods that read places."""
    moved = {"gain": "0.5", "gain_cap": 2, "loss": "0.4", "loss_cap": 1, "first_kept": "0.3"}
    previous = {"previous_rank": (1, 5, FIXED)}
    ranked = {"rank": (1, 6, DOWN), "ranked": (6, 6, FIXED)}
    listing.add(
        "R10", {"value": (0, 9, UP)} | previous, place_from="value", **moved, least="9", most="12.3"
    )
    listing.add(
        "R10", ranked | previous, place_from="rank", table=[9, 6], **moved, least="5", most="11.3"
    )
    for precedence in ("gain", "loss", "both"):
        zones = {"gains": [5, 3, 1], "losses": [4, 3, 2, 1], "precedence": precedence}
        listing.add("R11", ranked, place_from="rank", **zones, least="-4", most="5")
        listing.add(
            "R11",
            {"value": (0, 3, DOWN)},
            place_from="value",
            **zones,
            least="-4",
            most="5",
            higher=False,
        )
    listing.add("R24", {"rank": (1, 6, DOWN)}, by="rank", table=[9, 7, 2])


def list_record_settings(listing: Listing) -> None:
    """Methods over what records were reduced to, or over scores given elsewhere."""
    tally, mark = (-2, 9, UP), (0, 10, UP)
    listing.add("R13", {"events": (0, 9, DOWN)}, start="points", per_event=2)
    listing.add(
        "R13", {"events": (0, 9, DOWN)}, start="zero", losses=[1, "points"], least="-10", most="0"
    )
    listing.add("R15", {"completed": (0, 8, UP), "planned": (8, 9, FIXED)}, combine="mean")
    listing.add("R15", {"completed": (0, 20, UP)}, combine="sum")
    listing.add("R16", {"tally": tally}, rates={"key": "8%"}, cap=4, most="4")
    listing.add("R18", {"tally": tally}, levels={"city": 1})
    listing.add(
        "R19", {"tally": (-2, 9, DOWN)}, start="points", kinds={"late": 1}, cap=6, least="4"
    )
    listing.add("R21", {"tally": tally}, least="-1", most="1")
    cases = {"on_time": (0, 10, UP), "late_closed": (0, 10, UP), "delayed": (0, 20, DOWN)}
    cases |= {"reworked": (0, 20, DOWN), "due": (20, 20, FIXED), "tally": (-1, 1, UP)}
    listing.add(
        "R22",
        cases | {"team": (0, 100, UP), "street": (0, 100, UP)},
        missing="refuse",
        least="-1",
        most="11",
    )
    parts = [{"facet": "finance", "weight": 2}, {"facet": "reform", "weight": 1}]
    for missing in ("refuse", "renormalise"):
        listing.add("R23", {"finance": mark, "reform": mark}, parts=parts, full=10, missing=missing)
    listing.add("R24", {"value": mark}, by="score", full=10)
    listing.add("R27", {"mark": mark}, full=10)
    listing.add("R28", {"ballot": mark}, full=10, options={"A": 10})


def list_fixed_settings(listing: Listing) -> None:
    """Methods over fixed bands and standards, and the two whose direction is nobody's."""
    falling = [{"edge": 9, "share": 1}, {"edge": 5, "share": "0.8"}]
    listing.add("R14", {"value": (0, 15, UP)}, bands=falling)
    listing.add(
        "R14", {"value": (0, 15, DOWN)}, bands=falling[:1], below="0.5", least="5", higher=False
    )
    listing.add("R26", {"value": (0, 15, UP)}, standards=[10, 8, 5, 4, 2], below="0.1", least="1")
    listing.add("R26", {"value": (0, 15, DOWN)}, standards=[2, 4, 5, 8, 10], below=0, higher=False)
    listing.add("R25", {"value": (-5, 15, FIXED)}, low=4, high=6, lowest=2, highest=9)
    half = {"share": "1/2"}
    parts = [half | {"rule": {"method": "R04"}}, half | {"rule": {"method": "R07"}}]
    listing.add("R33", {"value": (1, 15, FIXED)}, parts=parts, least="3")


def list_settings() -> Sequence[Setting]:
    """Every setting the properties are tried on."""
    listing = Listing()
    makers: Sequence[Callable[[Listing], None]] = (
        list_target_settings, list_pool_settings, list_growth_settings, list_place_settings,
        list_record_settings, list_fixed_settings,
    )  # fmt: skip
    for make in makers:
        make(listing)
    return listing.settings


SETTINGS = list_settings()
IMPROVABLE = [each for each in SETTINGS if any(way for _, _, way in each.figures.values())]


def test_every_method_declared_monotone_is_tried():
    tried = {type(setting.rule).code for setting in IMPROVABLE}

    assert {method.code for method in METHODS if method.is_monotone} <= tried


def draw_figure(data: st.DataObject, low: int, high: int, *, whole: bool) -> Fraction:
    """A figure in its range, in tenths, or a whole one."""
    return Fraction(
        data.draw(st.integers(low, high)) if whole else data.draw(st.integers(low * 10, high * 10)),
        1 if whole else 10,
    )


def draw_columns(data: st.DataObject, setting: Setting) -> dict[str, list[Any]]:
    """Figures of a pool; now and then one is missing, but never of its first unit."""
    columns: dict[str, list[Any]] = {}
    for name, (low, high, _) in setting.figures.items():
        column = [draw_figure(data, low, high, whole=is_whole(setting, name)) for _ in range(UNITS)]
        gap = data.draw(st.integers(1, 4 * UNITS))
        columns[name] = [Absence.EMPTY if row == gap else cell for row, cell in enumerate(column)]
    return columns


def is_whole(setting: Setting, name: str) -> bool:
    return "rank" in name or (type(setting.rule).code, name) == ("R17", "value") and setting.higher


def score_columns(setting: Setting, columns: Mapping[str, Sequence[Any]]) -> list[Any]:
    frame = Frame(columns, [POINTS] * UNITS, [0] * UNITS, [range(UNITS)])
    return score_frame(setting.rule, frame, higher=setting.higher)


@pytest.mark.parametrize("setting", IMPROVABLE, ids=str)
@settings(max_examples=60)
@given(data=st.data())
def test_a_better_figure_never_lowers_the_score(setting: Setting, data: st.DataObject):
    columns = draw_columns(data, setting)
    name = data.draw(
        st.sampled_from([name for name, (_, _, way) in setting.figures.items() if way])
    )
    low, high, way = setting.figures[name]
    figures = sorted(draw_figure(data, low, high, whole=is_whole(setting, name)) for _ in range(2))
    worse, better = figures if way == UP else figures[::-1]

    columns[name][0] = worse
    before = score_columns(setting, columns)[0]
    columns[name][0] = better
    after = score_columns(setting, columns)[0]

    if isinstance(before, Fraction):
        assert isinstance(after, Fraction)
        assert after >= before


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
@settings(max_examples=60)
@given(data=st.data())
def test_scores_stay_within_what_is_declared(setting: Setting, data: st.DataObject):
    for score in score_columns(setting, draw_columns(data, setting)):
        if isinstance(score, Fraction):
            assert setting.least is None or score >= Fraction(setting.least)
            assert setting.most is None or score <= Fraction(setting.most)


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
@settings(max_examples=30)
@given(data=st.data())
def test_the_order_of_units_changes_nothing(setting: Setting, data: st.DataObject):
    columns = draw_columns(data, setting)
    order = data.draw(st.permutations(range(UNITS)))
    shuffled = {name: [column[row] for row in order] for name, column in columns.items()}

    scores = score_columns(setting, columns)

    assert score_columns(setting, shuffled) == [scores[row] for row in order]
