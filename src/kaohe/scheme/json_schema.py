"""The published JSON Schema of schemes, so that editors complete and check them."""

from json import dumps

from kaohe.scheme.model import SchemeModel


def write_json_schema() -> str:
    """The JSON Schema (2020-12) of a scheme file as text, labels in Chinese and descriptions in English."""
    schema = SchemeModel.model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return f"{dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)}\n"
