"""Train the weights by which the extractor tells an article's text: `python -m benchmarks.train_body CORPUS`.

CORPUS is a folder with `truth.jsonl` and the pages it names, unpacked. Needs numpy, scipy, scikit-learn and lightgbm,
which the package itself does not. Prints what was learnt in cross-validation by site, then writes the weights.

Four steps, each on the scores that pages get from models which have not seen their site: (1) logistic regressions weigh
the names of elements and the words of passages; (2) trees of at most two splits weigh the features of each passage;
(3) the same with what the first scores say of the surroundings; (4) trees on the same features are merged to tables.
All is done twice: what the first round is sure of labels the pages of which only segments are known, and labels that
it contradicts count little in the second (annotators cut texts short, and leave out boxes or take them at will).
"""

import argparse
import hashlib
import json
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.alignment import shares_in, words_in
from benchmarks.tables import to_tables
from scraper.extractor.metadata.reading import read_metadata
from scraper.extractor.page.document import parse
from scraper.extractor.text import features, secondlook
from scraper.extractor.text.blocks import linearize
from scraper.extractor.text.choice import best_share
from scraper.extractor.text.evidence import Survey, tokens_of
from scraper.extractor.text.features import Hints, Lexicon, Measured, measure
from scraper.extractor.text.passages import Context
from scraper.extractor.text.wording import MOST_WORDS, SHORT, opening_of, words_of
from scraper.urls import registrable_domain

WEIGHTS = Path(features.__file__).with_name("body_weights.json")
FOLDS = 5
PROCESSES = 2
# Names seen on fewer sites than this say more of those sites than of pages; so do words.
NAME_SITES, WORD_SITES, OPENING_SITES = 10, 20, 40
# Labels that the model of the first round is sure of, on pages whose annotators marked only a few segments.
SURE = 0.9
# How much of its weight a label loses that the first round is quite sure is wrong, and how fast that sets in.
MOST_DOUBT, DOUBT_POWER = 0.7, 4
TREES = {"objective": "binary", "num_leaves": 3, "learning_rate": 0.15, "min_data_in_leaf": 60, "lambda_l2": 5.0}
TREES |= {"verbose": -1, "num_threads": 1, "max_bin": 127, "seed": 1, "deterministic": True}
ROUNDS = {"first": 800, "second": 800}

Weights = dict[str, dict[str, float]]


@dataclass
class Sample:
    """One page: its passages, and which are of the article (1), which not (0), which nobody knows (nan)."""

    row: dict
    site: str
    texts: list[str]
    tokens: list[list[str]]
    labels: np.ndarray
    chances: np.ndarray = field(default_factory=lambda: np.zeros(0))
    trust: np.ndarray | float = 1.0

    @property
    def fold(self) -> int:
        return int(hashlib.md5(self.site.encode()).hexdigest(), 16) % FOLDS

    @property
    def is_whole(self) -> bool:
        return bool(self.row["truth"].get("body"))


