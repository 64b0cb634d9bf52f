"""The commonest words of languages in Latin script, and the scripts of the others. Data only."""

from collections.abc import Mapping
from types import MappingProxyType

_WORDS = {
    "en": "the of and to in is that for it was with as on be by this are from at have has not they you we his "
    "their which were been will would said but an or its who",
    "de": "der die und das ist nicht den von zu mit sich des auf für im dem ein eine als auch es an werden aus "
    "er hat dass sie nach wird bei einer um am sind noch wie einem über zum war haben nur oder aber vor "
    "zur",
    "fr": "le la les des et est une dans que pour qui sur au pas plus par du ce il un en ne se sont avec son "
    "aux cette ont ses mais nous vous été être leur comme ou",
    "es": "el los que y en un por con para las del una se su al lo como más no la de pero sus ha es son fue "
    "este está también entre cuando muy sin sobre ser hay",
    "it": "il di che la e un per in non con una sono della del è alla gli dei nel i le da si al ha anche come "
    "più delle nella ma questo lo dal sul degli",
    "nl": "de het een van en in is dat op te voor zijn met niet die aan er om ook als bij maar dan nog naar uit "
    "door over ze worden wordt heeft hij werd deze",
    "pt": "o a de que e do da em um para com não uma os no se na por mais as dos como mas ao foi das tem seu "
    "sua ou ser são à também pela pelo até isso",
    "pl": "w i na z się nie do to że jest o jak po od za dla przez ale są tym który które oraz już tak był może "
    "tego być co jego czy",
    "sv": "och att det i en som är på av för med den till inte har de ett om var från vi men så kan när ut nu "
    "efter vid också där eller sig",
    "da": "og i at det en til på er af for med den ikke som har de der et var han om fra vi men så kan ud nu "
    "efter ved også hvor eller sig blev",
    "no": "og i det som på er en av til for med ikke den har at de et var han om fra vi men så kan ut nå etter "
    "ved også hvor eller seg ble",
    "fi": "ja on ei että se hän oli ovat kun mutta myös joka ole mukaan sen tai jo olla kuin vain niin voi noin",
    "et": "ja on ei et see oli kui ka ning mis oma aga ta olen siis kes pärast või",
    "cs": "a se v na je že s z do o to i za by jako pro ale jsem jsou podle které který tak už po při nebo však "
    "být byl jeho od",
    "sk": "a sa v na je že s z do o to i za by ako pre ale som sú podľa ktoré ktorý tak už po pri alebo však "
    "byť bol jeho od",
    "hu": "a az és hogy nem egy is ez meg de volt már csak ha mint után vagy szerint még pedig majd kell lesz",
    "ro": "de și în a la cu pe că nu din este un o care mai pentru sunt au fost prin după sau dar fi ce lui",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi ancak sonra kadar ne en olduğu var ise",
    "ca": "de la i el que a en els per amb un una les del és dels al no es va més com ha seva aquest però són",
    "hr": "i je u se na da su za od s što kao koji koja će nije iz ali ili te bi o već nakon",
    "sl": "in je v se na da za ki so tudi z bi pa ne kot od po še ali je bil ter pri",
    "lt": "ir kad į iš tai su bet kaip yra buvo jis ne dėl apie po per už",
    "lv": "un ir ka par no ar kas bet uz tas arī bija to pēc pie",
    "id": "yang dan di dengan untuk dari ini itu tidak pada dalam akan ada juga oleh saat karena mereka kepada",
    "vi": "và của là có được cho trong không một các những với người này đã để khi từ",
    "is": "og að í á er sem til um við var með ekki en það hann af",
    "sq": "dhe të në e për me që një nga është si ka do por",
    "eu": "eta da ez bat du ere dira izan dute zen hau baina",
    "af": "die en van het is nie in 'n dat om te vir met ek was by hy sal aan",
    "sw": "na ya wa kwa ni katika la za kuwa hii huyo alisema kama",
    "zu": "ukuthi uthi uma ngoba futhi kanye kodwa lokhu lolu lesi le lo la njengoba nje phakathi kanti khona kwakhe "
    "ngesikhathi ngemuva okuthiwa kuthiwa abantu wathi yini kule kulo kuza emva lale yale leyo lezi ngo kwa",
    "xh": "ukuba okokuba kwaye kwi apha ukuze kodwa le la lo nje ngoku into bonke kananjalo uthe ithi lwe ye nge kwa "
    "kuza bale kule zezo nje xa okanye ngaphandle abantu yokuba",
}
FUNCTION_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {language: frozenset(words.split()) for language, words in _WORDS.items()}
)

SCRIPTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("kana", "\u3040-\u30ff", ("ja",)),
    ("hangul", "\uac00-\ud7af", ("ko",)),
    ("han", "\u3400-\u9fff", ("zh", "yue")),
    ("arabic", "\u0600-\u06ff", ("ar", "fa", "ur", "ps", "ckb", "ug")),
    ("hebrew", "\u0590-\u05ff", ("he", "yi")),
    ("greek", "\u0370-\u03ff", ("el",)),
    ("cyrillic", "\u0400-\u04ff", ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "tg", "mn")),
    ("devanagari", "\u0900-\u097f", ("hi", "mr", "ne")),
    ("bengali", "\u0980-\u09ff", ("bn", "as")),
    ("gurmukhi", "\u0a00-\u0a7f", ("pa",)),
    ("gujarati", "\u0a80-\u0aff", ("gu",)),
    ("tamil", "\u0b80-\u0bff", ("ta",)),
    ("telugu", "\u0c00-\u0c7f", ("te",)),
    ("kannada", "\u0c80-\u0cff", ("kn",)),
    ("malayalam", "\u0d00-\u0d7f", ("ml",)),
    ("sinhala", "\u0d80-\u0dff", ("si",)),
    ("thai", "\u0e00-\u0e7f", ("th",)),
    ("georgian", "\u10a0-\u10ff", ("ka",)),
    ("armenian", "\u0530-\u058f", ("hy",)),
    ("amharic", "\u1200-\u137f", ("am", "ti")),
    ("khmer", "\u1780-\u17ff", ("km",)),
    ("burmese", "\u1000-\u109f", ("my",)),
)
"""(name, range of a regular expression, languages written in it, the commonest first)."""

LETTERS: tuple[tuple[str, str], ...] = (
    ("uk", "іїєґ"),
    ("be", "ўі"),
    ("sr", "јљњћђџ"),
    ("mk", "ѓќѕ"),
    ("kk", "әғқңөұүһ"),
    ("ru", "ыэё"),
    ("bg", "ъщ"),
    ("ur", "ٹڈڑںے"),
    ("fa", "پچژگ"),
)
"""Letters that tell languages of one script apart, asked in this order."""
