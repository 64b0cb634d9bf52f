"""The version, in one place: packaging, the User-Agent, records and runs read it here."""

VERSION = "0.1.0"
