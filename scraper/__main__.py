"""The `scraper` command, also as `python -m scraper`. Knows only what Ctrl-C means while everything else is loaded."""

import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit status."""
    try:
        from scraper.cli.main import main as command  # noqa: PLC0415 - takes longer than an impatient hand
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    command()


if __name__ == "__main__":
    main()
