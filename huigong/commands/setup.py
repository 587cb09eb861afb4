"""`huigong setup`: make or bring up to date the database of this installation, guards included."""

import argparse

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from huigong.audit import installation
from huigong.registry import derived
from huigong.studentaid import actions, found_by


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "建立或更新数据库 / make the database or bring it up to date"
    nouns.add_parser("setup", help=words, description=words)


def run(_: argparse.Namespace) -> int:
    """Migrate, put the guards back in place, and check them."""
    installation.make_folder()
    call_command("migrate", verbosity=0, interactive=False)
    installation.bring_up()
    if derived.is_behind():  # an installation from before files had search keys
        for _part in (*derived.index(), *found_by.index()):
            pass
    actions.make_aid_good(officer="system", at=timezone.now())  # or from before aid that came back was taken off
    print(
        f"就绪：数据在 {settings.HUIGONG_HOME}，钥匙在 {settings.HUIGONG_KEYS}，请分开备份。\nReady: data in {settings.HUIGONG_HOME}, keys in {settings.HUIGONG_KEYS}; back them up apart."
    )
    return 0
