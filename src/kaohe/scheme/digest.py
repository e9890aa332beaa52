"""The canonical digest of a scheme."""

from hashlib import sha256
from json import dumps
from typing import Any

from kaohe.scheme.model import SchemeModel


def write_canonical_scheme(model: SchemeModel) -> dict[str, Any]:
    """The scheme as plain data, defaults filled in, numbers as exact text."""
    return model.model_dump(mode="json")


def digest_scheme(model: SchemeModel) -> str:
    """SHA-256 of the canonical scheme."""
    text = dumps(
        write_canonical_scheme(model), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return sha256(text.encode()).hexdigest()
