from hashlib import sha256
from json import dumps, loads
from pathlib import Path

import pytest
from tests.engine.results.town import score_town

from kaohe.errors import BadInput
from kaohe.results.package import (
    MANIFEST,
    Difference,
    compare_package,
    compare_results,
    pack_result,
    read_manifest,
    read_member,
)
from kaohe.scoring.snapshot import canonical_bytes


def refuse(members: dict[str, bytes]) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as caught:
        read_manifest(members, "p.zip")
    return [(finding.kind, finding.place.key) for finding in caught.value.findings]


def forge(members: dict[str, bytes], name: str, old: bytes, new: bytes) -> dict[str, bytes]:
    """The package with one member changed and its digest in the manifest made to agree."""
    assert old in members[name]
    forged = {**members, name: members[name].replace(old, new, 1)}
    manifest = loads(members[MANIFEST])
    manifest["members"][name] = sha256(forged[name]).hexdigest()
    return {**forged, MANIFEST: canonical_bytes(manifest)}


def test_a_package_holds_scheme_data_results_and_their_digests(tmp_path: Path):
    result = score_town(tmp_path)
    members = pack_result(result)

    assert list(members) == ["scheme.json", "data.json", "results.json", "manifest.json"]
    assert read_manifest(members, "p.zip") == {
        "package": "1",
        "engine": "0.1.0",
        "scheme": result.scheme.digest,
        "data": result.data_digest,
        "members": {
            name: sha256(members[name]).hexdigest()
            for name in ("scheme.json", "data.json", "results.json")
        },
    }


def test_an_untouched_package_has_no_difference(tmp_path: Path):
    result = score_town(tmp_path)

    assert compare_package(pack_result(result), result, "p.zip") == []


def test_an_older_engine_is_no_difference(tmp_path: Path):
    result = score_town(tmp_path)
    members = forge(pack_result(result), "results.json", b'"engine":"0.1.0"', b'"engine":"0.0.9"')
    manifest = canonical_bytes(loads(members[MANIFEST]) | {"engine": "0.0.9"})

    assert compare_package({**members, MANIFEST: manifest}, result, "p.zip") == []
    assert compare_package(members, result, "p.zip") == [Difference("engine", "0.0.9", "0.1.0")]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (b'"total":"96.05"', b'"total":"97.05","total":"96.05"', "results.json"),
        (b'"provisional":true', b'"provisional":1', "provisional"),
        (b'"provisional":true', b'"approved":null,"provisional":true', "results.json"),
        (b'"provisional":true', b'"provisional": true', "results.json"),
    ],
)
def test_results_written_otherwise_are_a_difference(
    tmp_path: Path, old: bytes, new: bytes, where: str
):
    result = score_town(tmp_path)
    members = forge(pack_result(result), "results.json", old, new)

    assert [each.where for each in compare_package(members, result, "p.zip")] == [where]


def test_a_manifest_that_says_more_is_a_difference(tmp_path: Path):
    result = score_town(tmp_path)
    members = pack_result(result)
    manifest = canonical_bytes(loads(members[MANIFEST]) | {"approved": "yes"})

    assert compare_package({**members, MANIFEST: manifest}, result, "p.zip") == [
        Difference("manifest.json.approved", "yes", "None")
    ]


def test_members_out_of_their_order_are_a_difference(tmp_path: Path):
    result = score_town(tmp_path)
    members = pack_result(result)
    swapped = {
        name: members[name] for name in ("data.json", "scheme.json", "results.json", MANIFEST)
    }

    assert compare_package(swapped, result, "p.zip") == [
        Difference(
            "p.zip",
            "data.json, scheme.json, results.json, manifest.json",
            "scheme.json, data.json, results.json, manifest.json",
        )
    ]


@pytest.mark.parametrize("name", ["scheme.json", "data.json", "results.json"])
def test_one_changed_byte_is_refused_naming_the_member(tmp_path: Path, name: str):
    members = pack_result(score_town(tmp_path))
    for place in range(0, len(members[name]), 97):
        changed = bytearray(members[name])
        changed[place] ^= 1
        assert refuse({**members, name: bytes(changed)}) == [("package-changed", name)]


def test_missing_and_strange_members_are_all_named(tmp_path: Path):
    members = pack_result(score_town(tmp_path))
    del members["data.json"]
    members |= {"notes.txt": b"x", "../evil": b"x"}

    assert refuse(members) == [
        ("package-changed", "data.json"),
        ("package-unknown-member", "../evil"),
        ("package-unknown-member", "notes.txt"),
    ]


@pytest.mark.parametrize(
    "manifest", [None, b"", b"[]", b"{}", b'{"members":[]}', b"\xff", b"[" * 99_999]
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, manifest: bytes | None):
    members = pack_result(score_town(tmp_path))
    del members["manifest.json"]
    if manifest is not None:
        members["manifest.json"] = manifest

    assert refuse(members) in (
        [("package-changed", "manifest.json")],
        [("package-changed", name) for name in ("scheme.json", "data.json", "results.json")],
    )


def test_a_result_changed_together_with_its_digest_is_found_by_scoring_again(tmp_path: Path):
    result = score_town(tmp_path)
    members = forge(pack_result(result), "results.json", b'"total":"96.05"', b'"total":"97.05"')

    assert read_manifest(members, "p.zip")["package"] == "1"
    assert compare_package(members, result, "p.zip") == [
        Difference("units[0].total", "97.05", "96.05")
    ]


def test_results_that_are_no_result_differ(tmp_path: Path):
    result = score_town(tmp_path)
    members = {**pack_result(result), "results.json": b"[]"}

    (difference,) = compare_package(members, result, "p.zip")

    assert (difference.where, difference.published) == ("", "[]")


def test_scheme_or_data_written_otherwise_is_a_difference(tmp_path: Path):
    result = score_town(tmp_path)
    members = pack_result(result)
    loose = dumps(loads(members["scheme.json"])).encode()

    (difference,) = compare_package({**members, "scheme.json": loose}, result, "p.zip")

    assert (difference.where, difference.published) == ("scheme.json", sha256(loose).hexdigest())


def test_a_manifest_that_states_another_scheme_is_a_difference(tmp_path: Path):
    result = score_town(tmp_path)
    members = pack_result(result)
    manifest = loads(members["manifest.json"]) | {"scheme": "0" * 64}

    assert compare_package({**members, "manifest.json": canonical_bytes(manifest)}, result, "p.zip") == [
        Difference("manifest.json.scheme", "0" * 64, result.scheme.digest)
    ]  # fmt: skip


def test_differences_name_every_place():
    published = {"a": 1, "b": [1, 2], "c": {"d": None}, "gone": 1}
    recomputed = {"a": 1, "b": [1, 3], "c": {"d": "0"}, "new": 2}

    assert compare_results(published, recomputed) == [
        Difference("b[1]", "2", "3"),
        Difference("c.d", "None", "0"),
        Difference("gone", "1", "None"),
        Difference("new", "None", "2"),
    ]
    assert compare_results([1], [1, 2], "x") == [Difference("x", "[1]", "[1, 2]")]


def test_a_member_that_is_no_json_is_refused():
    with pytest.raises(BadInput, match=r"p\.zip · data\.json: missing or changed"):
        read_member({"data.json": b"{"}, "data.json", "p.zip")
