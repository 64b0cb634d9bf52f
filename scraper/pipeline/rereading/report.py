"""What reading stored pages again came to: articles by outcome, and each field with examples. Prints nothing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from scraper.archiver.rereading.changes import Difference
from scraper.pipeline.rereading.reading import Reread

EXAMPLES: Final = 3
"""Examples kept of each difference of each field."""

_REFUSALS = 20


@dataclass(slots=True)
class FieldReport:
    """How often one field was gained, lost and changed, with the first examples of each."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class RereadReport:
    """`counts`: articles the same, changed, refused (what is archived stays), passed over, without a stored page."""

    counts: Counter[str] = field(default_factory=Counter)
    fields: dict[str, FieldReport] = field(default_factory=dict)
    refusals: list[dict[str, Any]] = field(default_factory=list)

    def add(self, result: Reread) -> None:
        """Count one result."""
        self.counts[_outcome(result)] += 1
        if result.refusal is not None and len(self.refusals) < _REFUSALS:
            said = {"id": result.id, "url": result.url, "reason": str(result.refusal), "message": result.message}
            self.refusals.append(said)
        for change in result.changes:
            found = self.fields.setdefault(change.field, FieldReport())
            found.counts[change.difference.value] += 1
            if found.counts[change.difference.value] <= EXAMPLES:
                found.examples.append(
                    {
                        "id": result.id,
                        "url": result.url,
                        "difference": change.difference.value,
                        "before": change.before,
                        "after": change.after,
                    }
                )

    @property
    def articles(self) -> int:
        return self.counts.total()

    def as_data(self) -> dict[str, Any]:
        """The report as plain data, which :meth:`from_data` reads back."""
        fields = {
            name: {**{kind.value: found.counts[kind.value] for kind in Difference}, "examples": found.examples}
            for name, found in sorted(self.fields.items())
        }
        return {"articles": {name: self.counts[name] for name in OUTCOMES}, "fields": fields, "refused": self.refusals}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """What an earlier run, which was interrupted, had come to."""
        return cls(
            counts=Counter(data.get("articles", {})),
            fields={
                name: FieldReport(
                    counts=Counter({kind.value: found[kind.value] for kind in Difference}),
                    examples=list(found["examples"]),
                )
                for name, found in data.get("fields", {}).items()
            },
            refusals=list(data.get("refused", [])),
        )


OUTCOMES: Final = ("changed", "same", "refused", "passed_over", "without_page")
"""What can become of an article."""


def _outcome(result: Reread) -> str:
    if result.refusal is not None:
        return "refused"
    if result.article is None:
        return "passed_over" if result.has_page else "without_page"
    return "changed" if result.changes else "same"
