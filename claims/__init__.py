"""A claim of job-loss insurance (Jaminan Kehilangan Pekerjaan), decided: pure code on the values of `law`.

A layoff is reported and becomes the first event of a claim. The laid-off participant files; the
contribution record is compared with the conditions of PP 37/2021 Pasal 19 and 20. Month 1 is owed at once,
months 2 to 6 when their conditions are met and applied for inside their window. `next_step` names at every
moment the responsible party, until when and by which article. Nothing here reads a clock, draws a random
number, or talks to anybody: time, calendar and identities come in as data, events go out.
"""
