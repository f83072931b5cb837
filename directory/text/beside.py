"""Whether the list's own words on hours say more than the week that was read in them: "or by appointment"."""

from __future__ import annotations

import re

__all__ = ["says_more"]


def says_more(hours_text: str) -> bool:
    """Whether any word is there that a week of days and times does not hold."""
    return any(word not in _WEEK for word in re.findall(r"[^\W\d_]+", hours_text.casefold()))


# Words that a week says as well, in English and Spanish, with what stands between days and times.
_WEEK_WORDS = """
    monday mondays mon mo m tuesday tuesdays tues tue tu t wednesday wednesdays weds wed we w thursday thursdays
    thurs thur thu th friday fridays fri fr f saturday saturdays sat sa sunday sundays sun su s lunes lun martes
    mar miércoles miercoles mié mie jueves jue viernes vie sábado sabado sábados sabados sáb sab domingo
    domingos dom l mi j v d daily day days each every week weekday weekdays weekend weekends all am a pm p o
    clock noon midnight to thru through until till from at and or on the hour hours hrs hr h open opens close
    closes closed facility office business lunch for both except de del desde hasta las la los el y e todos toda todo
    día dia días dias diario diariamente cada semana fin fines hora horas horario abierto abierta abrimos cerrado
    cerrada mediodía mediodia medianoche mañana tarde noche almuerzo comida excepto
"""
_WEEK = frozenset(_WEEK_WORDS.split())
