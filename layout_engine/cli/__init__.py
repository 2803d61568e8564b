"""The command line (命令行): from words to a finished issue, or to what stands in the way of one.

Comes in: the words after `layout-engine`. Goes out: text or one JSON document, files, and an exit code.
Must not know: how a page is made; it calls the pipeline and shows what came out.
Read first: main.py, then build.py; options.py and arguments.py for what can be written.
Tested in: tests/cli.
"""
