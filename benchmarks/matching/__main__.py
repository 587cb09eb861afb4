"""Who is one person: huigong beside Splink and recordlinkage, over an invented population with its truth.

python3 dev.py bench matching {generate,train,table,one,province} …; each says with --help what it does.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

VERBS = ("generate", "train", "table", "one", "province")


def main(words: Sequence[str]) -> int:
    if not words or words[0] not in VERBS:
        print(__doc__, file=sys.stderr)
        return 2
    return import_module(f"benchmarks.matching.{words[0]}").main(words[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
