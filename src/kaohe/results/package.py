"""The result package: scheme, data and results as canonical bytes, with a manifest of their digests.

A result is a function of (scheme, data, engine); whoever holds the package can work it out again
and compare every digit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from json import loads
from typing import Any

from kaohe.errors import BadInput, Finding, Place, blocking
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
    manifest = _parse(members, MANIFEST, file)
    stated = manifest.get("members") if isinstance(manifest, dict) else None
    if not isinstance(stated, dict):
        raise BadInput([_changed(file, MANIFEST)])
    wrong = [_changed(file, name) for name in MEMBERS if not _matches(members, name, stated)]
    strange = sorted(set(members) - {*MEMBERS, MANIFEST})
    if wrong or strange:
        raise BadInput([*wrong, *(_unknown_member(file, name) for name in strange)])
    return dict(manifest)


def read_member(members: Mapping[str, bytes], name: str, file: str) -> Any:
    """The plain data of one member.

    Raises BadInput where it is no JSON.
    """
    return _parse(members, name, file)


def compare_package(
    members: Mapping[str, bytes], recomputed: Result, file: str
) -> list[Difference]:
    """Every place where a package differs from the same scheme and data scored again.

    The version of the engine is no difference: an old package is verified by a new engine. All
    else is, down to a key written twice or a member out of its order.
    """
    manifest = _parse(members, MANIFEST, file)
    expected = pack_result(replace(recomputed, engine=str(manifest.get("engine"))))
    # The digests of members as published are sound; what they stand for is compared by itself.
    digests = {"members": manifest.get("members")}
    expected[MANIFEST] = canonical_bytes(_parse(expected, MANIFEST, file) | digests)
    found = [
        difference
        for name, content in expected.items()
        if members[name] != content
        for difference in _compare_member(members, expected, name, file)
    ]
    orders = [", ".join(each) for each in (members, expected)]
    return found if orders[0] == orders[1] else [*found, Difference(file, *orders)]


def _compare_member(
    published: Mapping[str, bytes], expected: Mapping[str, bytes], name: str, file: str
) -> list[Difference]:
    """The places where two unlike members differ, or their digests where none can be pointed to."""
    if name in (RESULTS, MANIFEST):
        stated, fresh = _parse(published, name, file), _parse(expected, name, file)
        if found := compare_results(stated, fresh, MANIFEST if name == MANIFEST else ""):
            return found
    return [Difference(name, *(sha256(each[name]).hexdigest() for each in (published, expected)))]


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
    elif type(published) is type(recomputed) and published == recomputed:
        return []
    else:
        return [Difference(where, str(published), str(recomputed))]
    return [
        difference for pair in pairs for difference in compare_results(pair[1], pair[2], pair[0])
    ]


def _matches(members: Mapping[str, bytes], name: str, stated: Mapping[str, Any]) -> bool:
    return name in members and sha256(members[name]).hexdigest() == stated.get(name)


def _parse(members: Mapping[str, bytes], name: str, file: str) -> Any:
    try:
        return loads(members[name].decode())
    except KeyError:
        raise BadInput([_changed(file, name)]) from None
    except (ValueError, RecursionError) as fault:
        raise BadInput([_changed(file, name)]) from fault


def _changed(file: str, name: str) -> Finding:
    return blocking(
        "package-changed",
        Place(file=file, key=name),
        Text(
            "缺少或已被改动：与清单中的摘要不符",
            "missing or changed: it does not match the digest in the manifest",
        ),
        Text("请向公布单位索取原结果包", "ask the publishing office for the original package"),
    )


def _unknown_member(file: str, name: str) -> Finding:
    return blocking(
        "package-unknown-member",
        Place(file=file, key=name),
        Text("结果包中有清单以外的文件", "a file that does not belong in a result package"),
        Text("请使用原结果包，不要添加文件", "use the package as published, with nothing added"),
    )
