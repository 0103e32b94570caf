"""marsad: an observatory of data-center projects. `crawler` finds and understands, `storage` keeps."""

__version__ = "0.1.0"
