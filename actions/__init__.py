"""What the assistant does, one file for each goal of a person; an ordinary rasa-sdk package.

An action reads slots, calls one function of `directory`, utters, and returns events. It knows neither Rasa nor any
screen: it runs inside the assistant's process or as a server of its own (`rasa run actions`), and does the same there.
"""

from __future__ import annotations

__all__: list[str] = []
