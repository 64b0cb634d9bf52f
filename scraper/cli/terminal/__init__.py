"""What commands share: their options, the terminal they speak to, the files they write, the signals they heed."""
