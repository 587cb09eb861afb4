"""The command line is a door like the web: one module a noun, each says how it is called and what it does.

Exit codes: 0 done, 1 the input has errors or a verification failed, 2 wrong use, 3 internal failure.
"""

import argparse
import importlib
import io
import os
import pkgutil
import platform
import sys
import traceback
from collections.abc import Sequence
from typing import Protocol, cast

import django
from django.core.exceptions import ImproperlyConfigured

from huigong import __version__
from huigong.audit import chain
from huigong.values.sentence import SaidError

DONE, INPUT_HAS_ERRORS, WRONG_USE, INTERNAL_FAILURE = 0, 1, 2, 3


class Noun(Protocol):
    def add_parser(self, nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


def noun_names() -> list[str]:
    return sorted(
        module.name
        for module in pkgutil.iter_modules(__path__)
        if not module.name.startswith("_") and module.name != "tests"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Only the noun that is called is imported, so plain ones start fast."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file name out of an old archive may be no UTF-8, and a Windows console knows few characters.
            stream.reconfigure(errors="backslashreplace")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huigong.web.settings")
    called = next((word for word in words if not word.startswith("-")), None)
    names = noun_names()
    wanted = [called] if called in names else [] if words == ["--version"] else names
    if (called not in names or wants_database(words)) and not _set_up():
        return WRONG_USE
    parser = argparse.ArgumentParser(
        prog="huigong",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="惠工：从通知到惠工卡，每一步都可查 / from the circular to the card, every step provable",
    )
    parser.add_argument(
        "--version", action="version", version=versions(), help="版本和留痕链的格式 / version, form of the chain"
    )
    nouns = parser.add_subparsers(dest="noun", metavar="名词/noun", required=True)
    modules = {name: cast("Noun", importlib.import_module(f"huigong.commands.{name}")) for name in wanted}
    for module in modules.values():
        module.add_parser(nouns)
    arguments = parser.parse_args(words)
    try:
        if arguments.noun != "setup" and wants_database(words):
            bring_up()
        return modules[arguments.noun].run(arguments)
    except SaidError as error:
        print(f"{error.sentence.zh}\n{error.sentence.en}", file=sys.stderr)
        return INPUT_HAS_ERRORS
    except BrokenPipeError:
        return DONE
    except Exception:  # noqa: BLE001  the outermost loop of a command (house.md, style 13)
        traceback.print_exc()
        print(
            "没办成，是程序的错。做完的步骤都存好了，没做完的没有动，可以再运行一次；再不行，请把上面的文字发给技术人员。\nInternal failure: finished steps are kept, the unfinished one left no trace; run it again, or send the text above.",
            file=sys.stderr,
        )
        return INTERNAL_FAILURE


def _set_up() -> bool:
    """Whether settings hold: a folder that cannot be used or a missing key is told in words, not by a traceback."""
    try:
        django.setup()
    except (ImproperlyConfigured, OSError) as error:
        print(f"设置用不了：{error}\nThese settings cannot be used: {error}", file=sys.stderr)
        return False
    return True


def versions() -> str:
    """Which Huigong this is, and by which formula its history is chained, in one line a language."""
    told = __version__, chain.FORMAT, platform.python_version()
    return "惠工 {} · 留痕链 {} · Python {}\nHuigong {} · audit chain {} · Python {}".format(*told, *told)


def bring_up() -> None:
    """The database as this version needs it, guards in place. Imported by name: models cannot be before Django's setup."""
    importlib.import_module("huigong.audit.installation").bring_up()


def wants_database(words: Sequence[str]) -> bool:
    """Whether a call needs Django: told by its words, since importing models before setup fails.

    Circulars, forms and lists to match are plain files; only a form that is prefilled asks the household files.
    """
    noun = next((word for word in words if not word.startswith("-")), "")
    return noun not in {"circular", "forms", "match"} or "--prefill" in words
