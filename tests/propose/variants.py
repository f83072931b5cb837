"""A dozen invented headers, each with what its columns are; `ask` is left to a person, `-` is not used.

The cells under a heading are drawn by what the column is, so that name and content agree unless a case says otherwise.
"""

from __future__ import annotations

CELLS = {
    "organization": ("Maple Kite Center", "Otter Loom Pantry", "Bluejay Hands", "Sol y Pan", "Heron House", "Amber"),
    "name": ("Modesto site", "Turlock site", "Ceres site", "Modesto office", "Turlock office", "Ceres office"),
    "dba": ("Maple Kite", "Otter Loom", "Bluejay", "Sol", "Heron", "Amber"),
    "programs": ("Recuperative Care", "Asthma Remediation", "Food bank", "CalFresh", "ECM", "Respite Services"),
    "plans": ("Health Net", "Kaiser", "HPSJ", "Health Net", "Kaiser", "Anthem"),
    "counties": ("Stanislaus", "Merced County", "Stanislaus, Merced", "Fresno", "All counties", "San Joaquin"),
    "address_1": ("12 Kite Row", "PO Box 12", "340 Elm St", "7 Sol Way Suite 2", "99 Heron Ct", "1 Amber Ave"),
    "address": (
        "12 Kite Row, Modesto, CA 95354", "13 Kite Row, Turlock, CA 95380", "340 Elm St, Ceres, CA 95307",
        "7 Sol Way, Merced, CA 95340", "99 Heron Ct, Modesto, CA 95350", "1 Amber Ave, Turlock, CA 95382",
    ),
    "city": ("Modesto", "Turlock", "Ceres", "Merced", "Modesto", "Turlock"),
    "state": ("CA",) * 6,
    "postal_code": ("95354", "95380.0", "95307", "95340", "95350-1234", "95382"),
    "phones": ("209-555-0101", "(209) 555-0102", "209.555.0103", "1-209-555-0104", "209 555 0105", "2095550106"),
    "faxes": ("209-555-0111", "209-555-0112", "", "", "209-555-0115", ""),
    "url": ("www.kite.example.org", "https://loom.example.org", "", "sol.example.org", "heron.example.org", ""),
    "email": ("in@kite.example.org", "", "hi@blue.example.org", "", "", "a@amber.example.org"),
    "hours_text": ("Mon-Fri 9am-5pm", "Tue 10-2", "24 hours a day", "M-F 8-5", "By appointment", "Sat 9am-12pm"),
    "languages": ("English, Spanish", "English", "Spanish; Hmong", "English & Spanish", "Punjabi", "English"),
    "wheelchair": ("Yes", "No", "", "Y", "Yes", ""),
    "taking_referrals": ("Y", "N", "Y", "", "Yes", "No"),
    "capacity": ("Open", "Wait list", "Full", "", "Open", "Open"),
    "capacity_on": ("10/1/2026", "10/2/2026", "", "", "10/3/2026", "10/4/2026"),
    "eligibility_text": ("Adults", "Anyone", "Families with children", "Age 60+", "Members with asthma", "Adults"),
    "fees_text": ("Free", "Free", "Sliding scale", "", "Free", "Donation"),
    "how_to_apply": ("Call", "Walk in", "Ask your plan", "Call", "Call", "Walk in"),
    "documents": ("Photo ID", "", "", "Proof of income", "", ""),
    "description": ("Meals and rides.", "Groceries each week.", "Help at home.", "Bread.", "A bed.", "Papers."),
    "npi": ("1234567893", "1679576722", "1245319599", "", "", ""),
    "assured_on": ("10/1/2026", "9/15/2026", "8/2/2026", "", "10/1/2026", "10/1/2026"),
    "confidential": ("", "", "Yes", "", "", ""),
    "latitude": ("37.6391", "37.4947", "37.5949", "37.3022", "37.6391", "37.4947"),
    "longitude": ("-120.9969", "-120.8466", "-120.9577", "-120.4830", "-120.9969", "-120.8466"),
    "row_id": ("A-17", "A-4", "A-9", "B-1", "B-12", "C-3"),
    "position": ("1", "2", "3", "4", "5", "6"),
    "status": ("Active", "Active", "Closed", "Active", "Inactive", "Active"),
    "check": ("X", "", "x", "", "", "X"),
    "people": ("Ana Roe", "Bo Poe", "Cy Loe", "Di Noe", "Ed Moe", "Fay Hoe"),
    "words": ("blue", "green", "call twice", "see notes", "red", "old"),
    "money": ("$120", "$80", "$15", "$20", "$9", "$3"),
    "tin": ("94-1234567", "94-1234568", "94-1234569", "94-1234570", "94-1234571", "94-1234572"),
    "beds": ("12", "0", "40", "6", "8", "22"),
}  # fmt: skip
"""What a column is -> its cells, top to bottom."""

VARIANTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "roster": (
        ("Provider Name", "organization", "organization"), ("DBA", "dba", "name"), ("NPI", "npi", "npi"),
        ("TIN", "tin", "-"), ("Populations of Focus", "eligibility_text", "eligibility_text"),
        ("Community Supports Offered by Provider", "programs", "programs"), ("Counties Served", "counties", "counties"),
        ("Referral Phone", "phones", "phones"), ("Referral Email", "email", "email"), ("Fax", "faxes", "faxes"),
        ("Website", "url", "url"), ("Languages", "languages", "languages"),
        ("Accepting referrals (Y/N)", "taking_referrals", "taking_referrals"), ("Capacity", "capacity", "capacity"),
        ("Effective Date", "assured_on", "-"), ("Notes", "words", "ask"),
    ),
    "ecm": (
        ("MCP Name", "plans", "plans"), ("ECM Provider Name", "organization", "organization"),
        ("ECM Provider National Provider Identifier (NPI)", "npi", "npi"),
        ("ECM Provider Tax ID Number (TIN)", "tin", "-"), ("ECM Provider Phone Number", "phones", "phones"),
        ("Member POF", "eligibility_text", "eligibility_text"), ("County", "counties", "counties"),
    ),
    "licensing": (
        ("facility_type", "words", "ask"), ("facility_number", "row_id", "row_id"),
        ("facility_name", "organization", "organization"), ("licensee", "people", "-"),
        ("facility_administrator", "people", "-"), ("facility_telephone_number", "phones", "phones"),
        ("facility_address", "address_1", "address_1"), ("facility_city", "city", "city"),
        ("facility_state", "state", "state"), ("facility_zip", "postal_code", "postal_code"),
        ("county_name", "counties", "counties"), ("facility_capacity", "beds", "ask"),
        ("facility_status", "status", "status"), ("closed_date", "assured_on", "-"),
    ),
    "spanish": (
        ("Nombre de la Organización", "organization", "organization"), ("Sede", "name", "name"),
        ("Servicios", "programs", "programs"), ("Condados", "counties", "counties"),
        ("Dirección", "address_1", "address_1"),
        ("Ciudad", "city", "city"), ("Código Postal", "postal_code", "postal_code"), ("Teléfono", "phones", "phones"),
        ("Correo electrónico", "email", "email"), ("Página web", "url", "url"), ("Horario", "hours_text", "hours_text"),
        ("Idiomas", "languages", "languages"), ("Requisitos", "eligibility_text", "eligibility_text"),
        ("Costo", "fees_text", "fees_text"), ("Descripción", "description", "description"),
        ("Última verificación", "assured_on", "assured_on"),
    ),
    "binder": (
        ("Name", "organization", "organization"), ("Address", "address", "address"), ("Phone #", "phones", "phones"),
        ("Hours", "hours_text", "hours_text"), ("What to bring", "documents", "documents"),
        ("About", "description", "description"), ("Category", "programs", "topics"),
    ),
    "matrix": (
        ("CBO", "organization", "organization"), ("Street", "address_1", "address_1"), ("City", "city", "city"),
        ("Zip", "postal_code", "postal_code"), ("Tel.", "phones", "phones"), ("ECM", "check", "check"),
        ("Asthma Remediation", "check", "check"), ("CS: Recuperative Care", "check", "check"),
        ("Legal aid (Y/N)", "check", "check"), ("Notary", "check", "ask"),
    ),
    "no_names": (
        ("Column A", "organization", "ask"), ("Column B", "phones", "ask"), ("Column C", "postal_code", "ask"),
        ("Column D", "city", "ask"), ("Column E", "url", "ask"), ("Column F", "programs", "ask"),
    ),
    "two_phones": (
        ("Agency", "organization", "organization"), ("Phone", "phones", "phones"), ("Phone 2", "phones", "phones"),
        ("Emergency contact phone", "phones", "ask"), ("Contact Person", "people", "-"),
        ("Contact Email", "email", "email"), ("TTY", "phones", "ttys"), ("Mailing Address", "address_1", "-"),
        ("Physical Address", "address_1", "address_1"), ("Mailing Zip", "postal_code", "-"),
        ("Zip Code", "postal_code", "postal_code"),
    ),
    "lying": (
        ("Agency", "organization", "organization"), ("Phone", "postal_code", "ask"), ("ZIP", "phones", "ask"),
        ("Website", "email", "ask"), ("Counties", "languages", "ask"), ("Last verified", "words", "ask"),
        ("Services", "programs", "programs"),
    ),
    "map": (
        ("No.", "position", "-"), ("Resource Name", "organization", "organization"), ("Lat", "latitude", "latitude"),
        ("Long", "longitude", "longitude"), ("Type of Service", "programs", "programs"),
        ("Service Area", "counties", "counties"), ("Wheelchair accessible?", "wheelchair", "wheelchair"),
        ("Days/Hours", "hours_text", "hours_text"), ("Status", "status", "status"),
    ),
    "both_counties": (
        ("Organization", "organization", "organization"), ("Program", "programs", "programs"),
        ("County", "city", "ask"),
        ("Counties served", "counties", "counties"), ("Budget", "money", "ask"), ("ID", "row_id", "row_id"),
    ),
    "grouped": (
        ("Partner / Organization Name", "organization", "organization"), ("Contact / Phone", "phones", "phones"),
        ("Contact / Email", "email", "email"), ("Services / CalFresh", "check", "check"),
        ("Services / Food bank", "check", "check"), ("Location / Street Address", "address_1", "address_1"),
        ("Location / City", "city", "city"), ("Keep address private?", "confidential", "confidential"),
    ),
    "capital": (
        ("AGENCY NAME", "organization", "organization"), ("PROGRAM/SITE", "name", "name"),
        ("INTAKE PHONE NUMBER", "phones", "phones"), ("E-MAIL", "email", "email"), ("WEB SITE", "url", "url"),
        ("HOURS OF OPERATION", "hours_text", "hours_text"), ("HOW TO REFER", "how_to_apply", "how_to_apply"),
        ("COST", "fees_text", "fees_text"), ("LANGUAGES SPOKEN BY STAFF", "languages", "languages"),
        ("CAPACITY AS OF", "capacity_on", "capacity_on"), ("ROOM NOW", "capacity", "capacity"),
    ),
}  # fmt: skip
"""Name -> (heading, what the cells are, what it has to be read as)."""
