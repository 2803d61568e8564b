"""A font program that cannot be read (损坏的字体程序), and why."""


class BrokenFontError(Exception):
    """The program cannot be read; the message says why in a few words."""
