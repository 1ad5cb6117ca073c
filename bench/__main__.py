"""`make bench`, or `python -m bench annualised_rates` for some: ratios and medians, no verdicts."""

from __future__ import annotations

import importlib
import pkgutil
import sys

from bench import cases


def main(chosen: list[str]) -> int:
    """Measure the benchmarks named, or all; 2 if there is none of that name."""
    names = sorted(module.name for module in pkgutil.iter_modules(cases.__path__))
    unknown = set(chosen) - set(names)
    if unknown:
        print(f"No benchmark {', '.join(sorted(unknown))}. There are: {', '.join(names)}")
        return 2
    for name in chosen or names:
        case = importlib.import_module(f"bench.cases.{name}")
        print(f"\n{name}: {(case.__doc__ or '').strip().splitlines()[0]}", flush=True)
        for line in case.measure():
            wanted = f"   (wanted: {line.wanted})" if line.wanted else ""
            print(f"  {line.what:42} {line.figure}{wanted}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
