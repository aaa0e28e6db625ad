"""What the compiled functions stand on: the decorator, UTF-8, hash tables, eight bytes at once.

Made by numba, which types them from their arguments. `layout` fills the tables.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from llvmlite import ir
from numba import __version__ as version
from numba import config, njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from classifier.code_folder import code_folder

Function = TypeVar("Function", bound=Callable[..., Any])
unchecked: Any = intrinsic  # its functions are called without their first parameter
Number = Any  # an int or a numpy integer: in compiled code they are the same
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Keys = NDArray[np.uint64]
Tags = NDArray[np.uint32]
Floats = NDArray[np.float64]

OPTIONS: Any = {"cache": True, "nogil": True, "error_model": "numpy"}
WORD, SPACE, ODD, DIGIT = 1, 2, 4, 8  # bits of the kind of a character
TAG_BITS, NUMBER_BITS = 12, 20  # of a slot of a table of words: of the hash, of the number + 1
PACKED = 8  # bytes of a word that a key holds
ONES, HIGH = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)  # of eight bytes


def compiled(function: Function) -> Function:
    """Function as machine code, kept on disk, that lets other threads run.

    It can make no arrays, so numba need not count who holds one: an atomic step for each that is
    named, taken from a tuple or handed on, which costs more than what many of the functions do.
    """
    return _compiled(function, OPTIONS | {"_nrt": False})


def compiled_maker(function: Function) -> Function:
    """The same for a function that makes arrays."""
    return _compiled(function, OPTIONS)


def _compiled(function: Function, options: Any) -> Function:
    settings: Any = config  # numba publishes no types
    asked, path = settings.CACHE_DIR, Path(function.__code__.co_filename)
    # numba looks at it when it takes a function, and at no other time.
    settings.CACHE_DIR = str(code_folder(path, f"numba {version}", asked))
    try:
        return cast("Function", njit(**options)(function))
    finally:
        settings.CACHE_DIR = asked


# --- Characters ---


@compiled
def decode(data: Bytes, i: Number) -> tuple[Number, Number]:
    """Code point at a byte, and where the next one starts."""
    c = np.int64(data[i])
    if c < 0x80:
        return c, i + 1
    if c < 0xE0:
        return (c & 0x1F) << 6 | np.int64(data[i + 1]) & 0x3F, i + 2
    if c < 0xF0:
        tail = (np.int64(data[i + 1]) & 0x3F) << 6 | np.int64(data[i + 2]) & 0x3F
        return (c & 0x0F) << 12 | tail, i + 3
    tail = (np.int64(data[i + 1]) & 0x3F) << 12 | (np.int64(data[i + 2]) & 0x3F) << 6
    return (c & 0x07) << 18 | tail | np.int64(data[i + 3]) & 0x3F, i + 4


@compiled
def step_back(data: Bytes, i: Number) -> Number:
    """Start of the character before a byte."""
    i -= 1
    while data[i] & 0xC0 == 0x80:
        i -= 1
    return i


@compiled
def encode(code: Number, word: Bytes, n: Number) -> Number:
    """Write a code point as UTF-8 behind n bytes; give the new length."""
    if code < 0x80:
        word[n] = code
        return n + 1
    if code < 0x800:
        word[n] = 0xC0 | code >> 6
    elif code < 0x10000:
        word[n] = 0xE0 | code >> 12
        n += 1
        word[n] = 0x80 | code >> 6 & 0x3F
    else:
        word[n] = 0xF0 | code >> 18
        word[n + 1] = 0x80 | code >> 12 & 0x3F
        n += 2
        word[n] = 0x80 | code >> 6 & 0x3F
    word[n + 1] = 0x80 | code & 0x3F
    return n + 2


@compiled
def is_word(kind: Bytes, data: Bytes, i: Number, end: Number) -> bool:
    r"""Whether a character that matches ``\w`` stands at a byte."""
    if i >= end:
        return False
    code, _ = decode(data, i)
    return bool(kind[code] & WORD != 0 or code == 0x5F)


# --- Tables ---


@compiled
def mix(key: np.uint64) -> np.uint64:
    """Hash of a key; the low bits are good ones."""
    key = (key ^ (key >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
    return key ^ (key >> np.uint64(32))


@compiled
def pack(text: Bytes, start: Number, end: Number) -> tuple[np.uint64, np.uint64]:
    """Keys of a lower-case word: its first and second `PACKED` bytes; those behind are mixed in."""
    key, rest = np.uint64(0), np.uint64(0)
    for i in range(start, end):
        byte = np.uint64(text[i]) << np.uint64((i - start) % PACKED * 8)
        if i - start < PACKED:
            key |= byte
        elif i - start < 2 * PACKED:
            rest |= byte
        else:
            rest = mix(rest ^ np.uint64(text[i]))
    return key, rest


@compiled
def find_word(
    slots: Tags,
    keys: Keys,
    starts: Ints,
    spelled: Bytes,
    key: np.uint64,
    rest: np.uint64,
    text: Bytes,
    n: Number,
) -> Number:
    """Number of a word of n bytes, or -1; `text` starts with it if that is more than two keys."""
    mask, hashed = np.uint64(slots.size - 1), mix(key ^ mix(rest))
    at, tag = hashed & mask, hashed >> np.uint64(64 - TAG_BITS)
    while True:
        slot = np.uint64(slots[at])
        if slot == 0:
            return -1
        number = np.int64(slot & np.uint64((1 << NUMBER_BITS) - 1)) - 1
        if (
            slot >> np.uint64(NUMBER_BITS) == tag
            and keys[number, 0] == key
            and keys[number, 1] == rest
            and keys[number, 2] == np.uint64(n)
        ):
            first, i = np.int64(starts[number]), np.int64(2 * PACKED)
            while i < n and text[i] == spelled[first + i]:
                i += 1
            if i >= n:
                return number
        at = (at + np.uint64(1)) & mask


@compiled
def add_words(slots: Tags, keys: Keys, starts: Ints, text: Bytes) -> None:
    """Fill an empty hash table, of more slots than there are words, and their keys."""
    mask = np.uint64(slots.size - 1)
    for number in range(starts.size - 1):
        start, end = starts[number], starts[number + 1]
        key, rest = pack(text, start, end)
        hashed = mix(key ^ mix(rest))
        at, tag = hashed & mask, hashed >> np.uint64(64 - TAG_BITS)
        while slots[at] != 0:
            at = (at + np.uint64(1)) & mask
        keys[number, 0], keys[number, 1], keys[number, 2] = key, rest, np.uint64(end - start)
        slots[at] = np.uint32(tag << np.uint64(NUMBER_BITS) | np.uint64(number + 1))


# --- Eight bytes at once ---


@unchecked  # type: ignore[untyped-decorator]  # numba publishes no types
def load_bytes(_context: Any, data: Any, _i: Any) -> Any:
    """Eight bytes of an array from byte i on, the first one lowest; i need not be aligned."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.gep(array.data, [arguments[1]])
        word = builder.bitcast(place, ir.IntType(64).as_pointer())
        return builder.load(word, align=1)

    return types.uint64(data, types.int64), generate


