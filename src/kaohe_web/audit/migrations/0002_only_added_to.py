"""The database itself refuses to change or delete an event, and keeps exactly one head."""

from typing import Any

from django.db import migrations

BEGINNING = "0" * 64

SQLITE = [
    f"""CREATE TRIGGER audit_event_{verb}_refused BEFORE {verb.upper()} ON audit_event
    BEGIN SELECT RAISE(ABORT, 'audit events are only ever added'); END"""
    for verb in ("update", "delete")
]
POSTGRES = [
    """CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit events are only ever added'; END $$""",
    """CREATE TRIGGER audit_event_change_refused BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()""",
]


def refuse_changes(apps: Any, schema_editor: Any) -> None:
    """Triggers in the words of the database at hand."""
    del apps
    vendor = schema_editor.connection.vendor
    for statement in SQLITE if vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def begin_chain(apps: Any, schema_editor: Any) -> None:
    """The one head, before any event."""
    del schema_editor
    apps.get_model("audit", "Head").objects.create(pk=1, number=0, digest=BEGINNING)


class Migration(migrations.Migration):
    """Triggers and the first head."""

    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunPython(begin_chain, migrations.RunPython.noop),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop),
    ]
