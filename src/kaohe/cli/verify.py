"""`kaohe verify`."""

from itertools import islice
from pathlib import Path

from kaohe.cli.inputs import load_package
from kaohe.cli.speech import err, say, show_working
from kaohe.results.package import compare_package
from kaohe.results.result import score

_MOST_SHOWN = 20


def verify_package(path: Path) -> int:
    """Recompute the package; 0 where every digit agrees, 1 where one differs."""
    with show_working("重算并比对", "scoring again and comparing"):
        members, run = load_package(path)
        result = score(run.scheme, run.observations)
        differences = compare_package(members, result, path.name)
    for each in islice(differences, _MOST_SHOWN):
        err.print(f"{each.where}: {each.published} ≠ {each.recomputed}", markup=False)
    if differences:
        say(
            f"不一致：{len(differences)} 处与公布结果不同", f"differs in places: {len(differences)}"
        )
        return 1
    say(
        f"一致：{len(result.units)} 个单位重算后逐位相同（方案摘要 {run.scheme.digest[:12]}）",
        f"verified: every digit of {len(result.units)} units agrees (scheme {run.scheme.digest[:12]})",
    )
    return 0
