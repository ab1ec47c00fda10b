"""`./go bench NAME [--quick]`: run one benchmark, print one line of JSON for each figure."""

import argparse
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Run the named benchmark."""
    names = sorted(path.stem for path in HERE.glob("[!_]*.py") if path.stem != "figure")
    parser = argparse.ArgumentParser(prog="./go bench", description=__doc__)
    parser.add_argument("name", choices=names)
    parser.add_argument("--quick", action="store_true", help="smaller, within 40 s")
    options = parser.parse_args()
    for figure in import_module(f"benchmarks.{options.name}").run(quick=options.quick):
        print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
