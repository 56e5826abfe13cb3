"""The HTTP door: thin routes that parse, call one service and render."""
