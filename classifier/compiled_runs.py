"""Where words may be: runs of the bytes that words are made of, 64 bytes at once."""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types

from classifier.machine import Bytes, Ints, Number, compiled, trailing_zeros, unchecked

BLOCK = 64
AT_ONCE = 8  # places that are written without asking whether there are so many
ALL = np.uint64(2**64 - 1)


@unchecked  # type: ignore[untyped-decorator]  # numba publishes no types
def word_bits(_context: Any, data: Any, _i: Any) -> Any:
    """A bit for each of 64 bytes: ASCII letters, digits, "+", "#", and all that is not ASCII."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        row = ir.VectorType(ir.IntType(8), BLOCK)

        def all_of(byte: int) -> ir.Constant:
            return ir.Constant(row, [byte] * BLOCK)

        place = builder.gep(array.data, [arguments[1]])
        block = builder.load(builder.bitcast(place, row.as_pointer()), align=1)
        small = builder.sub(builder.or_(block, all_of(0x20)), all_of(ord("a")))
        found = builder.icmp_unsigned("<", small, all_of(26))
        for kind in (
            builder.icmp_unsigned("<", builder.sub(block, all_of(ord("0"))), all_of(10)),
            builder.icmp_unsigned("==", block, all_of(ord("+"))),
            builder.icmp_unsigned("==", block, all_of(ord("#"))),
            builder.icmp_unsigned(">", block, all_of(0x7F)),
        ):
            found = builder.or_(found, kind)
        return builder.bitcast(found, ir.IntType(64))

    return types.uint64(data, types.int64), generate


@unchecked  # type: ignore[untyped-decorator]  # numba publishes no types
def count_ones(_context: Any, _value: Any) -> Any:
    """Number of bits that are set."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate


@compiled
def few_bits(follows: Bytes, data: Bytes, i: Number, end: Number) -> np.uint64:
    """`word_bits` of the last bytes of an array."""
    bits = np.uint64(0)
    for j in range(i, min(end, i + BLOCK)):
        bits |= np.uint64(follows[data[j]]) << np.uint64(j - i)
    return bits


@compiled
def find_runs(follows: Bytes, data: Bytes, start: Number, end: Number, runs: Ints) -> Number:
    """Runs of bytes that words are made of, where each starts and ends: their number."""
    n, before = 0, np.uint64(0)
    whole = np.int64(data.size - BLOCK)
    for i in range(start, end, BLOCK):
        bits = word_bits(data, i) if i <= whole else few_bits(follows, data, i, end)
        if end - i < BLOCK:
            bits &= (np.uint64(1) << np.uint64(end - i)) - np.uint64(1)
        edges = bits ^ (bits << np.uint64(1) | before)
        before = bits >> np.uint64(BLOCK - 1)
        found: Number = np.int64(count_ones(edges))
        written = 0
        while written < found:
            for j in range(AT_ONCE):
                runs[n + written + j] = i + np.int64(trailing_zeros(edges))
                edges &= edges - np.uint64(1)
            written += AT_ONCE
        n += found
    runs[n] = end  # of a run that goes on to the end
    return (n + 1) >> 1
