"""Pictures with caption and credit apart."""
