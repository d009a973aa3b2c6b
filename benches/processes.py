"""Whole processes: `outsort score` beside `wc -w`, one thread and two, memory by length of input, start-up beside `cat`.

Python's standard library alone; the runs of one comparison take turns.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import time

from results import Results

SAMPLE = pathlib.Path(__file__).resolve().parents[1] / "corpus" / "samples" / "pricing-actuary.md"


def run(command):
    """Seconds and peak memory (MB) of a process; its output goes nowhere, its failure ends the run."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"error: {' '.join(map(str, command))} ended with {process.returncode}")
    return took, usage.ru_maxrss / 1024


def turns(commands, rounds):
    """Seconds of each command in each round, after one round to warm up."""
    took = [[run(command)[0] for command in commands] for _ in range(rounds + 1)]
    return list(zip(*took[1:]))


def ratios(a, b):
    return [x / y for x, y in zip(a, b)]


def repeat(source, target, size):
    """A file of about this many bytes: the source over and over, line by line whole."""
    content = source.read_bytes()
    with target.open("wb") as file:
        for _ in range(max(1, round(size / len(content)))):
            file.write(content)


def end_to_end(outsort, data, rounds, results):
    for kind in ["tasks", "ads"]:
        corpus = data / f"{kind}.jsonl"
        score = [outsort, "score", corpus, "-q"]
        commands = [score + ["--threads", "1"], score + ["--threads", "2"], ["wc", "-w", corpus]]
        one, two, wc = turns(commands, rounds)
        megabytes = corpus.stat().st_size / 1e6
        key = f"process/{kind}"
        results.note(f"{key}/score, one thread", "MB/s", [megabytes / s for s in one])
        results.note(f"{key}/score, two threads", "MB/s", [megabytes / s for s in two])
        results.note(f"{key}/wc -w", "MB/s", [megabytes / s for s in wc])
        results.note(f"{key}/one thread over wc -w", "x", ratios(wc, one))
        results.note(f"{key}/two threads over wc -w", "x", ratios(wc, two))
        results.note(f"{key}/two threads over one", "x", ratios(one, two))


def memory(outsort, data, large, results):
    """Peak memory at 10 MB and at `large` MB."""
    peaks = []
    for size in [10, large]:
        corpus = data / "repeated.jsonl"
        repeat(data / "tasks.jsonl", corpus, size * 1_000_000)
        took, peak = run([outsort, "score", corpus, "-q"])
        corpus.unlink()
        peaks.append(peak)
        results.note(f"memory/peak at {size} MB", "MB", [peak])
        results.note(f"memory/speed at {size} MB", "MB/s", [size / took])
    results.note("memory/large over 10 MB", "x", [peaks[1] / peaks[0]])
    results.note("memory/peak of the large input", "MB", [peaks[1]])


def start_up(outsort, rounds, results):
    classify, cat = turns([[outsort, "classify", SAMPLE], [shutil.which("cat"), SAMPLE]], rounds)
    results.note("start/classify one file", "ms", [s * 1e3 for s in classify])
    results.note("start/cat the file", "ms", [s * 1e3 for s in cat])
    results.note("start/classify less cat", "ms", [(a - b) * 1e3 for a, b in zip(classify, cat)])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outsort", required=True, help="the program")
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder with tasks.jsonl and ads.jsonl")
    parser.add_argument("--json", help="append the figures as JSON lines")
    parser.add_argument("--large", type=int, default=100, help="MB of the large input (1000 for the stated goal)")
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    results = Results(args.json)
    print("end to end", flush=True)
    end_to_end(args.outsort, args.data, 2 if args.quick else 9, results)
    print("start-up", flush=True)
    start_up(args.outsort, 15 if args.quick else 101, results)
    print("memory", flush=True)
    memory(args.outsort, args.data, args.large, results)


main()
