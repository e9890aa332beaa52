"""The options of `kaohe robustness`, apart from the work so that they load at once."""

from pathlib import Path
from typing import Annotated

import typer

Study = Annotated[
    Path,
    typer.Argument(
        metavar="SCHEME", help="方案或指数文件 · a scheme or an index file", show_default=False
    ),
]
Draws = Annotated[int, typer.Option(help="抽样次数 · how many sets of weights")]
Seed = Annotated[int, typer.Option(help="随机种子 · the seed of the draws", min=0)]
Spread = Annotated[
    float | None,
    typer.Option(
        help="各权重上下浮动百分之几 · each weight within ± so many percent (25)",
        show_default=False,
    ),
]
Concentration = Annotated[
    float | None,
    typer.Option(
        help="改用狄利克雷分布，越大越靠近给定权重 · Dirichlet; the greater, the closer to the weights given",
        show_default=False,
    ),
]
AnyWeights = Annotated[
    bool, typer.Option("--any-weights", help="各种权重等可能 · any set of weights as likely")
]
Decimals = Annotated[
    int | None,
    typer.Option(
        help="分数按几位小数排名 · decimals at which scores are ranked",
        min=0,
        max=12,
        show_default=False,
    ),
]
Normalisations = Annotated[
    list[str] | None, typer.Option("--normalisation", help="归一化方法，可多次 · repeatable", show_default=False)
]  # fmt: skip
Aggregations = Annotated[
    list[str] | None, typer.Option("--aggregation", help="汇总方法，可多次 · repeatable", show_default=False)
]  # fmt: skip
Imputations = Annotated[
    list[str] | None,
    typer.Option(
        "--imputation",
        help="插补 none、mean、median，可多次，只用于指数 · of an index only, repeatable",
        show_default=False,
    ),
]
Cuts = Annotated[
    list[int] | None,
    typer.Option(
        "--cut",
        help="名次线，如 3，可多次 · a line under so many places, repeatable",
        show_default=False,
    ),
]
Pairwise = Annotated[
    bool, typer.Option("--pairwise", help="两两胜率 · how often one scores more than another")
]
Samples = Annotated[
    int, typer.Option(help="敏感性分析的样本数，0 为不做 · samples of it, 0 for none", min=0)
]
