"""Runs every benchmark and prints its figures."""

from tests.benchmarks import decoding, gateway, store

for benchmark in (decoding, store, gateway):
    for line in benchmark.report():
        print(line, flush=True)
