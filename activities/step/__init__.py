"""The step as an activity: records what came in, answers what is to be done, in the words of the UI."""
