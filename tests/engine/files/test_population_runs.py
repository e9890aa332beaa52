"""A population scored part by part is scored as it is at once, and leaves nothing behind."""

from random import Random

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from tests.engine.population.people import make_scheme

from kaohe.errors import BadInput
from kaohe.files.results.population_outputs import write_population
from kaohe.files.results.population_runs import score_files

COUNT = 300
ALONE = make_scheme("        pool: everybody\n", "")
TOGETHER = make_scheme()


def draw_people(seed=0):
    """Three hundred people with ties, gaps, vetoes, and some who are not ranked or exempt."""
    random = Random(seed)  # noqa: S311 - figures, no secret
    how = ["ranked"] * 6 + ["listed_apart", "exempt"]
    return {
        "unit": [f"P{number:03}" for number in range(COUNT)],
        "group": [random.choice(["north", "north", "south"]) for _ in range(COUNT)],
        "participation": [random.choice(how) for _ in range(COUNT)],
        "A1": [random.choice([None, random.randrange(0, 120, 10)]) for _ in range(COUNT)],
        "A2": [random.choice([7.5, 10.1, 0.2, None]) for _ in range(COUNT)],
        "A2.target": [None] * COUNT,
        "B": [random.choice(["95", "60", "10.25", "不适用", None]) for _ in range(COUNT)],
        "total.previous_rank": [random.choice([None, 1, 2, 3]) for _ in range(COUNT)],
        "V1": [random.choice([0, 0, 0, 1, 2]) for _ in range(COUNT)],
    }


def write_csv(path, people):
    rows = [list(people), *zip(*people.values(), strict=True)]
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")


def score_to_rows(scheme, paths, folder, **options):
    """The written result by unit."""
    steps = []
    with score_files(
        scheme, paths, scratch=folder, tell=lambda done, of: steps.append((done, of)), **options
    ) as results:
        write_population(results, [folder / "out.parquet"], "en", scores=True)
    rows = pq.read_table(folder / "out.parquet").to_pylist()
    (folder / "out.parquet").unlink()
    return {row["unit"]: row for row in rows}, steps


@pytest.mark.parametrize("scheme", [ALONE, TOGETHER])
@pytest.mark.parametrize("most_cells", [700, 100])
@pytest.mark.parametrize("is_sorted", [False, True])
def test_parts_give_what_the_whole_gives(tmp_path, scheme, most_cells, is_sorted):
    people = pa.table(draw_people())
    people = people.sort_by("group") if is_sorted else people
    pq.write_table(people.slice(0, 120), tmp_path / "a.parquet")
    pq.write_table(people.slice(120), tmp_path / "b.parquet", row_group_size=50)
    paths = [tmp_path / "a.parquet", tmp_path / "b.parquet"]

    whole, untold = score_to_rows(scheme, paths, tmp_path)
    parts, steps = score_to_rows(scheme, paths, tmp_path, most_cells=most_cells)

    assert untold == []
    assert steps[0][0] == 0
    assert steps[-1] == ((5, 5) if scheme is ALONE else (4, 4))
    assert len(whole) == 261
    assert parts == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.parquet", "b.parquet"]


def write_groups(folder, people):
    """A file for each group."""
    table = pa.table(people)
    groups = pa.array(people["group"])
    for group in ("north", "south"):
        pq.write_table(table.filter(pc.equal(groups, group)), folder / f"{group}.parquet")
    return [folder / "north.parquet", folder / "south.parquet"]


def test_files_that_keep_groups_together_are_scored_as_they_are(tmp_path):
    paths = write_groups(tmp_path, draw_people())

    whole, _ = score_to_rows(ALONE, paths, tmp_path)
    pieces, steps = score_to_rows(ALONE, paths, tmp_path, most_cells=1500)
    parted, _ = score_to_rows(ALONE, paths, tmp_path, most_cells=100)

    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert pieces == whole
    assert parted == whole


def test_what_is_wrong_in_later_files_is_found_as_well(tmp_path):
    wrong = [-1 if number % 97 == 0 else 50 for number in range(COUNT)]
    paths = write_groups(tmp_path, draw_people() | {"A1": wrong})

    with pytest.raises(BadInput) as refusal:
        score_to_rows(ALONE, paths, tmp_path, most_cells=1500)

    assert sorted({finding.place.file for finding in refusal.value.findings}) == [
        "north.parquet",
        "south.parquet",
    ]


def test_text_is_parted_too(tmp_path):
    people = draw_people()
    pq.write_table(pa.table(people), tmp_path / "people.parquet")
    write_csv(tmp_path / "people.csv", people)

    whole, _ = score_to_rows(ALONE, [tmp_path / "people.parquet"], tmp_path)
    parts, _ = score_to_rows(ALONE, [tmp_path / "people.csv"], tmp_path, most_cells=100)

    assert parts == whole


def test_everything_wrong_is_found_though_columns_are_read_one_by_one(tmp_path):
    people = draw_people() | {
        "A1": [-1] + [50] * (COUNT - 1),
        "B": ["about 90"] + ["90"] * (COUNT - 1),
    }
    pq.write_table(pa.table(people), tmp_path / "people.parquet")
    paths = [tmp_path / "people.parquet"]

    found = []
    for most_cells in (10**6, 100):
        with pytest.raises(BadInput) as refusal:
            score_to_rows(ALONE, paths, tmp_path, most_cells=most_cells)
        found.append([finding.say("en") for finding in refusal.value.findings])

    assert found[1] == [
        "people.parquet · line 1 · A1: -1 is beyond the least value 0 → "
        "check the figure and its unit; if it is right, change the bound in the scheme",
        'people.parquet · line 1 · B: "about 90" holds more than the number → '
        "write the number only, without unit or symbol",
    ]
    assert found[0] == found[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.parquet"]


def test_headings_that_are_wrong_are_said_with_their_file(tmp_path):
    pq.write_table(pa.table({"unit": ["P1"], "A9": [1]}), tmp_path / "people.parquet")

    with pytest.raises(BadInput) as refusal:
        score_to_rows(ALONE, [tmp_path / "people.parquet"], tmp_path)

    assert refusal.value.say("en").splitlines() == [
        'people.parquet: there is no column "group" → add a column headed group or 考核类别 or 类别'
    ]
