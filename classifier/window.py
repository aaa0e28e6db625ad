"""A part of a file of text in memory, as bytes that compiled code reads and as lines."""

import re
from io import BufferedIOBase
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from classifier.compiler import SLACK
from classifier.encoding import BLOCK, MARK
from classifier.lines import RECORD_LIMIT

SIZE = 4 * BLOCK  # bytes that are read at once
LONGEST_LINE = 4 * (RECORD_LIMIT + 2)  # bytes: more characters than a row may have
LINE_END = re.compile(rb"\r\n?|\n")
BOM = b"\xef\xbb\xbf"


class Window:
    r"""What is in memory of a file in UTF-8; it moves on as it is read.

    Parameters
    ----------
    file : binary file
        Read from its start, without byte-order mark.

    Attributes
    ----------
    at, end : int
        Where the bytes of `data` start that are not read yet, and where they end.

    Examples
    --------
    >>> import io
    >>> window = Window(io.BytesIO(b"caf\xe9\r\nb"))
    >>> window.fill(), window.line(), window.line(), window.line()
    (True, 'caf\udce9\r\n', 'b', '')
    """

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        if file.read(len(BOM)) != BOM:
            file.seek(0)
        self._file = cast("BufferedIOBase", file)
        self._buffer = bytearray(SIZE + SLACK)
        self.at = self.end = 0

    @property
    def data(self) -> NDArray[np.uint8]:
        """Bytes in memory, at least `SLACK` behind `end`."""
        return np.frombuffer(self._buffer, np.uint8)

    def fill(self) -> bool:
        """Read on behind what is not read yet; False at the end of the file.

        What was taken from `data` before is not there any more.
        """
        rest = self._buffer[self.at : self.end]
        size = max(SIZE, 2 * len(rest)) + SLACK
        if len(self._buffer) != size:
            self._buffer = bytearray(size)
        self._buffer[: len(rest)] = rest
        n = self._file.readinto(memoryview(self._buffer)[len(rest) : -SLACK])
        self.at, self.end = 0, len(rest) + n
        return n > 0

    def more(self) -> bool:
        """Whether there is anything left to read."""
        return self.at < self.end or self.fill()

    def whole_lines(self) -> int:
        r"""Place behind the last ``\n``; `at` if there is none."""
        return self.line_start(self.end)

    def line_start(self, place: int) -> int:
        r"""Place behind the last ``\n`` before a place; `at` if there is none."""
        return max(self.at, self._buffer.rfind(b"\n", self.at, place) + 1)

    def line(self) -> str:
        """Next line, as `lines.read_lines` gives it; "" at the end of the file."""
        text = rest = self._take()
        while len(text) > RECORD_LIMIT and rest and not rest.endswith(("\n", "\r")):
            rest = self._take()
        return text[: RECORD_LIMIT + 1]

    def _take(self) -> str:
        """The rest of a line, or as much of it as may be held."""
        end = self._line_end()
        text = self._buffer[self.at : end].decode("utf-8", MARK)
        self.at = end
        return text

    def _line_end(self) -> int:
        """Place behind the next line, or behind `LONGEST_LINE` bytes of it."""
        start = self.at
        while True:
            found = LINE_END.search(self._buffer, start, self.end)
            # A return at the end may be half of a line's end.
            if found and (found.end() < self.end or found[0] != b"\r"):
                return found.end()
            seen = self.end - self.at
            if seen >= LONGEST_LINE or not self.fill():
                return self.end
            start = self.at + seen - bool(found)
