"""`python -m layout_engine` is the same as `layout-engine`."""

import sys

from layout_engine.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
