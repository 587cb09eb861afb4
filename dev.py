#!/usr/bin/env python3
"""Set-up and everyday commands, with nothing but Python 3.11 or newer: makes `.venv`, installs the lock, then runs.

python3 dev.py run               the demo city on http://127.0.0.1:8000
python3 dev.py test              the whole suite, and what it skipped and why
python3 dev.py check             lint, types, import contracts, missing migrations
python3 dev.py huigong …         the one command (python3 dev.py huigong --help)
python3 dev.py bench NAME …      a benchmark of benchmarks/, such as reading, rules or campaign; without a name, all of them
"""

import ast
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
NO_TESTS = 5  # pytest: nothing was selected
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
VENV_MISSING = (
    "这台机器的 Python 缺 venv。请先运行： / Python's venv is missing here. Please run first:\n"
    "    apt-get install -y python3-venv\n"
)


def main(words: list[str]) -> int:
    """Run one of the commands and return its exit code (2: wrong use)."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python must be told, not crash
        print("需要 Python 3.11 或更新的版本。/ Python 3.11 or newer is needed.", file=sys.stderr)
        return 2
    commands = {"test": test, "check": check, "huigong": huigong, "bench": bench, "run": run}
    if not words or words[0] not in commands:
        print(__doc__, file=sys.stdout if words[:1] in (["--help"], ["-h"], ["help"]) else sys.stderr)
        return 0 if words[:1] in (["--help"], ["-h"], ["help"]) else 2
    return commands[words[0]](words[1:])


def run(words: list[str]) -> int:
    """The demo city, built the first time, and its pages; `huigong demo` prints the address and the ways in."""
    install("run")
    return python("-m", "huigong", "demo", *words)


def huigong(words: list[str]) -> int:
    install("run")
    return python("-m", "huigong", *words)


def test(words: list[str]) -> int:
    """The suite on SQLite, or on the PostgreSQL that HUIGONG_DATABASE_URL names; browser journeys run by themselves."""
    install("test")
    if words:
        return python("-m", "pytest", *words)
    # A module stays with one worker, so that what it makes once is made once.
    suite, journeys = (
        python("-m", "pytest", "-n", "2", "--dist", "loadscope", "-q", "-rs", "-m", chosen)
        for chosen in ("not browser", "browser")
    )
    return suite or (0 if journeys == NO_TESTS else journeys)


def check(words: list[str]) -> int:
    """Everything that reads the code without running it. Each is run, so that all faults are told at once."""
    install("test")
    failed = [
        name
        for name, command in {
            "ruff check": ["-m", "ruff", "check", "."],
            "ruff format": ["-m", "ruff", "format", "--check", "."],
            "mypy": ["-m", "mypy", "huigong", "dev.py"],
            "import contracts": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
            "missing migrations": ["-m", "django", "makemigrations", "--check", "--dry-run"],
        }.items()
        if (not words or name.split()[0] in words) and python(*command)
    ]
    print(f"没过 / failed: {', '.join(failed)}" if failed else "都过了 / all passed")
    return bool(failed)


def bench(words: list[str]) -> int:
    """Run one; without a name, what each of them measures. What helps them lies in packages without a __main__."""
    folder = HERE / "benchmarks"
    files = [file for file in folder.glob("*.py") if not file.stem.startswith("_")] + list(folder.glob("*/__main__.py"))
    of = {file.parent.name if file.stem == "__main__" else file.stem: file for file in files}
    asked_for_help = words[:1] in (["--help"], ["-h"], ["help"])
    if not words or words[0] not in of:
        print("python3 dev.py bench NAME …", file=sys.stdout if asked_for_help else sys.stderr)
        for name in sorted(of):
            print(f"  {name:11} {measures(of[name])}", file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    install("bench")
    return python("-m", f"benchmarks.{words[0]}", *words[1:])


def measures(file: Path) -> str:
    """The first line of a benchmark's docstring."""
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0]


def install(lock: str) -> None:
    """Install requirements/<lock>.txt into .venv unless that very lock, or one that holds it, is there already."""
    if not installed(lock):
        with alone():
            if not installed(lock):
                install_now(lock)


def installed(lock: str) -> bool:
    holds = {"run": ["run", "test", "bench"], "test": ["test", "bench"], "bench": ["bench"]}[lock]
    return any(stamp(name).exists() and stamp(name).read_text() == digest(name) for name in holds)


@contextmanager
def alone() -> Iterator[None]:
    """One set-up at a time: a second `dev.py` beside it waits, and then finds everything there."""
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415  not on Windows

    with (HERE / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install_now(lock: str) -> None:
    requirements = HERE / "requirements" / f"{lock}.txt"
    uv = shutil.which("uv")
    print("正在安装依赖，第一次要几分钟… / Installing what is needed, a few minutes the first time…", file=sys.stderr)
    if not PYTHON.exists():
        make_venv(uv)
    if uv:
        command: list[str | Path] = [
            uv,
            "pip",
            "install",
            "--quiet",
            "--python",
            PYTHON,
            "--require-hashes",
            "-r",
            requirements,
        ]
    else:
        command = [
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            requirements,
        ]
    done = subprocess.run(command, cwd=HERE, env=os.environ | {"UV_PYTHON_DOWNLOADS": "never"}, check=False)
    if done.returncode:
        sys.exit(
            "没装上依赖：请看上面的原因（多半是网络），再运行一次。/ Installing failed: see the reason above, then run again."
        )
    stamp(lock).write_text(digest(lock))


def make_venv(uv: str | None) -> None:
    if uv:
        subprocess.run(
            [uv, "venv", "--quiet", "--python", sys.executable, VENV],
            check=True,
            env=os.environ | {"UV_PYTHON_DOWNLOADS": "never"},
        )
        return
    try:
        venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, ImportError, OSError):
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(VENV_MISSING)


def stamp(lock: str) -> Path:
    return VENV / f".installed-{lock}"


def digest(lock: str) -> str:
    return hashlib.sha256((HERE / "requirements" / f"{lock}.txt").read_bytes()).hexdigest()


def python(*words: str | Path) -> int:
    """Run .venv's Python from here and return its exit code.

    Ctrl-C reaches it too, and is waited for: a server that is cut short leaves its workers behind. A request to end is
    passed on.
    """
    environment = os.environ | {"PYTHONPATH": str(HERE), "DJANGO_SETTINGS_MODULE": "huigong.web.settings"}
    stopped = False
    with subprocess.Popen([PYTHON, *words], env=environment) as child:
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        while True:
            try:
                code = child.wait()
            except KeyboardInterrupt:
                stopped = True
            else:
                return 0 if stopped else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
