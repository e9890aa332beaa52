"""Figures for analysis, from every kind of table."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from tests.engine.analysis.indexes import change

from kaohe.errors import BadInput
from kaohe.files.data.wide_tables import read_arrow, read_wide_table

INDEX = change("name: Vigour\n", "subject_name: town\nimputation: {method: mean, by: region}\n")
HEADS = ["unit", "town", "region", "A1", "A2", "B1", "note"]
ROWS: list[list] = [
    ["QX", "Xi", "east", 10, 0.3, 1.5, "first"],
    ["QY", "Yu", "west", 30, 0.25, None, ""],
]


def write_csv(path):
    lines = [HEADS, *([("" if cell is None else cell) for cell in row] for row in ROWS)]
    path.write_text("\n".join(",".join(map(str, line)) for line in lines), encoding="utf-8")


def write_xlsx(path):
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADS, *ROWS]):
            sheet.write_row(number, 0, row)


def make_arrow():
    return pa.table(
        {name: list(column) for name, column in zip(HEADS, zip(*ROWS, strict=True), strict=True)}
    )


def write_parquet(path):
    pq.write_table(make_arrow(), path)


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.csv", write_csv), ("a.xlsx", write_xlsx), ("a.parquet", write_parquet)],
)
def test_the_same_figures_are_read_from_every_kind_of_table(tmp_path, name, write):
    write(tmp_path / name)

    table = read_wide_table(tmp_path / name, INDEX)

    assert table.subjects == ("QX", "QY")
    assert table.labels == {"town": ("Xi", "Yu"), "region": ("east", "west")}
    assert {code: [None if x != x else x for x in column] for code, column in table.columns.items()} == {
        "A1": [10, 30],
        "A2": [0.3, 0.25],
        "B1": [1.5, None],
    }  # fmt: skip


def read_text(tmp_path, text, index=INDEX):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    return read_wide_table(path, index)


def test_every_fault_of_a_table_is_said_with_its_place(tmp_path):
    text = "unit,town,region,A1,A2,B1\nQX,Xi,east,ten,1,1\nQX,Xi,east,1,1,2%\n,Yu,west,1,不适用,1\n"

    with pytest.raises(BadInput) as refused:
        read_text(tmp_path, text)

    assert [each.say("en").split(" → ")[0] for each in refused.value.findings] == [
        'a.csv · line 3: the subject "QX" has more than one row',
        "a.csv · line 4: this row has no subject's code",
        'a.csv · line 2 · A1: "ten" is not a number',
        'a.csv · line 3 · B1: "2%" has a percent sign, and the unit here is not %',
    ]


def test_columns_that_are_not_there_are_all_named(tmp_path):
    with pytest.raises(BadInput) as refused:
        read_text(tmp_path, "who,town,A1,A3\nQX,Xi,1,1\n")

    assert [each.say("en") for each in refused.value.findings] == [
        'a.csv · line 1: the data have no column "unit" → they have: who, town, A1, A3',
        'a.csv · line 1: the data have no column "A2" → they have: A3, A1',
        'a.csv · line 1: the data have no column "B1" → they have: A1',
        'a.csv · line 1: the data have no column "region" → they have: who, town, A1, A3',
    ]


def test_the_column_of_codes_can_be_named(tmp_path):
    index = change("name: Vigour\n", "subject: iso\n")

    assert read_text(tmp_path, "iso,A1,A2,B1\nQX,1,2,3\n", index).subjects == ("QX",)


def test_arrow_columns_of_other_types_are_refused():
    table = make_arrow().set_column(3, "A1", pa.array(["10", "30"]))

    with pytest.raises(BadInput) as refused:
        read_arrow(table, INDEX)

    assert refused.value.say("en") == (
        "A1: this column is of type string, not numbers → convert it to integers, decimals or doubles"
    )


@pytest.mark.parametrize("kind", [pa.int8(), pa.float32(), pa.decimal128(21, 2), pa.float64()])
def test_arrow_columns_of_numbers_are_floats(kind):
    table = make_arrow().set_column(3, "A1", pa.array([10, None]).cast(kind))

    assert str(read_arrow(table, INDEX).columns["A1"].tolist()) == "[10.0, nan]"


def test_a_damaged_file_is_refused(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and nothing else")

    with pytest.raises(BadInput) as refused:
        read_wide_table(tmp_path / "a.parquet", INDEX)

    assert [each.kind for each in refused.value.findings] == ["damaged-file"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (make_arrow().slice(0, 0), "a.parquet: the table has no rows → give each subject a row"),
        (
            make_arrow().append_column("A1", pa.array([1, 2])),
            "a.parquet · A1: two columns have this name → change or delete one of them",
        ),
    ],
)
def test_a_table_of_nobody_and_two_columns_of_one_name_are_refused(tmp_path, table, said):
    pq.write_table(table, tmp_path / "a.parquet")

    with pytest.raises(BadInput) as refused:
        read_wide_table(tmp_path / "a.parquet", INDEX)

    assert refused.value.say("en") == said


def test_a_text_file_of_nobody_is_refused_and_its_table_knows_where_it_was_read(tmp_path):
    with pytest.raises(BadInput, match="a.csv · line 1: the table has no rows"):
        read_text(tmp_path, "unit,town,region,A1,A2,B1\n")

    assert read_text(tmp_path, "unit,town,region,A1,A2,B1\nQX,Xi,e,1,2,3\n").place.file == "a.csv"


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "a.csv").mkdir()

    with pytest.raises(BadInput, match="a.csv: this is a folder, not a file → name a file in it"):
        read_wide_table(tmp_path / "a.csv", INDEX)


def test_sheets_that_are_not_read_are_warned_of(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        for name in ("first", "second"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate([HEADS, *ROWS]):
                sheet.write_row(number, 0, row)

    found = read_wide_table(tmp_path / "a.xlsx", INDEX).findings

    assert [each.say("en") for each in found] == [
        "a.xlsx · second: this sheet is not read: only the first one is → "
        "put the figures on the first sheet, or delete this one"
    ]
