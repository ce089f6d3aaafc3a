"""Lists of people as communities keep them, and finding one person among many. Pure: bytes in, values out.

`sheets` reads files, `headers` finds the columns, `rows` makes a draft of a person out of each row and names
what is wrong with it; `handback` writes the wrong rows for whoever has to correct them. `pinyin` and `index`
find people. What is stored, and who is already there, is the journal's affair.
"""
