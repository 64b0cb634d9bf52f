"""Click commands, in folders by what a person does: the only code that prints."""
