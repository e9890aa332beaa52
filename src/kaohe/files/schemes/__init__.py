"""Schemes in and out: YAML for people and version control, a workbook for offices."""
