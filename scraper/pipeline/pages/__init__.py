"""From pages to records: fetched or saved ones, here or in other processes; articles in several pages."""
