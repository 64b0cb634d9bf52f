"""HTTP: one request at a time, through a guard on addresses, read within limits."""
