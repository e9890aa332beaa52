"""The database itself refuses a second step by who typed the figure, and any change of a locked one."""

from typing import Any

from django.db import migrations

STEPS = ("reviewed_by", "signed_by", "approved_by")
_CONTRIBUTED = """EXISTS (SELECT 1 FROM collection_contribution c
    WHERE c.observation_id = NEW.id AND c.person = NEW.{step})"""
BY_CONTRIBUTOR = " OR ".join(
    f"(NEW.{step} IS NOT NULL AND {_CONTRIBUTED.format(step=step)})" for step in STEPS
)
LOCKED = "a locked figure never changes; correct it by a new one"
OWN = "nobody reviews, signs off or approves a figure they entered"

SQLITE = (
    f"""CREATE TRIGGER collection_four_eyes BEFORE UPDATE ON collection_observation
    WHEN {BY_CONTRIBUTOR} BEGIN SELECT RAISE(ABORT, '{OWN}'); END""",
    f"""CREATE TRIGGER collection_lock_update BEFORE UPDATE ON collection_observation
    WHEN OLD.state = 'locked' BEGIN SELECT RAISE(ABORT, '{LOCKED}'); END""",
    f"""CREATE TRIGGER collection_lock_delete BEFORE DELETE ON collection_observation
    WHEN OLD.state = 'locked' BEGIN SELECT RAISE(ABORT, '{LOCKED}'); END""",
)
POSTGRES = (
    f"""CREATE FUNCTION keep_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {BY_CONTRIBUTOR} THEN RAISE EXCEPTION '{OWN}'; END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER collection_four_eyes BEFORE UPDATE ON collection_observation
    FOR EACH ROW EXECUTE FUNCTION keep_four_eyes()""",
    f"""CREATE FUNCTION keep_locked() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{LOCKED}'; END $$""",
    """CREATE TRIGGER collection_lock BEFORE UPDATE OR DELETE ON collection_observation
    FOR EACH ROW WHEN (OLD.state = 'locked') EXECUTE FUNCTION keep_locked()""",
)


def guard(apps: Any, schema_editor: Any) -> None:
    """Triggers in the words of the database at hand."""
    del apps
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRES:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The triggers."""

    dependencies = [("collection", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