@unchecked  # type: ignore[untyped-decorator]  # numba publishes no types
def store_bytes(_context: Any, data: Any, _i: Any, _word: Any) -> Any:
    """Write eight bytes to an array from byte i on, the lowest one first."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.gep(array.data, [arguments[1]])
        builder.store(arguments[2], builder.bitcast(place, ir.IntType(64).as_pointer()), align=1)
        return context.get_dummy_value()

    return types.void(data, types.int64, types.uint64), generate


@compiled
def find_byte(eight: np.uint64, sought: Number) -> np.uint64:
    """High bit of each of eight bytes that is the one sought; those behind it may be set, too."""
    other = eight ^ (ONES * np.uint64(sought))
    return (other - ONES) & ~other & HIGH


@unchecked  # type: ignore[untyped-decorator]  # numba publishes no types
def trailing_zeros(_context: Any, _value: Any) -> Any:
    """Number of zero bits below the lowest one; 64 for 0."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), generate


@unchecked  # type: ignore[untyped-decorator]  # numba publishes no types
def prefetch(_context: Any, data: Any, _i: Any) -> Any:
    """Ask for the cache line of an element of a flat array, and wait for nothing."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.gep(array.data, [arguments[1]])
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [place.type, number, number, number])
        function = builder.module.declare_intrinsic("llvm.prefetch", [place.type], kind)
        read, keep, of_data = (ir.Constant(number, value) for value in (0, 3, 1))
        builder.call(function, [place, read, keep, of_data])
        return context.get_dummy_value()

    return types.void(data, types.int64), generate


@compiled
def lower_run(eight: np.uint64) -> tuple[np.uint64, Number]:
    """ASCII letters and digits at the start of eight bytes, in lower case; how many they are."""
    low = eight & np.uint64(0x7F7F7F7F7F7F7F7F)
    small = low | np.uint64(0x2020202020202020)
    # The high bit of each byte: from "a" on and not above "z", from "0" on and not above "9".
    letter = (small + np.uint64(0x1F1F1F1F1F1F1F1F)) & ~(small + np.uint64(0x0505050505050505))
    digit = (low + np.uint64(0x5050505050505050)) & ~(low + np.uint64(0x4646464646464646))
    plain = ~eight & np.uint64(0x8080808080808080)
    letter, digit = letter & plain, digit & plain
    n = trailing_zeros(~(letter | digit) & np.uint64(0x8080808080808080)) >> np.uint64(3)
    return eight | (letter >> np.uint64(2)), np.int64(n)


@compiled
def store_some(out: Bytes, n: Number, eight: np.uint64, size: Number, ahead: Number) -> None:
    """Write the first `size` of eight bytes behind n bytes, and maybe the others.

    They come from a place so many bytes ahead, maybe of the same array: what is not read yet
    stays. To keep it where it need not be kept takes several times as long.
    """
    if size < PACKED and 0 < ahead < PACKED:
        some = (np.uint64(1) << np.uint64(8 * size)) - np.uint64(1)
        eight = eight & some | load_bytes(out, n) & ~some
    store_bytes(out, n, eight)


@compiled
def keep_bytes(eight: np.uint64, n: Number) -> np.uint64:
    """First n of eight bytes, the others 0."""
    if n >= PACKED:
        return eight
    return eight & ((np.uint64(1) << np.uint64(8 * n)) - np.uint64(1))
