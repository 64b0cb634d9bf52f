"""Commands about rules for sites: listed, put to the test, proposed."""
