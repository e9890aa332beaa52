from pathlib import Path
from zipfile import ZipFile

from tests.engine.cli.running import Done, run_kaohe
from tests.engine.results.test_package import forge
from tests.engine.results.town import SCHEME, TABLES, write_town

from kaohe.files.results.packages import read_package, write_package

FILES = ["figures.csv", "records.csv", "marks.csv"]


def pack(folder: Path, name: str, **replaced: str) -> Path:
    write_town(folder, **replaced)
    done = run_kaohe(folder, "score", "scheme.yaml", *FILES, "-o", name, "--top", "0")
    assert (done.code, done.err) == (0, "")
    return folder / name


def test_an_untouched_package_is_verified(tmp_path: Path):
    pack(tmp_path, "p.zip")

    done = run_kaohe(tmp_path, "verify", "p.zip")

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("verified: every digit of 10 units agrees (scheme ")


def test_one_changed_byte_is_refused_naming_the_member(tmp_path: Path):
    path = pack(tmp_path, "p.zip")
    content = path.read_bytes()
    assert content.count("松潆镇".encode()) > 1
    path.write_bytes(content.replace("松潆镇".encode(), "松涧镇".encode(), 1))

    done = run_kaohe(tmp_path, "verify", "p.zip")

    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "blocking [not-a-package] p.zip · scheme.json: not a result package, or changed or damaged"
        " → use a package as written by kaohe score -o result.zip\n"
    )


def test_a_member_changed_by_somebody_who_knows_zip_is_refused_in_chinese(tmp_path: Path):
    path = pack(tmp_path, "p.zip")
    members = read_package(path)
    write_package(
        {**members, "results.json": members["results.json"].replace(b"96.05", b"97.05", 1)}, path
    )

    done = run_kaohe(tmp_path, "verify", "p.zip", language="zh")

    assert (done.code, done.err) == (
        2,
        "须改 [package-changed] p.zip · results.json: 缺少或已被改动：与清单中的摘要不符 → 请向公布单位索取原结果包\n",
    )


def test_a_result_forged_together_with_its_digest_is_found(tmp_path: Path):
    path = pack(tmp_path, "p.zip")
    write_package(
        forge(read_package(path), "results.json", b'"total":"96.05"', b'"total":"97.05"'), path
    )

    done = run_kaohe(tmp_path, "verify", "p.zip")

    assert done == Done(1, "differs in places: 1\n", "units[0].total: 97.05 ≠ 96.05\n")


def test_what_is_no_package_is_refused(tmp_path: Path):
    (tmp_path / "p.zip").write_text("no zip")
    with ZipFile(tmp_path / "q.zip", "w") as other:
        other.writestr("readme.txt", "x")

    for name in ("p.zip", "q.zip", "missing.zip"):
        done = run_kaohe(tmp_path, "verify", name)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"blocking [not-a-package] {name}: ")


def test_two_packages_are_compared_unit_by_unit(tmp_path: Path):
    pack(tmp_path, "a.zip")
    pack(
        tmp_path,
        "b.zip",
        figures=TABLES["figures.csv"].replace("D1,区产业办,5.00", "D1,区产业办,6.40"),
    )

    done = run_kaohe(tmp_path, "compare", "a.zip", "b.zip")

    assert (done.code, done.err) == (1, "")
    assert [line.split() for line in done.out.splitlines()] == [
        ["code", "unit", "rank", "before", "rank", "after", "before", "after", "move", "own", "others", "rules"],
        ["D2", "区建设办", "3", "3", "86.2286", "84.5143", "-1.7143", "0.0000", "-1.7143", "0.0000"],
        ["units", "that", "moved:", "1"],
    ]  # fmt: skip


def test_the_same_package_twice_moves_nobody(tmp_path: Path):
    pack(tmp_path, "a.zip")

    assert run_kaohe(tmp_path, "compare", "a.zip", "a.zip") == Done(0, "units that moved: 0\n", "")


def test_two_schemes_are_compared_on_the_same_data(tmp_path: Path):
    write_town(tmp_path)
    (tmp_path / "new.yaml").write_text(
        SCHEME.replace("share: 0.8}", "share: 0.9}"), encoding="utf-8"
    )
    data = [part for name in FILES for part in ("--data", name)]

    done = run_kaohe(tmp_path, "compare", "scheme.yaml", "new.yaml", *data, language="zh")

    assert (done.code, done.err) == (1, "")
    assert [line.split()[0] for line in done.out.splitlines()] == ["代码", "T2", "D2", "D4", "3"]
    assert done.out.splitlines()[1].split()[-4:] == ["2.0000", "0.0000", "0.0000", "2.0000"]


def test_a_unit_in_one_result_only_is_named(tmp_path: Path):
    pack(tmp_path, "a.zip")
    pack(tmp_path, "b.zip", scheme=SCHEME.replace("name: 兰溆镇, group: towns", "name: 兰溆镇, group: towns, participation: exempt"))  # fmt: skip

    done = run_kaohe(tmp_path, "compare", "a.zip", "b.zip")

    assert done.code == 1
    assert done.out.splitlines()[-1] == "in one of the two only: T4"


def test_data_are_asked_for_where_they_are_needed_and_refused_where_not(tmp_path: Path):
    pack(tmp_path, "a.zip")

    assert run_kaohe(tmp_path, "compare", "scheme.yaml", "scheme.yaml").err == (
        "blocking [compare-data] --data: comparing schemes needs data → write --data FILE\n"
    )
    assert run_kaohe(tmp_path, "compare", "a.zip", "a.zip", "--data", "figures.csv").err == (
        "blocking [compare-data] --data: packages bring their own data → leave out --data\n"
    )


def test_an_unknown_unit_is_refused(tmp_path: Path):
    pack(tmp_path, "a.zip")

    done = run_kaohe(tmp_path, "compare", "a.zip", "a.zip", "--unit", "X1")

    assert (done.code, done.err.split(":")[0]) == (2, "blocking [unknown-code] --unit")
