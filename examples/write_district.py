"""Writes the seeded district's files again: python -m examples.write_district (see examples/README.md).

Written by hand are the schemes of 2019 and the lists in this folder. Earlier years, all data, the pins
of referred schemes and the staff lists follow from them, the same on every machine.
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from examples.district_city import SPECIAL_PLACES, draw_city, draw_special, list_our_places
from examples.district_draws import RANGES, Drawing, Key, draw_chance, spread_quality
from examples.district_matters import list_matters
from examples.district_records import draw_records
from examples.district_staff import write_staff
from examples.district_tables import (
    Cell,
    Rows,
    head_column,
    lay_out_figures,
    lay_out_previous,
    write_book,
    write_csv,
)
from examples.district_tricks import LIFTED, QUALITY, UNHEARD, WRITTEN
from examples.district_years import (
    LATEST,
    SPECIALS,
    pin_versions,
    shift_years,
    write_annual_of,
    year_folder,
)
from kaohe.checking import admit
from kaohe.files.observations import read_observations
from kaohe.files.outputs import write_bytes
from kaohe.files.schemes import read_draft
from kaohe.results.result import Result, score
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel

DISTRICT = Path(__file__).parent / "district"
YEARS = (2017, 2018, 2019)
Ranks = Mapping[str, Fraction]


def write_district(root: Path = DISTRICT, source: Path = DISTRICT) -> None:
    """Write every year; `source` holds the schemes of the latest."""
    city_ranks: Ranks = {}
    ranks: Ranks = {}
    for year in YEARS:
        folder = year_folder(root, year)
        specials = [_write_special(folder, source, year, number) for number in range(len(SPECIALS))]
        city_ranks = _write_city(folder, source, year, specials, city_ranks)
        ranks = _write_annual(folder, source, year, specials, ranks)


def _write_special(folder: Path, source: Path, year: int, number: int) -> Result:
    name = SPECIALS[number]
    path = folder / "specials" / f"{name}.yaml"
    latest = (year_folder(source, LATEST) / "specials" / path.name).read_text(encoding="utf-8")
    scheme = _write_scheme(path, shift_years(year, latest))
    figures = draw_special(scheme.model, name, SPECIAL_PLACES[year][number])
    write_csv(path.with_suffix(".csv"), _lay_out_whole(scheme.model, figures))
    return score_files(path, path.with_suffix(".csv"))


def _lay_out_whole(model: SchemeModel, figures: Mapping[Key, Fraction]) -> Rows:
    columns = [(leaf, facet) for leaf in queries.iterate_leaves(model)
               for facet in dict.fromkeys(facet for code, facet, _ in figures if code == leaf.code)]  # fmt: skip
    head = ["单位", "名称", *(head_column(leaf, facet) for leaf, facet in columns)]
    rows: list[list[Cell]] = [
        [unit.code, unit.name, *(figures[leaf.code, facet, unit.code] for leaf, facet in columns)]
        for unit in model.units
    ]
    return [head, *rows]


def _write_scheme(path: Path, text: str) -> Scheme:
    write_bytes(path, text.encode())
    return admit(read_draft(path))


def score_files(scheme: Path, *data: Path) -> Result:
    """The result of a scheme in a file on data in files."""
    admitted = admit(read_draft(scheme))
    return score(admitted, read_observations(data, admitted))


def _write_city(
    folder: Path, source: Path, year: int, specials: list[Result], previous: Ranks
) -> Ranks:
    latest = (year_folder(source, LATEST) / "city.yaml").read_text(encoding="utf-8")
    path = folder / "city.yaml"
    scheme = _write_scheme(path, _pin(shift_years(year, latest), specials))
    sheets = lay_out_figures(scheme.model, draw_city(scheme.model, specials), {})
    data = path.with_suffix(".xlsx")
    write_book(data, sheets | {"上年位次": lay_out_previous(scheme.model, previous)}, year)
    return list_ranks(score_files(path, data))


def _pin(text: str, specials: list[Result]) -> str:
    digests = [each.scheme.digest for each in specials]
    return pin_versions(text, dict(zip(SPECIALS, digests, strict=True)))


def list_ranks(result: Result) -> Ranks:
    """Each unit's place, where it has one."""
    placed = ((each.unit.code, each.standing.rank) for each in result.units)
    return {code: rank for code, rank in placed if rank is not None}


def _write_annual(
    folder: Path, source: Path, year: int, specials: list[Result], previous: Ranks
) -> Ranks:
    latest = (year_folder(source, LATEST) / "annual.yaml").read_text(encoding="utf-8")
    path, data = folder / "annual.yaml", folder / "data.xlsx"
    scheme = _write_scheme(path, _pin(write_annual_of(year, latest), specials))
    quality = spread_quality(scheme.model, path.parent.name) | dict(QUALITY.get(year, {}))
    drawing = Drawing(scheme.model, quality, RANGES)
    figures = drawing.draw_figures() | _place_figures(scheme.model, specials)
    written = WRITTEN.get(year, {})
    others: dict[str, Rows] = {
        **draw_records(drawing, UNHEARD.get(year, ())),
        "事项": list_matters(year),
        "上年位次": lay_out_previous(scheme.model, previous),
    }
    for key, lift in LIFTED.get(year, {}).items():
        figures[key] += lift
    write_book(data, lay_out_figures(scheme.model, figures, written) | others, year)
    result = score_files(path, data)
    write_staff(folder, result, year)
    return list_ranks(result)


def _place_figures(model: SchemeModel, specials: list[Result]) -> dict[Key, Fraction]:
    """Places given elsewhere: of the district in the specials, of towns in the city and last year."""
    figures: dict[Key, Fraction] = {}
    for number, place in enumerate(list_our_places(specials), start=1):
        leaf = queries.node_by_code(model, f"A24{number:02d}")
        figures[leaf.code, "rank", (leaf.applicable or ())[0]] = place
    towns = [unit for unit in queries.scored_units(model) if unit.group == "QZ"]
    by_chance = sorted(towns, key=lambda unit: draw_chance(model.code, unit.code, "previous"))
    for before, unit in enumerate(by_chance, start=1):
        figures["A1205", "previous_rank", unit.code] = Fraction(before)
        rank = 2 + int(50 * draw_chance(model.code, unit.code, "city"))
        figures["J104", "rank", unit.code] = Fraction(rank)
        figures["J104", "ranked", unit.code] = Fraction(64)
    return figures


if __name__ == "__main__":
    write_district()
