"""python -m scraper"""

from scraper.cli.main import main

main()
