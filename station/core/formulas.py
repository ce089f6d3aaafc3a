"""Text in tables that a spreadsheet would calculate. Pure."""

# OWASP, "CSV injection". Excel and WPS in China also calculate what begins with the wide signs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
