"""config show: what is in force, and nothing that is secret."""

from tests.conftest import Workplace


def test_of_a_webhook_only_its_host_is_shown(workplace: Workplace) -> None:
    settings = '[notify]\nwebhook = "https://user:s3cret@hooks.example/s3cret?key=s3cret"\n'
    (workplace.folder / "config.toml").write_text(settings)

    shown = workplace.run("config", "show").stdout.decode()

    assert 'webhook = "https://hooks.example/…"' in shown
    assert "s3cret" not in shown
    assert b"s3cret" not in workplace.run("config", "show", "--json").stdout
