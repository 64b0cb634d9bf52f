"""Speed and quality, measured by hand or by `make bench`; the results stand in docs/benchmarks.md."""
