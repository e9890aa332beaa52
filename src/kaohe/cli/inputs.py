"""What every verb reads: a scheme that may be scored, its data, a published package."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kaohe.checking import admit
from kaohe.errors import BadInput, Place, blocking, find_nearest
from kaohe.files.data.observations import read_observations
from kaohe.files.results.packages import read_package
from kaohe.files.schemes.reading import read_draft, read_written_scheme
from kaohe.language import Text
from kaohe.results.package import DATA, SCHEME, read_manifest, read_member
from kaohe.results.worlds import Run
from kaohe.scheme.draft import Scheme
from kaohe.scoring.observations import Observations
from kaohe.scoring.snapshot import read_snapshot


def load_scheme(path: Path) -> Scheme:
    """The scheme in a YAML file or workbook.

    Raises BadInput with every blocking finding.
    """
    return admit(read_draft(path))


def load_data(paths: Sequence[Path], scheme: Scheme) -> Observations:
    """The data in one or several tables."""
    return read_observations(paths, scheme)


def require_data(data: Sequence[Path] | None, scheme: Path) -> Sequence[Path]:
    """The files of data; raises BadInput where none is named, as of a workbook that holds both."""
    if data:
        return data
    raise BadInput([
        blocking(
            "no-data-file",
            Place(file=scheme.name),
            Text("没有写数据文件", "no file of data is named"),
            Text(
                f"请在方案后面写上数据文件；数据也在这个工作簿里的，把 {scheme.name} 再写一遍",
                f"name it after the scheme; where this workbook holds the data too, write {scheme.name} twice",
            ),
        )
    ])  # fmt: skip


def load_run(path: Path, data: Sequence[Path]) -> Run:
    """A package's scheme and data, or a scheme file with the data beside it."""
    if path.suffix.lower() == ".zip":
        return load_package(path)[1]
    scheme = load_scheme(path)
    return Run(scheme, load_data(data, scheme))


def load_package(path: Path) -> tuple[dict[str, bytes], Run]:
    """A result package: its members, each with the digest it states, and the run inside."""
    members = read_package(path)
    read_manifest(members, path.name)
    scheme = admit(read_written_scheme(read_member(members, SCHEME, path.name), path.name))
    data = read_member(members, DATA, path.name)
    return members, Run(scheme, read_snapshot(data, path.name))


def find_code(written: str, names: Mapping[str, str], option: str) -> str:
    """The code that is written, or whose name is and no other's; names by code. Raises BadInput."""
    named = [code for code, name in names.items() if name == written]
    if written not in names and len(named) == 1:
        return named[0]
    require_known(written, names, option)
    return written


def require_known(code: str, known: Iterable[str], option: str) -> None:
    """Refuse a code on the command line that stands for nothing scored. Raises BadInput."""
    codes = list(known)
    if code in codes:
        return
    nearest = find_nearest(code, codes) or codes[:3]
    raise BadInput([
        blocking(
            "unknown-code",
            Place(key=option),
            Text(f"没有代码“{code}”，或它不参加计分", f'"{code}" is unknown, or not scored'),
            Text(f"可写：{'、'.join(nearest)}", f"write one of: {', '.join(nearest)}"),
        )
    ])  # fmt: skip
