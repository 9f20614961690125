"""Letters by e-mail: rendered when sent, at least once, with a stable Message-ID."""
