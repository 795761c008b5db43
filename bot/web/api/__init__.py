"""For other programs: the HTTP interface below /api, its documentation, and the tools over MCP."""
