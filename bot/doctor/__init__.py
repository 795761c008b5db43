"""`python -m bot doctor`: what stands in the way of the bot on this machine, looked at without changing anything."""
