"""Letters that stand for ASCII letters: data, and how to read a word through it.

Two kinds. Compatibility forms (fullwidth, mathematical, enclosed, ligatures) are the same letter in another
dress and come from NFKC. Look-alikes are other letters.

Source of the look-alikes: the single code points whose skeleton under Unicode Technical Standard 39 is one
ASCII letter, as computed by ICU 72.1 (Unicode 15.0 data, `uspoof_getSkeleton`), without scripts that are
not written letter by letter beside Latin (Arabic, Hebrew, the scripts of India, Ethiopic and others) and
without what NFKC or NFD already reduces. Three things are added. A lower-case letter whose capital has such
a skeleton stands for the small letter (к for k). Latin small capitals and letters with strokes stand for
their base letter (ʟ, ø). And the habits of mock-Cyrillic and mock-Greek spelling: п, η and и for n, я for
r, ш and ω for w, µ for u. A skeleton "l" of a capital is read as "I". This module decides nothing about
when a look-alike counts as one.
"""

import re
import unicodedata
from collections.abc import Iterable
from string import ascii_lowercase

_LOOKALIKES = {
    "A": "ȺΑАᎪᗅꓮ𐊠𝚨𝛢𝜜𝝖𝞐",
    "B": "ƁƂɃΒВᏴᗷꓐꞴ𐊂𐊡𐌁𝚩𝛣𝜝𝝗𝞑",
    "C": "ƇȻϹСᏟⲤꓚ𐊢𐌂𐐕𐔜",
    "D": "ĐƊƋǅǲᎠᗞᗪꓓ",
    "E": "ɆΕЕᎬⴹꓰ𐊆𑢦𑢮𝚬𝛦𝜠𝝚𝞔",
    "F": "ƑϜᖴꓝꞘ𐊇𐊥𐔥𑢢𑣂𝟊",
    "G": "ƓǤԌᏀᏳꓖ",
    "H": "ĦΗНᎻᕼⲎꓧ𐋏𝚮𝛨𝜢𝝜𝞖",
    "I": "ƖƗΙІӀⲒ𝚰𝛪𝜤𝝞𝞘",
    "J": "ɈͿЈᎫᒍꓙꞲ",
    "K": "ƘΚКᏦᛕⲔꓗ𐔘𝚱𝛫𝜥𝝟𝞙",
    "L": "ĿŁǈȽᏞᒪⳐꓡ𐐛𐔦𑢣𑢲",
    "M": "ΜϺМᎷᗰᛖⲘꓟ𐊰𐌑𝚳𝛭𝜧𝝡𝞛",
    "N": "ƝǋȠΝИПⲚꓠ𐔓𝚴𝛮𝜨𝝢𝞜",
    "O": "ØƟǾΟОՕⲞⵔꓳ𐊒𐊫𐐄𐓂𐔖𑢵𝚶𝛰𝜪𝝤𝞞",
    "P": "ƤΡРᏢᑭⲢꓑ𐊕𝚸𝛲𝜬𝝦𝞠",
    "Q": "ⵕ",
    "R": "ƦɌЯᎡᏒᖇꓣ𐒴",
    "S": "ЅՏᏕᏚꓢ𐊖𐐠",
    "T": "ŦƬƮȾΤТᎢⲦꓔ𐊗𐊱𐌕𑢼𝚻𝛵𝜯𝝩𝞣",
    "U": "Սᑌꓴ𐓎𑢸",
    "V": "ƲѴᏙᐯⴸꓦ𐔝𑢠",
    "W": "ШԜᎳᏔꓪ",
    "X": "ΧХᚷⲬⵝꓫꞳ𐊐𐊴𐌗𐔧𝚾𝛸𝜲𝝬𝞦",
    "Y": "ƳɎΥϒУҮᎩᎽỾⲨꓬ𐊲𑢤𝚼𝛶𝜰𝝪𝞤",
    "Z": "ƵȤΖᏃꓜ𑢩𝚭𝛧𝜡𝝛𝞕",
    "a": "ɑαаᴀᶏẚꭺ𝛂𝛼𝜶𝝰𝞪",
    "b": "ƀƃƄƅɓʙβϐЬвьᏏᏼᑲᖯᲀᵬᶀꞵꮟ",
    "c": "ƈȼɕϲсᲃᴄⲥꮯ𐐽",
    "d": "đƌȡɖɗԁᏧᑯᴅᵭᶁᶑꓒꭰꮷ",
    "e": "ɇεϵеҽᴇᶒꬲꭼ𑣆𑣎",
    "f": "ƒϝքᵮᶂẝꜰꞙꬵ",
    "g": "ƍǥɠɡɢԍցᏻᶃꮐ",
    "h": "ħɦʜнһհᏂⲏꮋꮒ",
    "i": "ıɨɩɪͺιіӏᎥᶖιⲓꙇꭵ𑣃𝚤𝛊𝜄𝜾𝝸𝞲",
    "j": "ɉʝϳјᴊꭻ",
    "k": "ƙκϰкᴋᶄⲕꮶ",
    "l": "ŀłƚǀȴɫɬɭʟᛁᶅⳑⵏꓲꮮ𐊊𐌉𐑃𑣒",
    "m": "ɱϻмᴍᵯᶆⲙꮇ",
    "n": "ƞȵɲɳɴηипոռᵰᶇⲛ",
    "o": "øǿοσоօჿᲂᴏᴑⲟꬽ𐐬𐓪𑣈𑣕𑣗𝛐𝛔𝜊𝜎𝝄𝝈𝝾𝞂𝞸𝞼",
    "p": "ƥρϱрᴘᵱᵽᶈⲣꮲ𝛒𝛠𝜌𝜚𝝆𝝔𝞀𝞎𝞺𝟈",
    "q": "ɋʠԛգզꞯ",
    "r": "ɍɼɽɾʀгяᴦᵲᵳᶉⲅꭇꭈꭱꮁꮢ𐓜",
    "s": "ƽȿʂѕտᵴᶊꜱꮥꮪ𐑈𑣁",
    "t": "ŧƫƭȶʈτтᲄᲅᴛᵵⲧꭲ",
    "u": "µʋμυսᴜᶙꞟꭎꭒ𐓶𑣘𝛖𝜐𝝊𝞄𝞾",
    "v": "νѵᴠꮩ𑣀𝛎𝜈𝝂𝝼𝞶",
    "w": "ɯωшѡԝաᴡꮃꮤ",
    "x": "χхᕁᕽᶍⲭꭓ",
    "y": "ƴɏɣʏγуүყᶌỿℽⲩꭚꭹꮍ𑣜𝛄𝛾𝜸𝝲𝞬",
    "z": "ƶȥɀʐʑζᴢᵶᶎꮓ𑣄𑣉",
}

