"""SNAP BI (Standar Nasional Open API Pembayaran): the wire to the bank that pays benefits.

`client` asks and sends, `exchange` makes one HTTP exchange and knows whether a byte left, `answers` says what
an answer means, `statement` reads the account statement, `access_token` keeps the token, `signing` signs,
`profile` holds what differs by bank.
Nothing here stores anything. Sources: PADG 23/15/PADG/2021, ASPI's developer site, read in June 2025.
"""
