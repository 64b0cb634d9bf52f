"""Care of an archive: checked, backed up, restored, made smaller; articles deleted for good."""
