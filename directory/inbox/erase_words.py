"""Whether somebody wants all gone that is held of them, in words of their own: "borre todo lo que sabe de mi"."""

from __future__ import annotations

import re

from directory.folding import unaccented

__all__ = ["asks_how", "wanted"]

_MOST_WORDS = 22
"""A longer message tells a story."""

_ALONE = frozenset(
    {"erase", "delete", "borrar", "borre", "borra", "erase it", "erase this", "delete this", "borre esto"}
)
_THINGS = r"(?:info\w*|data|messages?|msgs?|texts?|txts?|chats?|conversations?|convo|history|answers|personal \w+)"
_MINE = rf"(?:all )?(?:of )?(?:my|our) (?:\w+ )?{_THINGS}"
_THIS = (
    r"(?:all |all of )?(?:the|this|that|these|those|our) (?:whole )?(?:chat|conversation|convo|talk"
    r"|thread|messages|texts)"
)
_HELD = (
    r"(?:everything|all|anything|whatever|what|the things|the stuff|stuff|things|info\w*"
    r"|data)(?: that)? (?:(?:of|about|on) "
    r"(?:me|us)\b|(?:you|u|yall|you guys) (?:all )?(?:know|knows|have|has|got|kept|keep|hold|saved|stored))"
)
_SAID = (
    r"(?:everything|all|what|whatever|the things|the stuff)(?: that)? (?:i|we) (?:just |have "
    r"|had )?(?:said|say|told|wrote|texted|typed|sent|shared|put)"
)
_ALL = r"(?:it all|all of it|all of this|all this|everything)(?= please| pls| now|$| from)"
_NUMBER = r"(?:my|this) (?:\w+ )?(?:number|phone|cell|name|account|profile)(?! (?:bill|plan|service))"
_ENGLISH = (
    rf"\b(?:delete|delet|dlete|erase|erace|wipe)(?: out)? (?:{_MINE}|{_THIS}|{_HELD}|{_SAID}|{_ALL}"
    rf"|{_NUMBER}|me(?= please| pls| now|$| from (?:your|the|this|here)))"
    rf"|\b(?:remove|clear|get rid of|destroy|trash|throw (?:away|out)|forget) (?:about )?(?:{_MINE}|{_HELD}|{_SAID})"
    r"|\bforget (?:my (?:phone )?number|me|about me)(?= please| pls| now|$)"
)
_COSAS = (
    r"(?:datos|informacion|info|mensajes?|msjs?|textos|platicas?|conversacion|conversaciones|chats?"
    r"|historial|respuestas|cosas)"
)
_MIS = rf"(?:todos? |todas? )?(?:mis?|los|las?|el|esta|estas|este|estos|esa|ese|esos|nuestra) {_COSAS}"
_SABE = r"(?:todo )?lo (?:que|q|k|ke) (?:usted |ustedes |ud |ya )?(?:me |se )?(?:sab\w+|tien\w+|teng\w+|guard\w+)"
_DIJE = (
    r"(?:todo )?lo (?:que|q|k|ke) (?:yo )?(?:le |les |te |ya )*(?:he )?(?:dij\w+|dich\w+|escrib\w+"
    r"|cont\w+|mand\w+|pus\w+|platiq\w+)"
)
_TODO = (
    r"(?:ya )?todo(?: lo mio| lo nuestro| esto| eso| lo de mi| de mi| sobre mi| lo)?(?= por| porfa| ya"
    r"| gracias| de mi|$)"
)
_NUMERO = r"(?:mi|este) (?:numero|telefono|cel|celular|nombre)"
_LO_MIO = r"(?:todo )?lo mio"
_SPANISH = (
    r"\b(?:borr|elimin|suprim)(?:a|e|en|ar|es|ir|an?me|enme)(?:me|nos|lo|los|la|melo|melos)? (?:ya "
    r"|por favor |porfa )?"
    rf"(?:{_MIS}|{_SABE}|{_DIJE}|{_TODO}|{_NUMERO}|{_LO_MIO})"
    r"|\b(?:borr|elimin)(?:eme|enme|ame)\b(?! (?:del?|de la) (?:la )?(?:lista|grupo))"
    r"|\bque (?:ya )?me (?:borr|elimin)en?\b"
    rf"|\bolvid(?:e|en|a|ar|ese|ense|ate)(?: de)? (?:ya )?(?:{_DIJE}|(?:todo )?lo (?:que|q|k|ke) sab\w+"
    rf"|mi (?:numero|nombre)|mis datos)"
    rf"|\b(?:quit|sac|limpi)(?:e|en|ar|uen|uemos) (?:{_MIS}|{_SABE}|{_DIJE})"
)
_WANTS = re.compile(f"(?:{_ENGLISH}|{_SPANISH})")
_NOT_SO = re.compile(
    r"\b(?:did|do|does|will|would|they|he|she|who|why|when|if|never|not|dont|didnt|wont|cant|until"
    r"|before)(?: \w+){0,3} ?$"
    r"|\b(?:no|nunca|se|ellos|ella|quien|cuando|ustedes|usted)(?: me| le| lo)? ?$"
)
"""What stands before it where it is no wish: "do you delete my info", "no borre mis datos"."""
_HOW = re.compile(
    r"\b(?:how (?:do|can|could|would|to|should)|como (?:le hago|puedo|podria|hago|se|le))\b(?: \w+){0,3} "
    r"(?:delete|erase|wipe|remove|clear|borrar|borra|borro|eliminar|elimino|quitar|quito) "
    rf"(?:{_MINE}|{_THIS}|{_HELD}|{_SAID}|{_ALL}|{_NUMBER}|this|{_MIS}|{_SABE}|{_DIJE}|{_TODO}|{_NUMERO}"
    rf"|{_LO_MIO}|esto)"
    r"|\bcomo (?:borro|elimino) (?:todo|mis?|lo|esto)\b"
)


def wanted(text: str) -> bool:
    """Whether a message asks that what is held of somebody be erased; a question about it asks for nothing."""
    said = _flat(text)
    if said.count(" ") >= _MOST_WORDS or _HOW.search(said):
        return False
    return said in _ALONE or any(not _NOT_SO.search(said[: found.start()]) for found in _WANTS.finditer(said))


def asks_how(text: str) -> bool:
    """Whether a message asks how it is done."""
    return _HOW.search(_flat(text)) is not None


def _flat(text: str) -> str:
    """The words alone, folded; "don't" as "dont"."""
    return " ".join(re.findall(r"\w+", unaccented(re.sub(r"['’`´]", "", text.casefold()))))
