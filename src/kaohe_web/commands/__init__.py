"""The platform's verbs on the command line; nothing of Django is loaded before one of them runs."""
