"""The one exception that a user's input can cause."""


class InputError(ValueError):
    """The input cannot be used: the caller shows the message, one line, and stops.

    The command line exits with status 2. The message says what happened, the value,
    and what to do next. Rows that cannot be used raise nothing: they are rejects.
    """
