"""What can be wrong with a calendar or with a question put to it."""


class TimingError(ValueError):
    """Anything refused by this method."""


class BadDay(TimingError):
    """A value that is not a plain date was given where a day is needed."""


class BadCount(TimingError):
    """A count of days or months that is not a whole number."""


class BadWeekend(TimingError):
    """A weekend with impossible weekdays, or one that leaves no day to work on."""


class Contradiction(TimingError):
    """The same day is called a holiday and an extra workday."""


class OutOfTime(TimingError):
    """The answer lies before year 1 or after year 9999."""
