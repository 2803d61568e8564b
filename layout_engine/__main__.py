"""`python -m layout_engine`: the same as the command `layout-engine`."""

from layout_engine.cli.main import run_process

if __name__ == "__main__":
    run_process()
