"""The invented Latin that fills a place: blurred, it stands where a page holds back the rest of an article."""

from collections.abc import Sequence

from scraper.extractor.text.passages import Passage

# Of the words that fillers are made of those that no other language shares, Latin's commonest aside.
_WORDS = frozenset(
    """
    accusamus accusantium adipisci adipiscing adipisicing aliquam aliquid architecto asperiores aspernatur assumenda
    atque beatae blanditiis commodi consectetur consequatur consequuntur corporis corrupti culpa cumque cupiditate
    debitis delectus deleniti deserunt dicta dignissimos distinctio dolor dolore dolorem doloremque dolores doloribus
    dolorum ducimus eaque earum eius eiusmod eligendi elit eos error esse eveniet excepturi exercitationem expedita
    explicabo facere facilis fuga fugiat fugit harum illum impedit incididunt inventore ipsa ipsam ipsum itaque iure
    iusto labore laboriosam laborum laudantium lorem magnam magni maiores maxime minima minus modi molestiae molestias
    mollitia natus necessitatibus nemo nesciunt nihil nobis nostrum nulla numquam obcaecati occaecati odio odit officia
    officiis omnis optio pariatur perferendis perspiciatis placeat porro possimus praesentium provident quae quaerat
    quas quasi quia quibusdam quidem quisquam quod quos ratione recusandae reiciendis rem repellat repellendus
    reprehenderit repudiandae rerum saepe sapiente sequi similique sint soluta sunt suscipit tempora tempore tempor
    temporibus tenetur totam ullam unde vel velit veniam veritatis vero vitae voluptas voluptate voluptatem voluptates
    voluptatibus voluptatum
    """.split()
)
# Hardly a filler has none of these; a text without any is not looked at word by word.
_TELLING = ("dolor", "voluptat")
_LEAST_WORDS = 8
_LEAST_SHARE = 0.4
_OPENING = 300
# Characters. With less beside them the page shows what a layout looks like.
_LEAST_TEXT = 200


def without_fillers(passages: Sequence[Passage]) -> Sequence[Passage]:
    """The passages without such; all of them where they are the text."""
    together = "\n".join([passage.text for passage in passages])
    if not any(map(together.__contains__, _TELLING)):
        return passages
    rest = [passage for passage in passages if not _is_filler(passage.text)]
    return rest if sum([len(passage.text) for passage in rest]) >= _LEAST_TEXT else passages


def _is_filler(text: str) -> bool:
    words = [word.strip(".,;:?!") for word in text[:_OPENING].lower().split()]
    return len(words) >= _LEAST_WORDS and sum(map(_WORDS.__contains__, words)) >= _LEAST_SHARE * len(words)
