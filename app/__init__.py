"""Plainspeak: text moderation on one machine that reads what people meant."""
