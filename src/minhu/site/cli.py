"""The command `minhu`: every deed of the house that is done from a terminal."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run `minhu COMMAND …` (`minhu help` lists them)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minhu.site.settings")
    try:
        execute_from_command_line(["minhu", *sys.argv[1:]])
    except BrokenPipeError:
        # `minhu cut FILE | head`: whoever reads has read enough; what is left to flush goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
