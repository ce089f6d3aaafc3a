"""The API for the systems that a district already has: JSON, bearer tokens, one branch a token."""
