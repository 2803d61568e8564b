"""The command line (命令行).

In: the words after `layout-engine`. Out: text or one JSON document, and an exit code.
Must not know: how a page is made; it calls the pipeline and shows what came out.
Read first: main.py, then build.py. Tested in: tests/cli.
"""
