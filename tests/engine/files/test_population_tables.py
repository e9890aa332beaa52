"""Populations from wide tables: the same from Parquet, text and memory, and whatever is wrong by its place."""

from fractions import Fraction

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.population.people import make_scheme

from kaohe.errors import BadInput
from kaohe.files.data.identity_columns import find_repeated
from kaohe.files.data.observations import read_observations
from kaohe.files.data.population_tables import read_population
from kaohe.numbers.absence import Absence
from kaohe.population.layout import lay_out
from kaohe.population.scoring import score_population
from kaohe.population.subjects import PARTICIPATIONS
from kaohe.renderings.arrays.absences import ABSENCES

COLUMNS: dict[str, list] = {
    "unit": ["P1", "P2", "P3"],
    "group": ["north", "south", "north"],
    "participation": ["ranked", None, "listed_apart"],
    "A1": [80.5, None, 60.0],
    "A1.target": [None, 90, None],
    "A2": [12, 7, None],
    "B": ["95.5", "不适用", None],
    "total.previous_rank": [2, 1, None],
    "V1": [2, 3, None],
    "name": ["赵", "钱", "孙"],
}


def write_parquet(path, columns, **options):
    pq.write_table(pa.table(columns), path, **options)
    return path


def write_csv(path, columns, encoding="utf-8", separator=","):
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    lines = [separator.join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def list_figures(population, leaf, facet):
    """The cells of one facet, as exact figures or absences."""
    column = population.facets[leaf, facet]
    kinds = population.absences.get((leaf, facet))
    return [
        (Absence.EMPTY if kinds is None else ABSENCES[kinds[row] - 1])
        if np.isnan(figure)
        else column.exact(row)
        for row, figure in enumerate(column.figures)
    ]


def check(population):
    empty = Absence.EMPTY
    assert population.codes.to_pylist() == ["P1", "P2", "P3"]
    assert population.group.tolist() == [0, 1, 0]
    assert [PARTICIPATIONS[each] for each in population.participation] == [
        "ranked", "ranked", "listed_apart",
    ]  # fmt: skip
    assert list_figures(population, "A1", "value") == [Fraction("80.5"), empty, 60]
    assert list_figures(population, "A1", "target") == [80, 90, 80]
    assert list_figures(population, "A2", "value") == [12, 7, empty]
    assert list_figures(population, "B", "value") == [
        Fraction("95.5"), Absence.NOT_APPLICABLE, empty,
    ]  # fmt: skip
    assert set(population.absences) == {("B", "value")}
    assert population.previous_rank.figures.tolist()[:2] == [2, 1]
    assert population.vetoes["V1"].tolist() == [2, 0, 0]  # it holds for the north alone


def test_a_parquet_file_is_read(tmp_path):
    check(read_population(write_parquet(tmp_path / "people.parquet", COLUMNS), make_scheme()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_text_is_read_in_any_encoding(tmp_path, encoding, separator):
    path = write_csv(tmp_path / "people.csv", COLUMNS, encoding, separator)

    check(read_population(path, make_scheme()))


def test_a_table_in_memory_is_read():
    check(read_population(pa.table(COLUMNS), make_scheme()))


def test_a_folder_of_files_is_one_table(tmp_path):
    table = pa.table(COLUMNS)
    pq.write_table(table.slice(0, 2), tmp_path / "a.parquet")
    pq.write_table(table.slice(2), tmp_path / "b.parquet")

    check(read_population(tmp_path, make_scheme()))


def test_columns_may_be_headed_in_chinese(tmp_path):
    heads = {
        "unit": "单位代码", "group": "考核类别", "participation": "参评方式", "A1": "办件完成率",
        "A1.target": "办件完成率.目标值", "A2": "服务量", "B": "满意率",
        "total.previous_rank": "总分.上期位次", "V1": "重大差错",
    }  # fmt: skip
    columns = {heads.get(head, head): cells for head, cells in COLUMNS.items()}
    columns["考核类别"] = ["北组", "南组", "北组"]
    columns["参评方式"] = ["参评", "", "单列"]

    check(read_population(pa.table(columns), make_scheme()))


def test_whoever_is_exempt_is_left_out():
    columns = COLUMNS | {"participation": ["exempt", "ranked", "ranked"]}

    population = read_population(pa.table(columns), make_scheme())

    assert population.codes.to_pylist() == ["P2", "P3"]
    assert population.group.tolist() == [1, 0]
    assert list_figures(population, "A1", "target") == [90, 80]
    assert list_figures(population, "B", "value") == [Absence.NOT_APPLICABLE, Absence.EMPTY]


def test_a_table_gives_what_units_listed_in_the_scheme_have(tmp_path):
    columns = {head: cells for head, cells in COLUMNS.items() if head != "V1"}
    path = write_csv(tmp_path / "people.csv", columns)
    listed = "".join(
        f"  - {{code: {code}, name: {name}, group: {group}, participation: {how or 'ranked'}}}\n"
        for code, name, group, how in zip(
            COLUMNS["unit"],
            COLUMNS["name"],
            COLUMNS["group"],
            COLUMNS["participation"],
            strict=True,
        )
    )
    listing = make_scheme("total: {points: 100}\n", f"units:\n{listed}total: {{points: 100}}\n")
    (tmp_path / "figures.csv").write_text(
        path.read_text(encoding="utf-8").replace("participation", "note"), encoding="utf-8"
    )

    read = read_population(path, make_scheme())
    exact = lay_out(listing, read_observations(tmp_path / "figures.csv", listing))

    assert read.codes.to_pylist() == exact.codes.to_pylist()
    assert read.group.tolist() == exact.group.tolist()
    assert read.participation.tolist() == exact.participation.tolist()
    for key in read.facets:
        assert list_figures(read, *key) == list_figures(exact, *key), key
    for key in exact.facets.keys() - read.facets.keys():
        assert np.isnan(exact.facets[key].figures).all(), key


def refuse(source, scheme=None):
    with pytest.raises(BadInput) as refusal:
        read_population(source, scheme or make_scheme())
    return [finding.say("en") for finding in refusal.value.findings]


def test_unknown_and_missing_columns_are_named():
    assert refuse(pa.table({"A1": [1.0]})) == [
        'there is no column "unit" → add a column headed unit or 单位代码 or 单位',
        'there is no column "group" → add a column headed group or 考核类别 or 类别',
    ]
    assert refuse(pa.table(COLUMNS | {"A9": [1, 2, 3], "服务量": [1, 2, 3]})) == [
        'A9: the scheme has no indicator "A9" → near it are: A2, A1; delete what is not used',
        "服务量: another column holds the same facet → keep one of the columns",
    ]


@pytest.mark.parametrize("empty", [",", ",,"])
def test_columns_without_a_heading_are_refused_by_their_number(tmp_path, empty):
    path = tmp_path / "people.csv"
    path.write_text(f"unit,group,A1{empty}\nP1,north,5{empty}\n", encoding="utf-8")

    assert refuse(path) == [
        f"people.csv: column {number} has no heading → give it one, or delete the column"
        for number in range(4, 4 + len(empty))
    ]


def test_the_file_column_and_row_of_everything_wrong_is_named(tmp_path):
    columns = {
        "unit": ["P1", "P2", "P1", "P4"],
        "group": ["north", "nort", "south", None],
        "participation": ["ranked", "seen", "ranked", "ranked"],
        "A1": [80.5, -1.0, float("nan"), 1.0],
        "A2": [0.25, 1.0, 2.0, 3.0],
        "B": ["95", "about 90", "60", "60"],
        "V1": [0, -1, 0, 0],
    }
    path = write_parquet(tmp_path / "people.parquet", columns)

    assert refuse(path) == [
        "people.parquet · line 3 · unit: P1 has a row already: row 1 → keep one row for each subject",
        'people.parquet · line 2 · group: unknown group "nort" → write one of: north',
        "people.parquet · line 4 · group: no group is given → write one of: 北组, 南组, north, south",
        'people.parquet · line 2 · participation: unknown participation "seen" → '
        "write one of: ranked, listed_apart, ungraded, exempt, 参评",
        "people.parquet · line 2 · V1: -1 is beyond the least value 0 → "
        "check the figure and its unit; if it is right, change the bound in the scheme",
        "people.parquet · line 3 · A1: nan is not a definite number → "
        "mend the formula and enter its result",
        "people.parquet · line 2 · A1: -1 is beyond the least value 0 → "
        "check the figure and its unit; if it is right, change the bound in the scheme",
        "people.parquet · line 1 · A2: 0.25 has more than 1 decimals → "
        "round it as the scheme says and enter that; figures are never changed for you",
        'people.parquet · line 2 · B: "about 90" holds more than the number → '
        "write the number only, without unit or symbol",
    ]


def test_spaces_around_a_code_are_no_part_of_it(tmp_path):
    columns = {"unit": [" P1", "P2\u3000"], "group": ["north"] * 2}
    path = write_parquet(tmp_path / "people.parquet", columns)

    assert read_population(path, make_scheme()).codes.to_pylist() == ["P1", "P2"]
    assert refuse(pa.table(columns | {"unit": ["P1", "P1 "]})) == [
        "line 2 · unit: P1 has a row already: row 1 → keep one row for each subject"
    ]


def test_a_code_that_stands_in_two_files_is_said_with_both(tmp_path):
    for name in ("a", "b"):
        write_parquet(tmp_path / f"{name}.parquet", {"unit": ["P1"], "group": ["north"]})

    assert refuse(tmp_path) == [
        "b.parquet · line 1 · unit: P1 has a row already: a.parquet row 1 → "
        "keep one row for each subject"
    ]


def test_figures_and_the_target_for_all_must_fit_together():
    columns = {"unit": ["P1", "P2"], "group": ["north"] * 2, "A1.target": [900.123456789012, None]}

    assert refuse(pa.table(columns), make_scheme("target: 80\n", "target: 1/3\n")) == [
        "A1.target: together with the figure that the scheme states for all, the column has too many "
        "digits → round the column to fewer decimals"
    ]


def test_a_row_of_a_folder_is_named_by_its_own_file(tmp_path):
    for name, figure in (("a", 5.0), ("b", -5.0)):
        write_parquet(
            tmp_path / f"{name}.parquet",
            {"unit": [f"{name}1", f"{name}2"], "group": ["north"] * 2, "A1": [1.0, figure]},
        )

    assert refuse(tmp_path) == [
        "b.parquet · line 2 · A1: -5 is beyond the least value 0 → "
        "check the figure and its unit; if it is right, change the bound in the scheme"
    ]


def test_files_of_one_table_have_the_same_columns_of_the_same_kind(tmp_path):
    for name, column in (("a", {"A1": [1.0]}), ("b", {"A2": [1.0]})):
        write_parquet(tmp_path / f"{name}.parquet", {"unit": [name], "group": ["north"], **column})

    assert refuse(tmp_path) == [
        "b.parquet · A1: a.parquet has this column, this file has not → "
        "the files of one table have the same columns",
        "b.parquet · A2: a.parquet has no such column → "
        "the files of one table have the same columns",
    ]

    write_parquet(tmp_path / "b.parquet", {"unit": ["b"], "group": ["north"], "A1": ["1"]})

    (said,) = refuse(tmp_path)
    assert said.startswith("a.parquet: a column is of several types: ")
    assert said.endswith(" → export all files with the same types")


def test_ragged_lines_and_repeated_heads_are_named(tmp_path):
    ragged, repeated = tmp_path / "ragged.csv", tmp_path / "repeated.csv"
    ragged.write_text("unit,group,A1\nP1,north,1\nP2,north,1,2\n", encoding="utf-8")
    repeated.write_text("unit,group,A1, A1\nP1,north,1,1\n", encoding="utf-8")

    assert refuse(ragged) == [
        "ragged.csv · line 3: this line has 4 columns, the header has 3 → "
        "add or remove separators; quote values that hold a comma"
    ]
    assert refuse(repeated) == [
        "repeated.csv · A1: two columns have this heading → change or delete one of them"
    ]


def test_what_is_no_table_is_refused(tmp_path):
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "page.csv").write_text("<html>", encoding="utf-8")
    (tmp_path / "none").mkdir()

    assert refuse(tmp_path / "cut.parquet")[0].startswith(
        "cut.parquet: the file cannot be read: Parquet magic bytes not found in footer."
    )
    assert refuse(tmp_path / "page.csv")[0].startswith(
        "page.csv: its name ends in .csv, but it is a web page (HTML)"
    )
    assert refuse(tmp_path / "none") == ["none: the folder holds no .parquet file → check the path"]
    assert refuse(tmp_path / "absent.parquet") == [
        "absent.parquet: there is no such file → check the path"
    ]


PROMOTING = (
    "    bands:\n",
    "    promotions:\n"
    "      - {by: special_award, of: B, levels: [一等奖, 二等奖], to: 优秀}\n"
    "    bands:\n",
)


def test_levels_that_promote_are_read(tmp_path):
    columns = COLUMNS | {"满意率.级别": ["一等奖", None, "参与奖"]}

    population = read_population(pa.table(columns), make_scheme(*PROMOTING))

    assert {key: marks.tolist() for key, marks in population.levels.items()} == {
        ("B", "一等奖"): [True, False, False],
        ("B", "参与奖"): [False, False, True],
    }
    assert refuse(pa.table(COLUMNS | {"A1.level": ["一等奖"] * 3}), make_scheme(*PROMOTING)) == [
        'A1.level: the scheme has no facet "level" → near it are: events; delete what is not used'
    ]


TEXTS = st.text(st.sampled_from("aáb赵\0 "), min_size=1, max_size=3)


@given(st.lists(TEXTS, max_size=30), st.integers(0, 5), st.booleans())
def test_texts_that_stand_twice_are_found(texts, skipped, is_large):
    array = pa.array(texts, pa.large_string() if is_large else pa.string())[skipped:]

    first: dict[str, int] = {}
    expected = [
        (row, earlier)
        for row, text in enumerate(texts[skipped:])
        if (earlier := first.setdefault(text, row)) != row
    ]

    assert find_repeated(array) == expected


COUNTING = (
    "vetoes:\n",
    "  - code: D\n"
    "    name: 投诉\n"
    "    family: deduction\n"
    "    points: 5\n"
    "    text: 每起扣0.5分。\n"
    "    rule: {method: events, start: zero, per_event: 0.5}\n"
    "vetoes:\n",
)


def test_what_records_would_say_stands_in_columns_and_nothing_is_none_recorded():
    scheme = make_scheme(*COUNTING)
    columns = COLUMNS | {"B": [95, 95, 95], "D.events": [2, None, 0]}

    silent = read_population(pa.table(COLUMNS), scheme)
    counted = read_population(pa.table(columns), scheme)

    assert list_figures(silent, "D", "events") == [0, 0, 0]
    assert list_figures(counted, "D", "events") == [2, 0, 0]
    result = score_population(scheme, counted)
    assert (result.leaves["D"] / 10 ** result.decimals["D"]).tolist() == [-1, 0, 0]
