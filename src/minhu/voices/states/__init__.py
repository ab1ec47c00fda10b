"""The lives of what people say, and the plain values deeds are asked in."""