def read_samples(corpus: Path) -> list[Sample]:
    with (corpus / "truth.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    usable = [row for row in rows if row["truth"].get("body") or row["truth"].get("with_")]
    return _spread_out(partial(_sample, corpus), usable)


def _spread_out(function: Callable, items: Sequence) -> list:
    with ProcessPoolExecutor(PROCESSES) as executor:
        return list(executor.map(function, items, chunksize=max(1, len(items) // 80)))


def _sample(corpus: Path, row: dict) -> Sample:
    passages = linearize(parse((corpus / row["page"]).read_bytes(), row["url"]).root)
    texts = [passage.text for passage in passages]
    truth = row["truth"]
    labels = np.array(shares_in(texts, truth["body"])) >= 0.5 if truth.get("body") else _marked(texts, truth)
    host = urlsplit(row["url"] or "").netloc
    return Sample(
        row=row,
        site=registrable_domain(host) if host else row["id"].split("-")[0],
        texts=texts,
        tokens=[[*_tokens(passage.context)] for passage in passages],
        labels=labels.astype(float),
    )


def _tokens(context: Context | None) -> Iterable[str]:
    while context is not None and context.tag not in {"html", "body"}:
        yield from tokens_of(context.tag, context.evidence.names)
        context = context.parent


def _marked(texts: Sequence[str], truth: dict) -> np.ndarray:
    """Labels of the passages that hold a segment which annotators marked, where only one passage does."""
    labels = np.full(len(texts), np.nan)
    for value, segments in ((1.0, truth["with_"]), (0.0, truth["without"])):
        for segment in segments:
            holding = [index for index, text in enumerate(texts) if squeezed(segment) in squeezed(text)]
            if len(holding) == 1:
                labels[holding] = value
    return labels


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def weights_of(sample: Sample) -> np.ndarray:
    """What a passage counts: somewhat less than its share of the article's characters, by the trust in its label."""
    chars = np.array([len(text) for text in sample.texts], dtype=float)
    article = chars[sample.labels == 1].sum() or 1.0
    return np.where(np.isnan(sample.labels), 0.0, np.minimum(1.0, (chars + 15) / article) ** 0.7 * sample.trust)


def learn_lexicon(samples: Sequence[Sample], fold: int | None) -> Weights:
    others = [sample for sample in samples if sample.fold != fold]
    return {
        "names": _regression(others, lambda sample: sample.tokens, NAME_SITES, 0.03),
        "words": _regression(others, _words_in, WORD_SITES, 0.03),
        "openings": _regression(others, _openings_in, OPENING_SITES, 0.01),
    }


def _words_in(sample: Sample) -> list[Iterable[str]]:
    return [words_of(text)[:MOST_WORDS] if len(text) < SHORT else () for text in sample.texts]


def _openings_in(sample: Sample) -> list[Iterable[str]]:
    return [opening_of(text) if len(text) >= SHORT else () for text in sample.texts]


def _regression(samples: Sequence[Sample], tokens_in: Callable, least_sites: int, strength: float) -> dict[str, float]:
    bags = [tokens_in(sample) for sample in samples]
    sites: dict[str, set[str]] = defaultdict(set)
    for sample, bag in zip(samples, bags, strict=True):
        for token in {token for tokens in bag for token in tokens}:
            sites[token].add(sample.site)
    place = {token: number for number, token in enumerate(sorted(t for t, s in sites.items() if len(s) >= least_sites))}
    indices, pointers, values, labels, weights = [], [0], [], [], []
    for sample, bag in zip(samples, bags, strict=True):
        for tokens, label, weight in zip(bag, sample.labels, weights_of(sample), strict=True):
            if weight > 0 and tokens:
                count = Counter(place[token] for token in tokens if token in place)
                indices.extend(count)
                values.extend(min(times, 4) for times in count.values())
                pointers.append(len(indices))
                labels.append(label == 1)
                weights.append(weight)
    matrix = csr_matrix((values, indices, pointers), shape=(len(labels), len(place)), dtype=np.float32)
    model = LogisticRegression(C=strength, max_iter=60)
    model.fit(matrix, labels, sample_weight=np.array(weights) / np.mean(weights))
    learnt = {token: round(float(model.coef_[0][number]), 2) for token, number in place.items()}
    return {token: weight for token, weight in learnt.items() if abs(weight) >= 0.05}


def columns_of(task: tuple[Path, dict, Weights, np.ndarray | None]) -> tuple[np.ndarray, np.ndarray]:
    """Which passages are weighed, and their features: the first set, or both where first chances are given."""
    corpus, row, weights, chances = task
    lexicon = Lexicon.of(weights)
    doc = parse((corpus / row["page"]).read_bytes(), row["url"])
    metadata = read_metadata(doc)
    hints = Hints(title=metadata.title, summary=metadata.summary, json_ld_body=metadata.json_ld_body)
    measured: Measured = measure(linearize(doc.root, survey=Survey(lexicon.names)), hints, lexicon)
    place = {passage.place: number for number, passage in enumerate(linearize(doc.root))}
    weighed = np.array([place[passage.place] for passage in measured.passages], dtype=int)
    columns = [list(column) for column in measured.columns]
    if chances is not None:
        odds = np.log((chances[weighed] + 1e-9) / (1 - chances[weighed] + 1e-9))
        columns = [*secondlook.look_again(measured, list(odds)), *columns]
    return weighed, np.array(columns, dtype=np.int16).T.reshape(len(weighed), len(columns))


def train(samples: Sequence[Sample], columns: Sequence[tuple], fold: int | None, rounds: int) -> lightgbm.Booster:
    used = [index for index, sample in enumerate(samples) if sample.fold != fold and len(columns[index][0])]
    matrix = np.concatenate([columns[index][1] for index in used])
    labels = np.concatenate([samples[index].labels[columns[index][0]] for index in used])
    weights = np.concatenate([weights_of(samples[index])[columns[index][0]] for index in used])
    known = weights > 0
    data = lightgbm.Dataset(matrix[known], labels[known], weight=weights[known] / weights[known].mean())
    return lightgbm.train(TREES, data, rounds)


def cross_validate(samples: Sequence[Sample], columns: Sequence[tuple], rounds: int) -> None:
    """Set every sample's chances from a model that has not seen its site."""
    for fold in range(FOLDS):
        model = train(samples, columns, fold, rounds)
        for sample, (weighed, matrix) in zip(samples, columns, strict=True):
            if sample.fold == fold:
                sample.chances = np.zeros(len(sample.texts))
                if len(weighed):
                    sample.chances[weighed] = model.predict(matrix)


def report(name: str, samples: Sequence[Sample]) -> None:
    scores: dict[str, list[float]] = defaultdict(list)
    segments = Counter()
    for sample in samples:
        kept, _ = best_share(list(sample.chances), [len(text) for text in sample.texts])
        text = "\n".join(text for text, keep in zip(sample.texts, kept, strict=True) if keep)
        truth = sample.row["truth"]
        if sample.is_whole:
            scores[sample.row["dataset"]].append(bag_f1(text, truth["body"]))
        else:
            flat = squeezed(text)
            segments["found"] += sum(squeezed(segment) in flat for segment in truth["with_"])
            segments["wanted"] += len(truth["with_"])
            segments["unwanted"] += sum(squeezed(segment) in flat for segment in truth["without"])
    lines = {dataset: f"{statistics.fmean(values):.4f}" for dataset, values in scores.items()}
    share = 2 * segments["found"] / max(1, segments["found"] + segments["unwanted"] + segments["wanted"])
    print(f"{name:16} word F1 {lines}, segment F1 {share:.4f}", flush=True)


def bag_f1(given: str, truth: str) -> float:
    a, b = Counter(words_in(given)), Counter(words_in(truth))
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def learn(corpus: Path, samples: list[Sample], name: str) -> dict:
    """One whole round; the chances of the last step stay with the samples."""
    folds = [*range(FOLDS), None]
    lexicons = dict(zip(folds, _spread_out(partial(learn_lexicon, samples), folds), strict=True))
    tasks = [(corpus, sample.row, lexicons[sample.fold], None) for sample in samples]
    first = _spread_out(columns_of, tasks)
    cross_validate(samples, first, ROUNDS["first"])
    report(f"{name}, first", samples)
    tasks = [(corpus, sample.row, lexicons[sample.fold], sample.chances) for sample in samples]
    second = _spread_out(columns_of, tasks)
    cross_validate(samples, second, ROUNDS["second"])
    report(f"{name}, second", samples)
    both = (*secondlook.FEATURES, *features.FEATURES)
    return {
        "first": to_tables(train(samples, first, None, ROUNDS["first"]), features.FEATURES),
        "second": to_tables(train(samples, second, None, ROUNDS["second"]), both),
        **lexicons[None],
    }


def revise_labels(samples: Iterable[Sample]) -> None:
    """Take the chances of the first round for what is not labelled, where they are sure, and doubt what they deny."""
    for sample in samples:
        unknown = np.isnan(sample.labels)
        sample.labels[unknown & (sample.chances > SURE)] = 1.0
        sample.labels[unknown & (sample.chances < 1 - SURE)] = 0.0
        denied = np.abs(np.nan_to_num(sample.labels, nan=0.5) - sample.chances)
        sample.trust = 1 - MOST_DOUBT * denied**DOUBT_POWER


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--version", required=True, help="version of the weights, for instance 2026.11")
    args = parser.parse_args()
    samples = read_samples(args.corpus)
    learn(args.corpus, samples, "round 1")
    revise_labels(samples)
    learnt = learn(args.corpus, samples, "round 2")
    WEIGHTS.write_text(as_text({"version": args.version, **learnt}), "utf-8")


def as_text(learnt: dict) -> str:
    """JSON with a line for each table and name, so that two versions can be compared."""
    text = json.dumps(learnt, ensure_ascii=False, indent=0, sort_keys=False)
    return re.sub(r"\[[^\[\]{}]*\]", lambda match: re.sub(r"\s+", " ", match[0]), text) + "\n"


if __name__ == "__main__":
    main()
