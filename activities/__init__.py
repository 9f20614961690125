"""What touches the world: one class per outside party, and the step that records what was learnt."""
