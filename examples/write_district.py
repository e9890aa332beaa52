"""Writes the seeded district's files again: python -m examples.write_district (see examples/README.md).

Written by hand are the schemes of 2019 and the lists in this folder. Earlier years, all data, the pins
of referred schemes and the staff lists follow from them, the same on every machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from examples.district_city import SPECIAL_PLACES, draw_city, draw_special, list_our_places
from examples.district_draws import RANGES, Drawing, draw_places, spread_quality
from examples.district_matters import list_matters
from examples.district_records import draw_records
from examples.district_staff import write_staff
from examples.district_tables import (
    Rows,
    lay_out_leaves,
    lay_out_owners,
    lay_out_previous,
    write_book,
    write_csv,
)
from examples.district_tricks import LIFTED, QUALITY, UNHEARD, WRITTEN
from examples.district_years import LATEST, SPECIALS, pin_versions, shift_years, undo_changes
from kaohe.checking import admit
from kaohe.files.data.observations import read_observations
from kaohe.files.outputs import write_bytes
from kaohe.files.schemes.reading import read_draft
from kaohe.results.result import Result, score
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel

DISTRICT = Path(__file__).parent / "district"
YEARS = (2017, 2018, 2019)
Ranks = Mapping[str, Fraction]


def write_district(root: Path = DISTRICT, source: Path = DISTRICT) -> None:
    """Write every year, each from the places of the one before; `source` holds the schemes of the latest."""
    city_ranks: Ranks = {}
    ranks: Ranks = {}
    for year in YEARS:
        writing = YearWriting(year, root / str(year), source / str(LATEST))
        specials = [writing.write_special(name) for name in SPECIALS]
        city_ranks = writing.write_city(specials, city_ranks)
        ranks = writing.write_annual(specials, ranks)


def score_files(scheme: Path, *data: Path) -> Result:
    """The result of a scheme in a file on data in files."""
    admitted = admit(read_draft(scheme))
    return score(admitted, read_observations(data, admitted))


@dataclass(frozen=True)
class YearWriting:
    """The files of one year, written into a folder from the latest schemes."""

    year: int
    folder: Path
    latest: Path

    def write_special(self, name: str) -> Result:
        """One special assessment of the city with its data; its result."""
        path = self.folder / "specials" / f"{name}.yaml"
        text = shift_years(self.year, self._read(f"specials/{name}.yaml"))
        model = self._write_scheme(path, text).model
        place = SPECIAL_PLACES[self.year][SPECIALS.index(name)]
        leaves = list(queries.iterate_leaves(model))
        rows = lay_out_leaves(model, leaves, draw_special(model, name, place))
        write_csv(path.with_suffix(".csv"), rows)
        return score_files(path, path.with_suffix(".csv"))

    def write_city(self, specials: Sequence[Result], previous: Ranks) -> Ranks:
        """The city's assessment of its districts; their places."""
        path, data = self.folder / "city.yaml", self.folder / "city.xlsx"
        text = shift_years(self.year, self._read("city.yaml"))
        model = self._write_scheme(path, _pin(text, specials)).model
        sheets = lay_out_owners(model, draw_city(model, specials), {})
        write_book(data, sheets | {"上年位次": lay_out_previous(model, previous)}, self.year)
        return list_ranks(score_files(path, data))

    def write_annual(self, specials: Sequence[Result], previous: Ranks) -> Ranks:
        """The district's own assessment, with staff and grades; the units' places."""
        path, data = self.folder / "annual.yaml", self.folder / "data.xlsx"
        text = undo_changes(self.year, self._read("annual.yaml"))
        model = self._write_scheme(path, _pin(shift_years(self.year, text), specials)).model
        sheets = self._draw_annual(model, specials)
        write_book(data, sheets | {"上年位次": lay_out_previous(model, previous)}, self.year)
        result = score_files(path, data)
        write_staff(self.folder, result, self.year)
        return list_ranks(result)

    def _draw_annual(self, model: SchemeModel, specials: Sequence[Result]) -> dict[str, Rows]:
        quality = spread_quality(model, str(self.year)) | dict(QUALITY.get(self.year, {}))
        drawing = Drawing(model, quality, RANGES)
        figures = drawing.draw_figures() | draw_places(model, list_our_places(specials))
        for key, lift in LIFTED.get(self.year, {}).items():
            figures[key] += lift
        return {
            **lay_out_owners(model, figures, WRITTEN.get(self.year, {})),
            **draw_records(drawing, UNHEARD.get(self.year, ())),
            "事项": list_matters(self.year),
        }

    def _read(self, name: str) -> str:
        return (self.latest / name).read_text(encoding="utf-8")

    @staticmethod
    def _write_scheme(path: Path, text: str) -> Scheme:
        write_bytes(path, text.encode())
        return admit(read_draft(path))


def _pin(text: str, specials: Sequence[Result]) -> str:
    digests = [each.scheme.digest for each in specials]
    return pin_versions(text, dict(zip(SPECIALS, digests, strict=True)))


def list_ranks(result: Result) -> Ranks:
    """Each unit's place, where it has one."""
    placed = ((each.unit.code, each.standing.rank) for each in result.units)
    return {code: rank for code, rank in placed if rank is not None}


if __name__ == "__main__":
    write_district()
