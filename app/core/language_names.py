"""What the languages are called that a post can be taken for, for a person."""

from app.core.language import ENGLISH, UNKNOWN

_NAMES = """
    ace:Acehnese af:Afrikaans am:Amharic an:Aragonese ar:Arabic ary:Arabic_(Morocco) arz:Arabic_(Egypt)
    as:Assamese az:Azerbaijani ba:Bashkir bcl:Bikol be:Belarusian bg:Bulgarian bn:Bengali br:Breton bs:Bosnian
    ca:Catalan crh:Crimean_Tatar cs:Czech cy:Welsh da:Danish de:German dz:Dzongkha el:Greek en:English
    eo:Esperanto es:Spanish et:Estonian eu:Basque ext:Extremaduran fa:Persian fi:Finnish fo:Faroese fr:French
    fuv:Fulfulde fy:Frisian ga:Irish gcf:Creole_(Guadeloupe) gcr:Creole_(Guiana) gd:Scottish_Gaelic
    gl:Galician gom:Konkani grc:Ancient_Greek gu:Gujarati gug:Guarani guw:Gun ha:Hausa hbo:Ancient_Hebrew
    he:Hebrew hi:Hindi hr:Croatian ht:Creole_(Haiti) hu:Hungarian hy:Armenian id:Indonesian ig:Igbo
    is:Icelandic it:Italian ja:Japanese jv:Javanese ka:Georgian kab:Kabyle kik:Kikuyu kk:Kazakh km:Khmer
    kn:Kannada ko:Korean ku:Kurdish ky:Kyrgyz la:Latin lb:Luxembourgish lg:Luganda lij:Ligurian ln:Lingala
    lo:Lao lt:Lithuanian ltg:Latgalian lv:Latvian mg:Malagasy mk:Macedonian ml:Malayalam mn:Mongolian
    mr:Marathi ms:Malay mt:Maltese my:Burmese ne:Nepali nl:Dutch nn:Norwegian_(Nynorsk) no:Norwegian
    nso:Northern_Sotho oc:Occitan om:Oromo or:Odia pa:Punjabi pcm:Nigerian_Pidgin pl:Polish ps:Pashto
    pt:Portuguese qu:Quechua ro:Romanian ru:Russian rw:Kinyarwanda sa:Sanskrit sdh:Southern_Kurdish
    se:Northern_Sami si:Sinhala sk:Slovak sl:Slovenian sn:Shona so:Somali sq:Albanian sr:Serbian
    st:Southern_Sotho sv:Swedish sw:Swahili ta:Tamil te:Telugu tg:Tajik th:Thai tk:Turkmen tl:Tagalog
    tr:Turkish tt:Tatar ug:Uyghur uk:Ukrainian ur:Urdu uz:Uzbek uzs:Southern_Uzbek vec:Venetian
    vi:Vietnamese vo:Volapük wa:Walloon wuu:Wu_Chinese xh:Xhosa yo:Yoruba yue:Cantonese zh:Chinese zu:Zulu
"""
NAMES: dict[str, str] = {
    code: name.replace("_", " ") for code, _, name in (each.partition(":") for each in _NAMES.split())
}
"""The names by ISO 639 code: of every language that the guess of `app.classifiers.language` can give."""


def name_of(language: str) -> str:
    """Name a language in a sentence; one without a name here keeps its code.

    >>> [name_of(each) for each in ("en", "nn", "und", "tlh")]
    ['English', 'Norwegian (Nynorsk)', 'an unknown language', 'tlh']
    """
    return "an unknown language" if language == UNKNOWN else NAMES.get(language, language)


def other_names() -> dict[str, str]:
    """Every name but that of English, by code, in the order of the alphabet."""
    return dict(sorted((pair for pair in NAMES.items() if pair[0] != ENGLISH), key=lambda pair: pair[1]))
