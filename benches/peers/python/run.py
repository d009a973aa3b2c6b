"""Python peers, in turns with `outsort-peers serve`: spaCy's PhraseMatcher, fastText, TF-IDF with logistic regression.

PhraseMatcher answers the question that `outsort` answers, and its answers are compared first. The two classifiers,
trained on the labels of corpus/tasks.jsonl, answer another one (a label without reasons), so they race against whole
judgments and only their accuracy on the corpus's held-out texts is shown.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parents[2] / "corpus" / "tasks.jsonl"
sys.path.append(str(HERE.parents[1]))
from results import Results  # noqa: E402
# spaCy's tokenizer reads units ("5k") and the like in its own way; more than this share of texts is a mistake.
MAY_DIFFER = 0.002


class Turns:
    """`outsort` in its own process: one turn at a time."""

    def __init__(self, server, kind, quick):
        command = [server, "serve", kind] + (["--quick"] if quick else [])
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def take(self, job):
        self.process.stdin.write(job + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def race(name, work, texts, batch, job, turns, results, key, quick):
    """Alternates turns of `work` on batches of texts with turns of outsort."""
    rounds, span = (5, 0.1) if quick else (21, 0.25)
    speeds, ratios = [], []
    at = 0
    for turn in range(rounds + 1):
        ours = turns.take(job)
        size, start = 0, time.perf_counter()
        while True:
            some = texts[at : at + batch]
            work(some)
            size += sum(map(len, some))
            at = at + batch if at + batch < len(texts) else 0
            took = time.perf_counter() - start
            if took >= span:
                break
        if turn:
            speeds.append(size / took / 1e6)
            ratios.append(ours / speeds[-1])
    results.note(f"{key}/{name}", "MB/s", speeds)
    results.note(f"{key}/over {name}", "x", ratios)


def phrase_matcher(data):
    """spaCy's matcher of token sequences, on lower-case forms."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    # Contractions without apostrophes ("id", "cannot"): outsort reads one word, and plain texts have no others.
    nlp.tokenizer.rules = {}
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    phrases = {}
    for line in (data / "phrases.tsv").read_text().splitlines():
        rule, phrase = line.split("\t")
        phrases.setdefault(int(rule), []).append(nlp.make_doc(phrase))
    names = {}
    for rule, docs in phrases.items():
        matcher.add(str(rule), docs)
        names[nlp.vocab.strings[str(rule)]] = rule

    def rules_in(text):
        return {names[found[0]] for found in matcher(nlp.make_doc(text))}

    return rules_in


def agree(rules_in, texts, answers):
    count = min(len(texts), 5000)
    wrong = [i for i in range(count) if rules_in(texts[i]) != set(json.loads(answers[i]))]
    print(f"  spaCy PhraseMatcher agrees on {count - len(wrong)} of {count} texts", flush=True)
    for i in wrong[:3]:
        print("    differs:", sorted(rules_in(texts[i]) ^ set(json.loads(answers[i]))), texts[i][:200])
    if len(wrong) > count * MAY_DIFFER:
        sys.exit("error: spaCy's answers differ too often to compare times")


def classifiers():
    """Name, predictor of a batch, accuracy on the held-out functions."""
    records = [json.loads(line) for line in CORPUS.read_text().splitlines()]
    train = [r for r in records if r["split"] != "test"]
    test = [r for r in records if r["split"] == "test"]
    # First: scikit-learn is the heavier one to import.
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(max_iter=2000, C=10)
    )
    model.fit([r["text"] for r in train], [r["label"] for r in train])
    right = sum(p == r["label"] for p, r in zip(model.predict([r["text"] for r in test]), test))
    yield "TF-IDF and logistic regression", model.predict, right / len(test)

    try:
        import fasttext
    except ImportError:
        print("  fastText is not installed: left out", flush=True)
        return
    plain = lambda text: re.sub(r"[^a-z0-9]+", " ", text.lower())
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(f"__label__{r['label']} {plain(r['text'])}\n" for r in train)
        file.flush()
        model = fasttext.train_supervised(file.name, epoch=40, lr=0.5, wordNgrams=2, dim=50, thread=1, verbose=0)
    # Straight to the library: its Python wrapper needs an older numpy.
    def predict(texts):
        return [model.f.predict(plain(text) + "\n", 1, 0.0, "strict")[0][1] for text in texts]

    right = sum(p == "__label__" + r["label"] for p, r in zip(predict([r["text"] for r in test]), test))
    yield "fastText", predict, right / len(test)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder that `outsort-peers write` filled")
    parser.add_argument("--server", required=True, help="the program `outsort-peers`")
    parser.add_argument("--json", help="append the figures as JSON lines")
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    results = Results(args.json)
    predictors = list(classifiers())
    for name, _, accuracy in predictors:
        results.note(f"python/accuracy of {name}, four labels", "", [accuracy])
    for kind in ["tasks", "ads"]:
        print(kind, flush=True)
        texts = [json.loads(line)["text"] for line in (args.data / f"{kind}.jsonl").open()]
        answers = (args.data / f"{kind}.rules").read_text().splitlines()
        turns = Turns(args.server, kind, args.quick)
        rules_in = phrase_matcher(args.data)
        agree(rules_in, texts, answers)
        each = lambda some: [rules_in(text) for text in some]
        race("spaCy PhraseMatcher", each, texts, 16, "match", turns, results, f"python/{kind}", args.quick)
        for name, predict, _ in predictors:
            race(name, predict, texts, 256, "judge", turns, results, f"python/{kind}", args.quick)
        turns.close()


main()
