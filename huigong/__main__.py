"""`python -m huigong …`: the one command that holds all others."""

import sys

from huigong.commands import main

if __name__ == "__main__":
    sys.exit(main())
