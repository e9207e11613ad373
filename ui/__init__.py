"""The window: Qt Widgets. Draws state and sends intentions; knows visitator.app only."""

import builtins

import PySide6  # noqa: F401 - it changes what `import` does

# PySide reads the source of each module that is imported after it, to see whether that asks for
# other names of Qt's methods (`__feature__`). None does here, and the start is a tenth shorter.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
