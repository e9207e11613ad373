"""Runs every benchmark and prints its figures."""

from tests.benchmarks import decoding

for line in decoding.report():
    print(line)
