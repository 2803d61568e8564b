"""Make stories fit their places (凑版): what a person may do, each way set again before it is offered.

Comes in: `Inputs`. Goes out: a `StoryFit` for each story that is over or under, with its options in order.
Must not know: PDF, the command line, how an option is worded. It changes no file and no word.
Read first: advice.py, proving.py, shorter.py.
Tested in: tests/fit.
"""
