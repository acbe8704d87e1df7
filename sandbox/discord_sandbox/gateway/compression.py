"""Transport compression: one stream for the lifetime of a connection, flushed after each frame."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable
from typing import Any

Compress = Callable[[bytes], bytes]


def zlib_stream() -> Compress:
    """Return a zlib-stream compressor: each frame ends with Z_SYNC_FLUSH's 00 00 FF FF."""
    stream = zlib.compressobj()
    return lambda data: stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)


def zstd_stream() -> Compress | None:
    """Return a zstd-stream compressor, or None where zstd is not available."""
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


def choose_compressor(name: str | None) -> Compress | None:
    """Return the compressor that a connection's query asks for.

    Raises:
        LookupError: it is not supported here.
    """
    if not name:
        return None
    made = {"zlib-stream": zlib_stream, "zstd-stream": zstd_stream}.get(name, lambda: None)()
    if made is None:
        raise LookupError(name)
    return made
