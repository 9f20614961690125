"""What a process makes sure of before it works on a database: schema, world, limits, waiting."""
