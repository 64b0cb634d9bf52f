"""Where something stands on a page, as a rule says it: CSS or XPath, checked when it is read.

Applying a selector to a page is the extractor's work.
"""

import re
from dataclasses import dataclass

from cssselect import HTMLTranslator, SelectorError

_ATTRIBUTE = re.compile(r"@([A-Za-z_][\w:.-]*)\s*$")
_TRANSLATOR = HTMLTranslator()
_XPATH = "xpath:"
_LONGEST_XPATH = 2_000
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_CALL = re.compile(r"([A-Za-z_][\w.:-]*)\s*\(")
# The core library (XPath 1.0, section 4), and what looks like a call: node tests and operators before a bracket.
_XPATH_FUNCTIONS = frozenset(
    (
        "last position count id local-name namespace-uri name string concat starts-with contains substring-before "
        "substring-after substring string-length normalize-space translate boolean not true false lang number sum "
        "floor ceiling round node text comment processing-instruction and or div mod"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Selector:
    """Where to look: CSS (Selectors level 3), and which attribute to read (None: the text of the element).

    `xpath` says the same to an XPath 1.0 engine: the context node itself and what is below it. A selector that was
    written as XPath has no `css`; it may give texts as well as elements.
    """

    css: str
    attribute: str | None
    xpath: str

    def __str__(self) -> str:
        if not self.css:
            return f"{_XPATH}{self.xpath}"
        return f"{self.css}@{self.attribute}" if self.attribute else self.css


def parse_selector(text: str) -> Selector:
    """Read `css`, `css@attribute`, or XPath 1.0 behind the word ``xpath:``.

    Raises ValueError with a message for people where the CSS is none, or picks nothing that XPath 1.0 could find.
    """
    if text.startswith(_XPATH):
        return parse_xpath(text.removeprefix(_XPATH).strip())
    found = _ATTRIBUTE.search(text)
    css = (text[: found.start()] if found else text).strip() or "*"
    try:
        xpath = _TRANSLATOR.css_to_xpath(css)
    except SelectorError as error:
        raise ValueError(f"not a CSS selector: {css!r} ({error})") from error
    return Selector(css=css, attribute=found[1].lower() if found else None, xpath=xpath)


def parse_xpath(expression: str) -> Selector:
    """Read XPath 1.0. Raises ValueError where it is none, or calls what XPath 1.0 itself does not have.

    XPath alone opens no file: `document()` belongs to XSLT. Regular expressions (EXSLT) are refused too, for one of
    them can take for ever on a page made for it.
    """
    # Most commands need no rule written as XPath, and every one of them would take the time to load lxml.
    from lxml import etree  # noqa: PLC0415

    if len(expression) > _LONGEST_XPATH:
        raise ValueError(f"an XPath of more than {_LONGEST_XPATH} characters")
    try:
        # To call an unknown function is an error only where it is evaluated, and then on an element that is there.
        etree.XPath(expression, regexp=False)
        for call in _CALL.findall(_LITERAL.sub("''", expression)):
            if call not in _XPATH_FUNCTIONS:
                raise ValueError(f"XPath has no function {call}(): {expression!r}")
        etree.XPath(expression, regexp=False)(etree.Element("html"))
    except etree.XPathError as error:
        raise ValueError(f"not an XPath: {expression!r} ({error})") from error
    return Selector(css="", attribute=None, xpath=expression)
