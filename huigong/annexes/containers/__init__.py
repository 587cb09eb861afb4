"""From bytes to tables: which kind of file it really is, whether it is safe to open, and one reader a kind.

The suffix is never trusted: a right workbook named .xls is read, a picture named .xlsx is refused.
"""

from huigong.annexes.containers.opening import open_contents

__all__ = ["open_contents"]
