"""What people tell the clinic and what is to be sent to them: three small stores, each with a life of its own.

`inbox` (reports, calls asked for, follow-ups, codes of lists; backed up), `queue` (texts that wait; never backed up, so
that a restore sends nothing again) and `opt_outs` (who said STOP; never lost, merged by a restore). Import the module
that is needed (`from directory.inbox import followups`): none of them is loaded here.
"""
