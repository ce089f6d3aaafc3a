"""What the commands of `center` do: one module a group."""
