"""Writes the generated pages of the documentation: python3 run.py docs [FOLDER]."""

import sys
from pathlib import Path

from kaohe.analysis.index_model import IndexModel
from kaohe.checking.finding_pages import write_finding_pages
from kaohe.language import Language
from kaohe.renderings.method_pages import name_page, write_method_index, write_method_page
from kaohe.rules.catalogue import METHODS
from kaohe.scheme.json_schema import write_json_schema

FOLDER = Path("build/docs")
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def write_pages(folder: Path) -> None:
    """Write a page for every method, their index and that of findings, and the JSON Schemas of schemes and indexes."""
    pages = {
        "scheme.schema.json": write_json_schema(),
        "index.schema.json": write_json_schema(IndexModel),
        **write_finding_pages(),
    }
    for language in LANGUAGES:
        pages[f"methods/index.{'zh-CN' if language == 'zh' else 'en'}.md"] = write_method_index(
            language
        )
        for method in METHODS:
            pages[f"methods/{name_page(method, language)}"] = write_method_page(method, language)
    (folder / "methods").mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{folder}: {len(pages)} files")  # noqa: T201 - says what it wrote


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
