"""Puente's directory of community partners: importable alone, without Rasa and without a screen."""
