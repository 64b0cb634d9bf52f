"""The settings of hosts with the request headers that site rules ask for, where the user allows them. Sends nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from scraper.rules.site_rules import SiteRule
from scraper.settings import Config, HostSettings

# These steer the connection or the way of the answer: no rule has a say in them.
_STEERING = frozenset(
    (
        "host connection content-length transfer-encoding te upgrade expect range accept-encoding if-none-match "
        "if-modified-since proxy-authorization"
    ).split()
)


def hosts_of(config: Config) -> Mapping[str, HostSettings]:
    """The hosts of the settings; each also with what its rules ask for, where `send_rule_headers` says so."""
    asking = tuple(rule for rule in config.sites if rule.headers)
    return _Hosts(config.hosts, asking) if asking and config.crawl.send_rule_headers else config.hosts


class _Hosts(Mapping[str, HostSettings]):
    """What the settings say of a host wins over its rules, an earlier rule over a later one."""

    def __init__(self, stated: Mapping[str, HostSettings], rules: tuple[SiteRule, ...]) -> None:
        self._stated = stated
        self._rules = rules

    def __getitem__(self, host: str) -> HostSettings:
        asked = self._asked(host)
        if not asked:
            return self._stated[host]
        settings = self._stated.get(host, HostSettings())
        user_agent = settings.user_agent or asked.pop("user-agent", None)
        stated = {name.lower() for name in settings.headers}
        headers = {name: value for name, value in asked.items() if name not in stated and name != "user-agent"}
        return replace(settings, user_agent=user_agent, headers=headers | dict(settings.headers))

    def __iter__(self) -> Iterator[str]:
        return iter(self._stated)

    def __len__(self) -> int:
        return len(self._stated)

    def _asked(self, host: str) -> dict[str, str]:
        """The headers wanted for `host`, by their names in lower case."""
        asked: dict[str, str] = {}
        for rule in self._rules:
            if rule.is_for_host(host):
                for name, value in rule.headers.items():
                    if name.lower() not in _STEERING:
                        asked.setdefault(name.lower(), value)
        return asked
