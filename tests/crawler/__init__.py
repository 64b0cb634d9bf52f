"""Tests of the network room, against a loopback server that misbehaves on purpose."""
