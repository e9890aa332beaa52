"""The result package: scheme, data and results as canonical bytes, with a manifest of their digests.

A result is a function of (scheme, data, engine); whoever holds the package can work it out again
and compare every digit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import JSONDecodeError, loads
from typing import Any

from kaohe.errors import BadInput, Place, blocking
from kaohe.language import Text
from kaohe.results.result import Result
from kaohe.results.writing import write_result
from kaohe.scheme.digest import write_canonical_scheme
from kaohe.scoring.snapshot import canonical_bytes, write_snapshot

PACKAGE_FORMAT = "1"
SCHEME, DATA, RESULTS, MANIFEST = "scheme.json", "data.json", "results.json", "manifest.json"
MEMBERS = (SCHEME, DATA, RESULTS)


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a recomputed result differs from the published one."""

    where: str
    published: str
    recomputed: str


def pack_result(result: Result) -> dict[str, bytes]:
    """The members of a result's package by name, the manifest last."""
    members = {
        SCHEME: canonical_bytes(write_canonical_scheme(result.scheme.model)),
        DATA: canonical_bytes(write_snapshot(result.observations)),
        RESULTS: canonical_bytes(write_result(result)),
    }
    manifest = {
        "package": PACKAGE_FORMAT,
        "engine": result.engine,
        "scheme": result.scheme.digest,
        "data": result.data_digest,
        "members": {name: sha256(content).hexdigest() for name, content in members.items()},
    }
    return {**members, MANIFEST: canonical_bytes(manifest)}


def read_manifest(members: Mapping[str, bytes], file: str) -> dict[str, Any]:
    """The manifest of a package whose members are all there and have the digests it states.

    Raises BadInput naming each member that is missing, strange or changed.
    """
    manifest: dict[str, Any] = _parse(members, MANIFEST, file)
    stated = manifest.get("members", {})
    wrong = [_changed(file, name) for name in MEMBERS if not _matches(members, name, stated)]
    strange = sorted(set(members) - {*MEMBERS, MANIFEST})
    if wrong or strange:
        raise BadInput([*wrong, *(_unknown_member(file, name) for name in strange)])
    return manifest


def read_member(members: Mapping[str, bytes], name: str, file: str) -> Any:
    """The plain data of one member.

    Raises BadInput where it is no JSON.
    """
    return _parse(members, name, file)


def compare_results(published: Any, recomputed: Any, where: str = "") -> list[Difference]:
    """Every place where two results, as plain data, differ."""
    if isinstance(published, dict) and isinstance(recomputed, dict):
        keys = sorted({*published, *recomputed})
        pairs = [
            (f"{where}.{key}".lstrip("."), published.get(key), recomputed.get(key)) for key in keys
        ]
    elif (
        isinstance(published, list)
        and isinstance(recomputed, list)
        and len(published) == len(recomputed)
    ):
        pairs = [
            (f"{where}[{place}]", one, other)
            for place, (one, other) in enumerate(zip(published, recomputed, strict=True))
        ]
    elif published == recomputed:
        return []
    else:
        return [Difference(where, str(published), str(recomputed))]
    return [
        difference for pair in pairs for difference in compare_results(pair[1], pair[2], pair[0])
    ]


def _matches(members: Mapping[str, bytes], name: str, stated: Mapping[str, str]) -> bool:
    return name in members and sha256(members[name]).hexdigest() == stated.get(name)


def _parse(members: Mapping[str, bytes], name: str, file: str) -> Any:
    try:
        return loads(members[name].decode())
    except KeyError:
        raise BadInput([_changed(file, name)]) from None
    except (UnicodeDecodeError, JSONDecodeError) as fault:
        raise BadInput([_changed(file, name)]) from fault


def _changed(file: str, name: str) -> Any:
    return blocking(
        "package-changed",
        Place(file=file, key=name),
        Text(
            "缺少或已被改动：与清单中的摘要不符",
            "missing or changed: it does not match the digest in the manifest",
        ),
        Text("请向公布单位索取原结果包", "ask the publishing office for the original package"),
    )


def _unknown_member(file: str, name: str) -> Any:
    return blocking(
        "package-unknown-member",
        Place(file=file, key=name),
        Text("结果包中有清单以外的文件", "a file that does not belong in a result package"),
        Text("请使用原结果包，不要添加文件", "use the package as published, with nothing added"),
    )