_COMPATIBILITY_BLOCKS = (
    range(0x0132, 0x0180),  # ligatures of two letters, long s
    range(0x02B0, 0x02E5),  # raised letters
    range(0x1D2C, 0x1DC0),  # raised letters
    range(0x2070, 0x20A0),  # raised and lowered letters; their digits are numbers and stay
    range(0x2100, 0x2150),  # letter-like symbols
    range(0x2460, 0x2500),  # enclosed letters
    range(0xA69C, 0xA69E),
    range(0xA7F2, 0xA7FA),
    range(0xFB00, 0xFB07),  # fi, fl and their like
    range(0xFF10, 0xFF5B),  # fullwidth
    range(0x1D400, 0x1D800),  # mathematical
    range(0x1F110, 0x1F130),  # parenthesised and squared letters
    range(0x1F130, 0x1F14A),
)
_ENCLOSED = re.compile("[\u24b6-\u24e9\U0001f110-\U0001f149]")
_INFORMATION = "\u2139"  # An emoji base, not a letter of a word.
_NEGATIVES = (0x1F150, 0x1F170)  # White on black letters A to Z; NFKC leaves them alone.
_REGIONAL = 0x1F1E6  # Letters A to Z of flags.


def _compatible_form(char: str) -> str | None:
    """The ASCII letters or digits this character is another form of."""
    is_letter = unicodedata.category(char)[0] == "L" or unicodedata.category(char) == "Nd"
    if char == _INFORMATION or not (is_letter or _ENCLOSED.match(char)):
        return None
    form = unicodedata.normalize("NFKC", char).strip("()")
    return form if form.isascii() and form.isalnum() else None


def _compatible_forms() -> dict[int, str]:
    forms = {
        code: form
        for block in _COMPATIBILITY_BLOCKS
        for code in block
        if (form := _compatible_form(chr(code))) is not None
    }
    for first in _NEGATIVES:
        forms |= {first + index: letter for index, letter in enumerate(ascii_lowercase)}
    return forms


COMPATIBLE = _compatible_forms()
"""Code point to the ASCII letters or digits it is another form of."""


def _character_class(codes: Iterable[int]) -> str:
    """The code points as a regular expression class of ranges; one of single characters is slow."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]"


COMPATIBLE_CHARACTER = re.compile(_character_class(COMPATIBLE))
"""Any one of them."""

REGIONAL_LETTERS = {_REGIONAL + index: letter for index, letter in enumerate(ascii_lowercase)}
"""Code point of a flag letter to the letter."""

_HABITS = {
    "e": "єɛ",
    "f": "ғ",
    "h": "ћ",
    "k": "ҝ",
    "m": "ʍ",
    "p": "þ",
    "u": "ц",
    "x": "×",
    "y": "ч",
    "b": "ъ",
}
"""What people write for a letter although no table of look-alikes says so."""
_LOOKALIKES = {letter: alike + _HABITS.get(letter, "") for letter, alike in _LOOKALIKES.items()}
_PLAIN = {ord(seen): letter for letter, alike in _LOOKALIKES.items() for seen in alike}


def plain_letters(word: str) -> str | None:
    """The word in ASCII letters, marks dropped; None when some character looks like no ASCII letter.

    ASCII characters stay as they are.

    >>> plain_letters("k\u0456ll"), plain_letters("f\u00fcck"), plain_letters("дом")
    ('kill', 'fuck', None)
    """
    decomposed = unicodedata.normalize("NFD", word.translate(COMPATIBLE)).translate(_PLAIN)
    letters = "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))
    return letters if letters.isascii() else None


PLAIN_SIGNS = str.maketrans("€¢§£¡¥", "ec$l!y")
"""Signs that stand for a letter, as that letter or as the ASCII sign that stands for it."""


def is_latin(char: str) -> bool:
    """Whether this letter belongs to the Latin script."""
    return char.isascii() or "LATIN" in unicodedata.name(char, "")
