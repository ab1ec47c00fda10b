"""kill −9 at every statement of a deed and of the worker: `python -m tests.cases.crash [--step N]`.

Works on the empty database of MINHU_DATABASE_URL; prints one line of JSON. Exit code 1 if anything was lost
or doubled, or if `minhu verify` finds a fault afterwards.
"""

import argparse
import json
import os
import sys
import tempfile


def main() -> int:
    """Kill at every N-th boundary, restart, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1, help="every N-th boundary only")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minhu.site.settings")
    import django

    django.setup()
    from tests.cases.crash_scenes import run

    with tempfile.TemporaryDirectory(prefix="minhu-crash-") as folder:
        found = run(folder, options.step)
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 1 if found["lost"] or found["doubled"] or found["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
