"""What kind of page this is: an article, or one of the things that answer 200 and are none. Precision first."""

from scraper.extractor.body import Body
from scraper.extractor.document import Document
from scraper.extractor.metadata import Metadata
from scraper.records import PageKind


def page_kind(doc: Document, metadata: Metadata, body: Body) -> PageKind:
    """ARTICLE unless the page says, or plainly shows, that it is something else."""
    return PageKind.ARTICLE
