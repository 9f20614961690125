"""Claims: the transactional step, and what is asked of them: views, letters, replays, dates that move."""
