"""fetch: what people type."""

from tests.conftest import Workplace


def test_an_address_may_be_typed_without_its_scheme(workplace: Workplace) -> None:
    """As people copy it; what is no address of any kind stays wrong usage."""
    told = workplace.run("fetch", "nowhere.invalid/a-story")

    assert told.returncode == 1
    assert told.stderr.startswith(b"https://nowhere.invalid/a-story: dns: ")
