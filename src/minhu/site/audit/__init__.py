"""The record on screen: who did what to which thing, when, and whether the chain still holds."""
