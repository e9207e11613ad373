"""Runs every benchmark and prints its figures."""

from tests.benchmarks import decoding, gateway, notes, store, ui

for benchmark in (decoding, store, gateway, notes, ui):
    for line in benchmark.report():
        print(line, flush=True)
