"""The platform: a season of assessment in the browser, from a draft scheme to locked figures."""
