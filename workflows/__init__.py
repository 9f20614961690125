"""How time passes: workflows wait and call; they hold no law, no amounts, no clock."""
