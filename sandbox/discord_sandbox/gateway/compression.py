"""Transport compression: one stream for the whole life of a connection, flushed after each frame."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable
from typing import Any

Compress = Callable[[bytes], bytes]


def zlib_stream() -> Compress:
    """`compress=zlib-stream`: each frame ends with Z_SYNC_FLUSH's 00 00 FF FF."""
    stream = zlib.compressobj()
    return lambda data: stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)


def zstd_stream() -> Compress | None:
    """`compress=zstd-stream`, where this Python has zstd; None where it has not."""
    try:
        module: Any = importlib.import_module("compression.zstd")
    except ImportError:
        return _zstandard_stream()
    stream = module.ZstdCompressor()
    return lambda data: bytes(stream.compress(data, stream.FLUSH_BLOCK))


def _zstandard_stream() -> Compress | None:
    try:
        module: Any = importlib.import_module("zstandard")
    except ImportError:
        return None
    stream = module.ZstdCompressor().compressobj()
    return lambda data: bytes(stream.compress(data) + stream.flush(module.COMPRESSOBJ_FLUSH_BLOCK))


def chosen(name: str | None) -> Compress | None:
    """The compression of a connection's query.

    Raises:
        LookupError: this server does not have it.
    """
    if not name:
        return None
    made = {"zlib-stream": zlib_stream, "zstd-stream": zstd_stream}.get(name, lambda: None)()
    if made is None:
        raise LookupError(name)
    return made
