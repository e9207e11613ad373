"""The program's own files, for the screen: icons and translations."""

from visitator.resources import ResourceError, resource_folder

__all__ = ["ResourceError", "resource_folder"]
