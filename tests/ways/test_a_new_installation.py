"""A database is made quickly while nothing is in it, and synced in full from then on."""

import os
import subprocess
import sys

from tests.ways.folders import ROOT

LOOK = """
import django; django.setup()
from django.db import connection
from huigong.audit import installation
installation.make_folder()
def level():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return cursor.fetchone()[0]
before = level(); installation.bring_up(); print(before, level())
"""


def test_what_is_recorded_is_synced_in_full_after_a_first_start(tmp_path):
    own = {"HUIGONG_HOME": str(tmp_path / "home"), "HUIGONG_KEYS": str(tmp_path / "keys"), "HUIGONG_DATABASE_URL": ""}
    environment = os.environ | own | {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "huigong.web.settings"}
    done = subprocess.run([sys.executable, "-c", LOOK], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2", "2"], "2 is FULL"
