"""The command line: arguments only; each verb calls the rooms below it."""

import sys
from importlib.metadata import entry_points
from io import TextIOWrapper
from operator import attrgetter
from typing import Annotated

import typer

from kaohe import __version__
from kaohe.cli import options as given
from kaohe.cli import robustness_options as robust
from kaohe.cli.speech import choose_language, err, show_findings
from kaohe.errors import BadInput

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="考核方案的检查、计分、解释、比较与核验 · check, score, explain, compare and verify schemes",
)


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
def check(scheme: given.Scheme, data: given.DataToo = None, show_all: given.All = False) -> None:
    """检查方案是否完整、有无歧义 · Is the scheme complete and unambiguous?"""
    from kaohe.cli.check import check_scheme

    raise typer.Exit(check_scheme(scheme, data or [], show_all=show_all))


@app.command()
def score(
    scheme: given.Scheme,
    data: given.Data = None,
    output: given.Outputs = None,
    top: given.TopOfGroup = 10,
    engine: given.Engine = "exact",
    scores: given.Scores = False,
    master: given.Master = "local[*]",
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
    scheme: given.Scheme,
    unit: given.Unit,
    data: given.Data = None,
    indicator: given.Indicator = None,
) -> None:
    """得分凭据：每一分从哪里来 · The receipt: where every point comes from."""
    from kaohe.cli.explain import explain_score

    explain_score(scheme, data, unit=unit, indicator=indicator)


@app.command()
def compare(
    before: given.Before,
    after: given.After,
    data: given.SharedData = None,
    unit: given.OneUnit = None,
) -> None:
    """两个结果的差异及原因：自身、他人、规则 · Who moved, and why: own, others, rules."""
    from kaohe.cli.compare import compare_runs

    raise typer.Exit(compare_runs(before, after, data=data or [], unit=unit))


@app.command()
def verify(package: given.Package) -> None:
    """重算结果包并逐位比对 · Recompute a package and compare every digit."""
    from kaohe.cli.verify import verify_package

    raise typer.Exit(verify_package(package))


@app.command()
def quota(
    scheme: given.Scheme,
    headcount: given.Headcount,
    rule: given.QuotaRule = None,
    grades: given.DecidedGrades = None,
) -> None:
    """在上限内分配名额，逐步列明 · Divide a quota within its caps, every step shown."""
    from kaohe.cli.quota import divide_quota

    divide_quota(scheme, headcount, rule=rule, grades=grades)


@app.command()
def analyse(
    index: given.Index,
    data: given.Table,
    output: given.AnalysisOutputs = None,
    top: given.Top = 10,
) -> None:
    """指数分析：归一化、汇总、排名（二进制浮点，不决定得分）· Analyse an index, in binary floats; decides no score."""
    from kaohe.cli.analyse import analyse_data

    analyse_data(index, data, outputs=output or [], top=top)


@app.command()
def robustness(
    scheme: robust.Study,
    data: given.Data = None,
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
    output: given.AnalysisOutputs = None,
    top: given.TopOfGroup = 10,
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
def methods(code: given.MethodCode = None) -> None:
    """计分办法及其公式、参数、出处和算例 · The scoring methods, each with formula and examples."""
    from kaohe.cli.methods import show_methods

    show_methods(code)


@app.command()
def convert(scheme: given.Scheme, target: given.Target) -> None:
    """方案在 YAML 与工作簿之间互转，内容不变 · A scheme from YAML to workbook or back, losing nothing."""
    from kaohe.cli.convert import convert_scheme

    convert_scheme(scheme, target)


@app.command()
def template(target: given.NewScheme) -> None:
    """写出一页样例方案，照着改成自己的 · Write a one-page scheme to change into your own."""
    from kaohe.cli.template import write_one_page

    write_one_page(target)


def _add_verbs_of_others() -> None:
    """Verbs that other packages register (the platform's serve, manage and demo)."""
    for point in sorted(entry_points(group="kaohe.verbs"), key=attrgetter("name")):
        verb = point.load()
        app.command(point.name, **getattr(verb, "settings", {}))(verb)


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
    _add_verbs_of_others()
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
