"""`kaohe template`."""

from pathlib import Path

from kaohe.cli.speech import say
from kaohe.files.schemes.template import write_template


def write_one_page(target: Path) -> None:
    """Write the one-page scheme and say what to do with it."""
    write_template(target)
    data = target if target.suffix.lower() == ".xlsx" else target.with_suffix(".csv")
    say(
        f"已写出 {target}；改好后：kaohe check {target} {data}，再 kaohe score {target} {data} -o 结果.html",
        f"wrote {target}; once changed: kaohe check {target} {data}, then kaohe score {target} {data} -o result.html",
    )
