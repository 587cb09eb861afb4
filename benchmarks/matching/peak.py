"""The most memory that this process has had."""

import re
import resource
from pathlib import Path


def peak_mb() -> float:
    """The peak of this program alone: what getrusage tells on Linux may be its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
