"""Room people: organisations, posts, users, roles and who may do what."""
