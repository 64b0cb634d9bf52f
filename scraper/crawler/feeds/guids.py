"""GUIDs kept as they are written: feedparser makes a URL of whatever stands in a `guid` that may be a link. Pure."""

import re

from lxml import etree

_ADDRESS = re.compile(r"\s*(?:https?://|//|/|\?)\S+\s*")


def keep_guids(entry: etree._Element) -> None:
    """Say of every `guid` of an RSS item that it is no link, and write the link beside it where it is the only one.

    A GUID is a permalink unless `isPermaLink` says false (RSS 2.0), but many that say nothing are mere numbers.
    """
    guid = next((child for child in entry if etree.QName(child).localname == "guid"), None)
    if guid is None:
        return
    is_link = guid.attrib.pop("isPermaLink", "true").strip().lower() != "false"
    guid.set("isPermaLink", "false")
    has_link = any(_is_link(child) for child in entry)
    if is_link and not has_link and _ADDRESS.fullmatch(guid.text or ""):
        etree.SubElement(entry, guid.tag.replace("guid", "link")).text = guid.text


def _is_link(field: etree._Element) -> bool:
    if etree.QName(field).localname != "link":
        return False
    return bool((field.text or "").strip()) or (
        field.get("rel", "alternate") == "alternate" and bool(field.get("href"))
    )
