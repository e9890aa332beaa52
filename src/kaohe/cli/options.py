"""The arguments and options of the verbs; those of `kaohe robustness` stand in a file of their own."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Scheme = Annotated[
    Path,
    typer.Argument(metavar="SCHEME", help="方案：.yaml 或 .xlsx · the scheme", show_default=False),
]
Data = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="DATA…",
        help="数据：.csv、.xlsx、.parquet，可多份 · data, one or several",
        show_default=False,
    ),
]
DataToo = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[DATA…]", help="一并检查数据 · check data too", show_default=False),
]
All = Annotated[bool, typer.Option("--all", help="同类问题全部列出 · list all of each kind")]
Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "-o",
        "--output",
        help="写出 .json .csv .xlsx .html .zip（arrays：.parquet .csv .xlsx；spark：.parquet），可多次 · write, repeatable",
        show_default=False,
    ),
]
TopOfGroup = Annotated[
    int, typer.Option(help="每组显示前几名，0 为不显示 · how many of each group to show", min=0)
]
Engine = Annotated[
    Literal["exact", "arrays", "spark"],
    typer.Option(
        help="精确计分，大量对象按列计分，或用集群 · exactly, many subjects by columns, or a cluster"
    ),
]
Scores = Annotated[
    bool,
    typer.Option("--scores", help="arrays、spark：写出各指标得分 · every indicator's scores too"),
]
Master = Annotated[
    str, typer.Option(help="spark：主节点 · the cluster: spark://host:7077, local[2], yarn")
]
Unit = Annotated[str, typer.Option(help="单位代码或名称 · unit code or name", show_default=False)]
Indicator = Annotated[
    str | None,
    typer.Option(
        help="指标代码或名称（省略则全部）· indicator code or name (all if omitted)",
        show_default=False,
    ),
]
Before = Annotated[
    Path,
    typer.Argument(
        metavar="A", help="结果包 .zip 或方案 · a package or a scheme", show_default=False
    ),
]
After = Annotated[
    Path,
    typer.Argument(
        metavar="B", help="结果包 .zip 或方案 · a package or a scheme", show_default=False
    ),
]
SharedData = Annotated[
    list[Path] | None,
    typer.Option("--data", help="两个方案共用的数据 · data for both schemes", show_default=False),
]
OneUnit = Annotated[
    str | None, typer.Option(help="只看一个单位 · one unit only", show_default=False)
]
Package = Annotated[
    Path,
    typer.Argument(metavar="PACKAGE", help="结果包 .zip · a result package", show_default=False),
]
Headcount = Annotated[
    Path,
    typer.Argument(
        metavar="HEADCOUNT",
        help="人数表：单位、类别、日期、人数 · organ, category, date, number",
        show_default=False,
    ),
]
QuotaRule = Annotated[
    str | None, typer.Option(help="名额规则代码 · quota rule", show_default=False)
]
DecidedGrades = Annotated[
    Path | None,
    typer.Option(help="单位等次表：单位、等次、决定人 · decided unit grades", show_default=False),
]
Index = Annotated[
    Path,
    typer.Argument(metavar="INDEX", help="指数：.yaml · the index", show_default=False),
]
Table = Annotated[
    Path,
    typer.Argument(metavar="DATA", help="数据：.csv、.xlsx、.parquet · data", show_default=False),
]
AnalysisOutputs = Annotated[
    list[Path] | None,
    typer.Option(
        "-o",
        "--output",
        help="写出 .csv .xlsx .json，可多次 · write, repeatable",
        show_default=False,
    ),
]
Top = Annotated[int, typer.Option(help="显示前几名，0 为不显示 · how many to show", min=0)]
MethodCode = Annotated[
    str | None,
    typer.Argument(
        metavar="[CODE]",
        help="代码或名称，如 R04；省略则列出全部 · code or name; all if omitted",
        show_default=False,
    ),
]
Target = Annotated[
    Path, typer.Argument(metavar="TARGET", help=".yaml 或 .xlsx", show_default=False)
]
NewScheme = Annotated[
    Path, typer.Argument(metavar="TARGET", help=".xlsx 或 .yaml", show_default=False)
]
