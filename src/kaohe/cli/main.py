"""The command line: arguments only; each verb calls the rooms below it."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Literal

import typer

from kaohe import __version__
from kaohe.cli import robustness_options as robust
from kaohe.cli.speech import choose_language, err, show_findings
from kaohe.errors import BadInput

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="考核方案的检查、计分、解释、比较与核验 · check, score, explain, compare and verify schemes",
)

SchemePath = Annotated[
    Path,
    typer.Argument(metavar="SCHEME", help="方案：.yaml 或 .xlsx · the scheme", show_default=False),
]
DataPaths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="DATA…",
        help="数据：.csv、.xlsx、.parquet，可多份 · data, one or several",
        show_default=False,
    ),
]


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"kaohe {__version__}")
        raise typer.Exit


@app.callback()
def start(
    language: Annotated[
        str | None, typer.Option(help="zh | en", envvar="KAOHE_LANGUAGE", show_default=False)
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="版本 · version"),
    ] = False,
) -> None:
    """Choose the language before any verb."""
    del version
    choose_language(language)


@app.command()
def check(
    scheme: SchemePath,
    data: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[DATA…]", help="一并检查数据 · check data too", show_default=False),
    ] = None,
    show_all: Annotated[
        bool, typer.Option("--all", help="同类问题全部列出 · list all of each kind")
    ] = False,
) -> None:
    """检查方案是否完整、有无歧义 · Is the scheme complete and unambiguous?"""
    from kaohe.cli.check import check_scheme

    raise typer.Exit(check_scheme(scheme, data or [], show_all=show_all))


@app.command()
def score(
    scheme: SchemePath,
    data: DataPaths = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            help="写出 .json .csv .xlsx .html .zip（arrays：.parquet .csv .xlsx；spark：.parquet），可多次 · write, repeatable",
            show_default=False,
        ),
    ] = None,
    top: Annotated[
        int, typer.Option(help="每组显示前几名，0 为不显示 · how many of each group to show", min=0)
    ] = 10,
    engine: Annotated[
        Literal["exact", "arrays", "spark"],
        typer.Option(
            help="精确计分，大量对象按列计分，或用集群 · exactly, many subjects by columns, or a cluster"
        ),
    ] = "exact",
    scores: Annotated[
        bool,
        typer.Option(
            "--scores", help="arrays、spark：写出各指标得分 · every indicator's scores too"
        ),
    ] = False,
    master: Annotated[
        str, typer.Option(help="spark：主节点 · the cluster: spark://host:7077, local[2], yarn")
    ] = "local[*]",
) -> None:
    """计分、排名、建议等次 · Score, rank, propose grades."""
    if engine == "arrays":
        from kaohe.cli.score_arrays import score_arrays

        score_arrays(scheme, data, outputs=output or [], top=top, scores=scores)
        return
    if engine == "spark":
        from kaohe.cli.score_spark import score_spark

        score_spark(scheme, data, outputs=output or [], master=master, top=top, scores=scores)
        return
    from kaohe.cli.score import score_data

    score_data(scheme, data, outputs=output or [], top=top, scores=scores)


@app.command()
def explain(
    scheme: SchemePath,
    unit: Annotated[
        str, typer.Option(help="单位代码或名称 · unit code or name", show_default=False)
    ],
    data: DataPaths = None,
    indicator: Annotated[
        str | None,
        typer.Option(
            help="指标代码或名称（省略则全部）· indicator code or name (all if omitted)",
            show_default=False,
        ),
    ] = None,
) -> None:
    """得分凭据：每一分从哪里来 · The receipt: where every point comes from."""
    from kaohe.cli.explain import explain_score

    explain_score(scheme, data, unit=unit, indicator=indicator)


@app.command()
def compare(
    before: Annotated[
        Path,
        typer.Argument(
            metavar="A", help="结果包 .zip 或方案 · a package or a scheme", show_default=False
        ),
    ],
    after: Annotated[
        Path,
        typer.Argument(
            metavar="B", help="结果包 .zip 或方案 · a package or a scheme", show_default=False
        ),
    ],
    data: Annotated[
        list[Path] | None,
        typer.Option(
            "--data", help="两个方案共用的数据 · data for both schemes", show_default=False
        ),
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="只看一个单位 · one unit only", show_default=False)
    ] = None,
) -> None:
    """两个结果的差异及原因：自身、他人、规则 · Who moved, and why: own, others, rules."""
    from kaohe.cli.compare import compare_runs

    raise typer.Exit(compare_runs(before, after, data=data or [], unit=unit))


@app.command()
def verify(
    package: Annotated[
        Path,
        typer.Argument(
            metavar="PACKAGE", help="结果包 .zip · a result package", show_default=False
        ),
    ],
) -> None:
    """重算结果包并逐位比对 · Recompute a package and compare every digit."""
    from kaohe.cli.verify import verify_package

    raise typer.Exit(verify_package(package))


@app.command()
def quota(
    scheme: SchemePath,
    headcount: Annotated[
        Path,
        typer.Argument(
            metavar="HEADCOUNT",
            help="人数表：单位、类别、日期、人数 · organ, category, date, number",
            show_default=False,
        ),
    ],
    rule: Annotated[
        str | None, typer.Option(help="名额规则代码 · quota rule", show_default=False)
    ] = None,
    grades: Annotated[
        Path | None,
        typer.Option(
            help="单位等次表：单位、等次、决定人 · decided unit grades", show_default=False
        ),
    ] = None,
) -> None:
    """在上限内分配名额，逐步列明 · Divide a quota within its caps, every step shown."""
    from kaohe.cli.quota import divide_quota

    divide_quota(scheme, headcount, rule=rule, grades=grades)


@app.command()
def analyse(
    index: Annotated[
        Path,
        typer.Argument(metavar="INDEX", help="指数：.yaml · the index", show_default=False),
    ],
    data: Annotated[
        Path,
        typer.Argument(
            metavar="DATA", help="数据：.csv、.xlsx、.parquet · data", show_default=False
        ),
    ],
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            help="写出 .csv .xlsx .json，可多次 · write, repeatable",
            show_default=False,
        ),
    ] = None,
    top: Annotated[int, typer.Option(help="显示前几名，0 为不显示 · how many to show", min=0)] = 10,
) -> None:
    """指数分析：归一化、汇总、排名（二进制浮点，不决定得分）· Analyse an index, in binary floats; decides no score."""
    from kaohe.cli.analyse import analyse_data

    analyse_data(index, data, outputs=output or [], top=top)


@app.command()
def robustness(
    scheme: robust.Study,
    data: DataPaths = None,
    draws: robust.Draws = 1000,
    seed: robust.Seed = 1,
    spread: robust.Spread = None,
    concentration: robust.Concentration = None,
    any_weights: robust.AnyWeights = False,
    decimals: robust.Decimals = None,
    normalisation: robust.Normalisations = None,
    aggregation: robust.Aggregations = None,
    imputation: robust.Imputations = None,
    cut: robust.Cuts = None,
    pairwise: robust.Pairwise = False,
    sensitivity: robust.Samples = 512,
    output: robust.Outputs = None,
    top: robust.Top = 10,
) -> None:
    """位次稳健性：权重、方法变动时位次怎么变（二进制浮点，不决定位次）· How firm ranks are, in binary floats; decides none."""
    from kaohe.analysis.ranking_studies import Settings
    from kaohe.cli.robustness import choose_spread, study_robustness

    settings = Settings(
        choose_spread(spread, concentration, any_weights=any_weights), draws, seed, decimals,
        normalisation or [], aggregation or [], imputation or [], cut or [], pairwise,
    )  # fmt: skip
    stopped = study_robustness(
        scheme, data, settings=settings, samples=sensitivity, outputs=output or [], top=top
    )
    raise typer.Exit(stopped)


@app.command()
def methods(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]",
            help="代码或名称，如 R04；省略则列出全部 · code or name; all if omitted",
            show_default=False,
        ),
    ] = None,
) -> None:
    """计分办法及其公式、参数、出处和算例 · The scoring methods, each with formula and examples."""
    from kaohe.cli.methods import show_methods

    show_methods(code)


@app.command()
def convert(
    scheme: SchemePath,
    target: Annotated[
        Path, typer.Argument(metavar="TARGET", help=".yaml 或 .xlsx", show_default=False)
    ],
) -> None:
    """方案在 YAML 与工作簿之间互转，内容不变 · A scheme from YAML to workbook or back, losing nothing."""
    from kaohe.cli.convert import convert_scheme

    convert_scheme(scheme, target)


@app.command()
def template(
    target: Annotated[
        Path, typer.Argument(metavar="TARGET", help=".xlsx 或 .yaml", show_default=False)
    ],
) -> None:
    """写出一页样例方案，照着改成自己的 · Write a one-page scheme to change into your own."""
    from kaohe.cli.template import write_one_page

    write_one_page(target)


_STOPPED = 130
"""The exit code after Ctrl-C, as shells give it."""


def _write_what_can_be_shown() -> None:
    """Let a terminal without Chinese show a character's number instead of ending the work."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def run() -> None:
    """Run the command line; bad input is said in full and ends with exit code 2."""
    _write_what_can_be_shown()
    try:
        app()
    except BadInput as fault:
        show_findings(fault.findings)
        sys.exit(2)
    except SystemExit as end:
        if end.code == _STOPPED:
            err.print("已停止，没有留下不完整的文件 · stopped, no file is left unfinished")
        raise


if __name__ == "__main__":
    run()
