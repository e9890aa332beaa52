"""The database itself refuses to change what an adopted version says."""

from typing import Any

from django.db import migrations

FROZEN = "('adopted', 'superseded')"

SQLITE = f"""CREATE TRIGGER schemes_adopted_is_frozen BEFORE UPDATE ON schemes_schemeversion
WHEN OLD.state IN {FROZEN} AND (
    NEW.document IS NOT OLD.document OR NEW.digest IS NOT OLD.digest
    OR NEW.state NOT IN {FROZEN} OR NEW.minutes_number IS NOT OLD.minutes_number
    OR NEW.adopted_by IS NOT OLD.adopted_by)
BEGIN SELECT RAISE(ABORT, 'an adopted version never changes'); END"""
POSTGRES = (
    f"""CREATE FUNCTION refuse_adopted_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state IN {FROZEN} AND (
            NEW.document IS DISTINCT FROM OLD.document OR NEW.digest IS DISTINCT FROM OLD.digest
            OR NEW.state NOT IN {FROZEN}
            OR NEW.minutes_number IS DISTINCT FROM OLD.minutes_number
            OR NEW.adopted_by IS DISTINCT FROM OLD.adopted_by)
        THEN RAISE EXCEPTION 'an adopted version never changes'; END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER schemes_adopted_is_frozen BEFORE UPDATE ON schemes_schemeversion
    FOR EACH ROW EXECUTE FUNCTION refuse_adopted_change()""",
)


def freeze(apps: Any, schema_editor: Any) -> None:
    """A trigger in the words of the database at hand."""
    del apps
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in (SQLITE,) if is_sqlite else POSTGRES:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The trigger."""

    dependencies = [("schemes", "0001_initial")]
    operations = [migrations.RunPython(freeze, migrations.RunPython.noop)]
