"""Digests of content, the same wherever and whenever they are computed."""

import hashlib
import json
from typing import Any


def digest_content(content: Any) -> str:
    """SHA-256 in hexadecimal of JSON-like content, whatever the order of its keys."""
    written = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
    return digest_bytes(written.encode())


def digest_bytes(content: bytes) -> str:
    """SHA-256 in hexadecimal of bytes."""
    return hashlib.sha256(content).hexdigest()
