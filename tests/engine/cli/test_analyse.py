"""`kaohe analyse`, started as people start it."""

import pytest
from tests.engine.analysis.indexes import INDEX
from tests.engine.cli.running import list_names, run_kaohe

pytestmark = pytest.mark.slow
DATA = "unit,A1,A2,B1\nQX,10,4,1\nQY,30,8,2\nQZ,20,6,\n"


def write(folder, index=INDEX, data=DATA):
    (folder / "index.yaml").write_text(index, encoding="utf-8")
    (folder / "data.csv").write_text(data, encoding="utf-8")


def test_an_index_is_computed_written_and_marked_as_float_analysis(tmp_path):
    write(tmp_path)

    done = run_kaohe(tmp_path, "analyse", "index.yaml", "data.csv", "-o", "a.csv", "-o", "a.json")

    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "wrote a.csv",
        "wrote a.json",
        "Vigour（3）",
        "rank  subject   vigour   growth        B1",
        "1     QX       50.0000  75.0000    0.0000",
        "1     QY       50.0000  25.0000  100.0000",
        "1     QZ       50.0000  50.0000         —",
        "min–max, arithmetic mean, given weights (binary-float analysis; it decides no score, rank or grade)",
    ]
    assert list_names(tmp_path) == ["a.csv", "a.json", "data.csv", "index.yaml"]


def test_what_was_done_to_figures_is_said_in_the_language_chosen(tmp_path):
    write(tmp_path, INDEX.replace("name: Vigour", "aggregation: {method: arithmetic, availability: {weight: 1}}").replace("aggregation: arithmetic\n", ""))  # fmt: skip

    done = run_kaohe(tmp_path, "analyse", "index.yaml", "data.csv", "--top", "0", language="zh")

    assert (
        done.err == "提示 [no-result] 1 个对象数据不足，没有结果：QZ → 补数，或放宽 availability\n"
    )
    assert done.out == "极差法，算术平均，给定权重（二进制浮点分析，不决定任何得分、位次或等次）\n"


@pytest.mark.parametrize(
    ("index", "arguments", "said"),
    [
        (
            INDEX.replace("arithmetic", "mean"),
            [],
            'index.yaml · line 4 · aggregation: "mean" is none of',
        ),
        (INDEX.replace("arithmetic", "geometric"), [], "A1 of QX is zero or negative"),
        (INDEX, ["-o", "a.html"], 'cannot write ".html" → write one of: .csv .xlsx .json'),
        (INDEX, ["-o", "data.csv"], "this file is an input"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(tmp_path, index, arguments, said):
    write(tmp_path, index)

    done = run_kaohe(tmp_path, "analyse", "index.yaml", "data.csv", *arguments)

    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert list_names(tmp_path) == ["data.csv", "index.yaml"]
