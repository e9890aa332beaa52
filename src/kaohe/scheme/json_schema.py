"""The published JSON Schema of schemes and other forms, so that editors complete and check them."""

from json import dumps

from pydantic import BaseModel

from kaohe.scheme.model import SchemeModel


def write_json_schema(form: type[BaseModel] = SchemeModel) -> str:
    """The JSON Schema (2020-12) of a form's file as text, labels in Chinese and descriptions in English."""
    schema = form.model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return f"{dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)}\n"
