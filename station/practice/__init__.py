"""Practice: thirty scripted people, who comes when, and what their passages say about the learner. Pure."""
