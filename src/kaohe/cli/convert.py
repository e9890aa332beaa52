"""`kaohe convert`."""

from pathlib import Path

from kaohe.cli.inputs import load_scheme
from kaohe.cli.speech import say
from kaohe.files.outputs import keep_existing, keep_inputs
from kaohe.files.schemes.writing import write_scheme


def convert_scheme(source: Path, target: Path) -> None:
    """Write a scheme in its other form."""
    keep_inputs([target], [source])
    keep_existing([target])
    scheme = load_scheme(source)
    write_scheme(scheme.model, target)
    say(
        f"已写出 {target}（摘要 {scheme.digest[:12]}）",
        f"wrote {target} (digest {scheme.digest[:12]})",
    )
