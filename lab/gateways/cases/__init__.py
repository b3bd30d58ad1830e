"""The cases, by what goes wrong."""

import importlib
import pkgutil


def load():
    """Reads every module of this package: each adds its cases."""
    for module in sorted(found.name for found in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
