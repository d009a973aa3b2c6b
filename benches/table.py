"""The figures of one run as a Markdown table of ratios, beside the goals: `table.py RESULTS.jsonl`."""

import json
import pathlib
import platform
import sys

# Question, goal, and the keys to choose from: of several peers, the best one counts.
AT_LEAST, AT_MOST = "≥", "≤"
PHRASE_PEERS = ["Hyperscan literals", "aho-corasick, DFA", "aho-corasick, NFA", "daachorse"]
ROWS = [
    *[
        (f"600 rules and 62 regexes over Hyperscan, text by text, {kind}", AT_LEAST, goal,
         [f"all/600/{kind}/over Hyperscan by text, {way}" for way in ["phrases", "rules"]])
        for kind, goal in [("tasks", 10), ("ads", 8)]
    ],
    *[
        (f"… over Hyperscan in buffers, {kind}", AT_LEAST, 7, [f"all/600/{kind}/over Hyperscan in 64-KB buffers"])
        for kind in ["tasks", "ads"]
    ],
    *[
        (f"… over `RegexSet` with 1 GB, {kind}", AT_LEAST, 10, [f"all/600/{kind}/over RegexSet, 1 GB"])
        for kind in ["tasks", "ads"]
    ],
    *[
        (f"{size:,} rules of phrases over the best peer, {kind}", AT_LEAST, goal,
         [f"phrases/{size}/{kind}/over {peer}" for peer in PHRASE_PEERS])
        for size, goal in [(600, 5), (6000, 7), (60000, 10)]
        for kind in ["tasks", "ads"]
    ],
    *[
        (f"full judgment over bare matching, 600 rules, {kind}", AT_LEAST, 0.5,
         [f"600/{kind}/judgment over matching"])
        for kind in ["tasks", "ads"]
    ],
    *[
        (f"{size:,} rules over 600, {kind}", AT_LEAST, goal, [f"{kind}/{size} over 600"])
        for size, goal in [(6000, 0.7), (60000, 0.3)]
        for kind in ["tasks", "ads"]
    ],
    *[
        (f"matching over spaCy's PhraseMatcher, {kind}", AT_LEAST, 50, [f"python/{kind}/over spaCy PhraseMatcher"])
        for kind in ["tasks", "ads"]
    ],
    *[
        (f"judgment over {name}, {kind}", AT_LEAST, goal, [f"python/{kind}/over {name}"])
        for name, goal in [("fastText", 30), ("TF-IDF and logistic regression", 40)]
        for kind in ["tasks", "ads"]
    ],
    *[
        (f"`score`, JSONL to JSONL, {threads} over `wc -w`, {kind}", AT_LEAST, 2,
         [f"process/{kind}/{threads} over wc -w"])
        for threads in ["one thread", "two threads"]
        for kind in ["tasks", "ads"]
    ],
    *[
        (f"two threads over one, {kind}", AT_LEAST, 1.8, [f"process/{kind}/two threads over one"])
        for kind in ["tasks", "ads"]
    ],
    ("peak memory, large input over 10 MB", AT_MOST, 1.1, ["memory/large over 10 MB"]),
    ("peak memory of the large input, MB", AT_MOST, 64, ["memory/peak of the large input"]),
    ("1 million documents after a changed weight, s", AT_MOST, 1, ["shipped/re-score 1M documents"]),
]


def machine():
    """The processor by name, and how many of them."""
    cores, name = 0, platform.processor() or platform.machine()
    info = pathlib.Path("/proc/cpuinfo")
    for line in info.read_text().splitlines() if info.exists() else []:
        if line.startswith("model name"):
            cores, name = cores + 1, line.split(":", 1)[1].strip()
    return f"{name}, {cores or '?'} cores, {platform.system()}"


def shown(value):
    return f"{value:.2g}" if value < 10 else f"{value:.0f}"


def main():
    records = [json.loads(line) for line in pathlib.Path(sys.argv[1]).read_text().splitlines()]
    known = {record["key"]: record for record in records}
    print(f"Measured on: {machine()}. Median of all rounds, in brackets the least and the most.\n")
    print("| ratio | goal | measured | |\n| --- | --- | --- | --- |")
    for question, sense, goal, keys in ROWS:
        found = [known[key] for key in keys if key in known]
        if not found:
            print(f"| {question} | {sense} {goal} | not measured | |")
            continue
        worst = (min if sense == AT_LEAST else max)(found, key=lambda record: record["median"])
        met = worst["median"] >= goal if sense == AT_LEAST else worst["median"] <= goal
        peer = worst["key"].split("over ")[-1] if len(keys) > 1 else ""
        spread = f"{shown(worst['median'])} ({shown(worst['least'])} to {shown(worst['most'])})"
        print(f"| {question} | {sense} {goal} | {spread}{', ' + peer if peer else ''} | {'met' if met else 'missed'} |")


main()
