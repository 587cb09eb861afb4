"""Old Word documents (.doc, .wps, .rtf, .odt) become .docx through LibreOffice, where it is installed."""

import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

from huigong.annexes.problems import UnreadableError

TIMEOUT_SECONDS = 90
_NAMES = ("soffice", "libreoffice")


def converter() -> str | None:
    """Where LibreOffice is, or None."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def as_docx(path: Path, content: bytes) -> bytes:
    """The document as .docx. Raises UnreadableError `converter_missing` where LibreOffice is absent or fails."""
    suffix = path.suffix.lower() if path.suffix.lower() in {".doc", ".wps", ".rtf", ".odt"} else ".doc"
    return _converted(content, suffix, "docx")


def as_pdf(content: bytes) -> bytes:
    """A .docx of ours as .pdf. Raises UnreadableError as `as_docx` does."""
    return _converted(content, ".docx", "pdf")


def _converted(content: bytes, suffix: str, kind: str) -> bytes:
    program = converter()
    if program is None:
        raise UnreadableError("converter_missing", suffix)
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        source = Path(folder) / f"form{suffix}"
        source.write_bytes(content)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--convert-to",
            kind,
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(  # noqa: S603  the program is LibreOffice, the file a copy of ours
                command,
                check=True,
                timeout=TIMEOUT_SECONDS,
                capture_output=True,
                preexec_fn=_own_limits,
                env={**os.environ, "HOME": folder},
            )
            return (Path(folder) / f"form.{kind}").read_bytes()
        except (subprocess.SubprocessError, OSError):
            raise UnreadableError("converter_missing", suffix) from None


def _own_limits() -> None:
    """LibreOffice needs more memory than a reading process may have."""
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (hard, hard))
