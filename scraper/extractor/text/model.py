"""What was learnt of articles' text, as it is shipped: the weights of names and words, and the tables of both looks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from scraper.extractor.text.features import Lexicon
from scraper.extractor.text.scorer import Scorer, Table


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learnt: weights of names and words, and the tables of both looks."""

    version: str
    lexicon: Lexicon
    first: Scorer
    second: Scorer


@lru_cache(maxsize=1)
def load_model() -> Model:
    data = json.loads(files("scraper.extractor.text").joinpath("body_weights.json").read_text("utf-8"))
    return Model(
        version=data["version"],
        lexicon=Lexicon.of(data),
        first=_scorer(data["first"]),
        second=_scorer(data["second"]),
    )


def _scorer(data: Mapping[str, Any]) -> Scorer:
    tables = [
        Table(tuple(table["of"]), tuple(tuple(bounds) for bounds in table["bounds"]), tuple(table["entries"]))
        for table in data["tables"]
    ]
    return Scorer(data["features"], data["bias"], tables)
