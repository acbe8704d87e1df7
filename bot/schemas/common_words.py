"""Frequent words and letters of languages, by which a text in an unknown encoding is recognized."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language written in an alphabet: its most frequent words, and its letters beyond ASCII."""

    words: frozenset[str]
    letters: frozenset[str]
    script: str = "Latin"


def _language(words: str, letters: str, script: str = "Latin") -> Language:
    return Language(frozenset(words.split()), frozenset(letters + letters.upper()), script)


_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"

LANGUAGES = {
    "English": _language(
        "the and of to a in was he that it his her she had with as for you at not on but is him they be from "
        "said all were have there would this one out could then them what no into up been their who we when",
        "éöüäëôî",
    ),
    "German": _language(
        "der die und das sie er ich nicht in zu es den war ein mit sich auf eine dem von ist hatte wie an als so "
        "aber im noch des wir du nur auch war einen aus wenn was da nach man vor doch ihr mir mich ihm",
        "äöüßé",
    ),
    "French": _language(
        "de la le et il les un à elle que des une dans qui ne en je du pas se ce au était pour sur avait plus son "
        "sa lui par vous mais avec nous on est tout ses comme si l d n qu s c j même sans cette",
        "àâæçéèêëîïôœùûüÿ",
    ),
    "Spanish": _language(
        "de la que el en y a los se no un una las por con su lo para le era del había como al más sus pero él ella "
        "me si ya es muy cuando todo sin sobre qué yo te mi nada hasta donde había estaba",
        "áéíñóúüªº",
    ),
    "Portuguese": _language(
        "de que a o e não se um uma os do da para com em as no na por era mas ele ela lhe como mais ao dos das sua "
        "seu já tinha estava quando muito sem nos me eu foi também só até isso nada sobre",
        "áâãàçéêíóôõúüªº",
    ),
    "Italian": _language(
        "di che e la il un non per una in si era le con da i del lo al come ma più aveva gli della nel alla se è ha "
        "mi suo sua lui lei io questo anche dal quando sono poi tutto senza l d perché",
        "àèéìíîòóùú",
    ),
    "Catalan": _language(
        "de la i el que a en va un una no els les per amb es del al com era més havia seva seu però ella ell quan "
        "tot li si l d s hi molt sense fins què aquella aquell",
        "àçèéíïòóúü·",
    ),
    "Dutch": _language(
        "de het een en van in hij dat zij ik niet te was op zijn haar met voor er had aan als maar die is om je ze "
        "naar uit bij nog wat zo over dan door toen hem geen ook",
        "ëïéèöüáóê",
    ),
    "Swedish": _language(
        "och i att det som en på han hon var inte den jag med hade av för till så ett om men sig de då när från "
        "henne honom sin ut upp vi du har är över där under kunde",
        "åäöé",
    ),
    "Danish": _language(
        "og i at det som en på han hun var ikke den jeg med havde af for til så et om men sig de da når fra hende "
        "ham sin ud op vi du har er over der under kunne hadde av seg mot ble",
        "åæøéò",
    ),
    "Finnish": _language(
        "ja oli hän ei se että kun niin mutta hänen on en joka kuin vain sitten jo minä sinä oli mitä ne nyt kuitenkin "
        "ollut olivat siitä jos voi sen eivät hänelle takaisin koko enää",
        "åäö",
    ),
    "Icelandic": _language(
        "og að í á hann hún var ekki það sem en um við með af til fyrir þegar sér ég þú hafði úr frá svo eða þá er",
        "áéíóúýþæöð",
    ),
    "Polish": _language(
        "i w nie na się z że do to był a jak ale było po jego co od jej za tak o już była przez ten ją mu tylko "
        "gdy ze go przed jest dla kiedy miał miała mnie by ich bez nic nad pod jeszcze",
        "ąćęłńóśźż",
    ),
    "Czech": _language(
        "a se na v že to je do s byl si ale jako jeho z už tak k o by jen za po jsem když co byla ji mu pro bylo ho "
        "jí od nebo pak před která který ještě až své ve nic nad než",
        "áčďéěíňóřšťúůýž",
    ),
    "Slovak": _language(
        "a sa na v že to je do s bol si ale ako jeho z už tak k o by len za po som keď čo bola ju mu pre bolo ho jej "
        "od alebo potom pred ktorá ktorý ešte až svoje vo nič nad než",
        "áäčďéíĺľňóôŕšťúýž",
    ),
    "Hungarian": _language(
        "a az és nem hogy egy is volt de csak mint azt ez már meg el ha még ki mert majd aki nagy le vagy sem mi az "
        "ő én te minden fel után alatt volna azután amikor senki",
        "áéíóöőúüű",
    ),
    "Romanian": _language(
        "și de a în să nu la cu o pe din un că mai se era care ce dar lui ei ca o după fi am al avea îi este sau "
        "până fără când și-a i-a ale atunci şi",
        "ăâîșțşţ",
    ),
    "Croatian": _language(
        "i je se u na da nije za su od bio s ali kao iz što to bila samo ga mu joj o po kako bi do ne ili već jer "
        "ništa sam nad pred gdje kad koji koja je v ni bil ko pa z tudi še",
        "čćđšž",
    ),
    "Turkish": _language(
        "bir ve bu da de ne o için gibi daha çok ama sonra kadar ki her onu mi var yok ben sen değil bile en şey "
        "diye hiç kimse olan ona dedi ile içinde üzerine",
        "çğıöşüâîûİ",
    ),
    "Lithuanian": _language(
        "ir kad jis į su ne buvo tai iš bet ji o jo kaip per tik už dar jos jau nuo ar po prie kai apie jam labai "
        "mano savo",
        "ąčęėįšųūž",
    ),
    "Latvian": _language(
        "un ka viņš viņa ar no bija uz tas bet nav kā ir par pie pēc vai tikai jau lai to es kad tā viņu savu ne vēl",
        "āčēģīķļņšūž",
    ),
    "Russian": _language(
        "и в не на что он с я как она это но его к по из у за все так же от то ее её было бы мне был только ему еще "
        "ещё когда была ты вы мы о уже ни до или если для нет них во",
        _RUSSIAN,
        "Cyrillic",
    ),
    "Ukrainian": _language(
        "і в не на що він з я як вона це але його до по із у за все так же від то її було би мені був тільки йому ще "
        "коли була ти ви ми про вже ні та або якщо для немає й",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "Cyrillic",
    ),
    "Bulgarian": _language(
        "и на да се в не от е за с че си като по но го му тя той беше ще до ги я това бе съм ли само още ми при след "
        "без когато които над към",
        "абвгдежзийклмнопрстуфхцчшщъьюя",
        "Cyrillic",
    ),
    "Serbian": _language(
        "и је се у на да није за су од био с али као из што то била само га му јој о по како би до не или већ јер "
        "ништа сам над пред где кад који која",
        "абвгдђежзијклљмнњопрстћуфхцчџш",
        "Cyrillic",
    ),
    "Greek": _language(
        "και το να του η ο της με τα από που την δεν τον στο για ήταν είχε μου σε στην θα τους ένα μια αλλά οι στον τη "
        "σαν τι όταν ή κι στα αν είναι τις μέσα πια ούτε",
        "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
        "Greek",
    ),
    "Hebrew": _language(
        "את של על לא הוא היא זה אל כי עם גם כל היה אני מה רק הם אבל או אם יותר עוד לו לה היתה הייתה אחד אחרי כמו בין "
        "איש שלא שלו שלה",
        "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
        "Hebrew",
    ),
    "Arabic": _language(
        "في من على أن إلى لم كان لا هذا عن ما مع كانت التي الذي قد ثم هو هي كل بعد قال أو لكن إن له وهو بين أحد عند "
        "حتى كما ولم وكان",
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْ",
        "Arabic",
    ),
    "Thai": _language(
        "ที่ และ ของ ไม่ เขา ใน เป็น มี ได้ ว่า ให้ จะ ไป มา กับ เธอ นั้น นี้ ออก แต่ อยู่ แล้ว จาก คน ก็ ขึ้น",
        "".join(map(chr, [*range(0x0E01, 0x0E3A), *range(0x0E40, 0x0E4F), *range(0x0E50, 0x0E5A)])),
        "Thai",
    ),
}
"""Languages in alphabets. Thai has no spaces between words, so its words are looked for within others."""

_LOANS = """
    naïve naïveté naïvely crème crèche très voilà señor señora señorita mañana crêpe fête piñata jalapeño vis-à-vis
    déjà première à père mère pièce entrée tête-à-tête château façade façades garçon soupçon français ça
"""
ENGLISH_LOANS = frozenset(_LOANS.split())
"""Words in English with letters whose encoding English itself cannot tell."""

HAN = frozenset(
    "的一是不了在人有我他这中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法"
    "学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实这個們來為國說時會對發後裡經麼學現當沒動還進樣開從實過著"
    "走它被又很把什手头頭见見听聽问問知吗嗎呢吧啊己已此无無却卻夜门門雨水风風声聲身间間今明日月话話给給让讓像已经口眼两兩三二四十老"
    "最高回者等些什么吃住坐站街路车車城光黑白冷哪谁誰叫常每向再才几幾"
)
"""Frequent characters of Chinese, in both forms."""

KANJI = frozenset(
    "一人日出見年大言時何彼女私前手上来思中行気生目事間子方分自今者本後下入心会家男声話知立聞長考場所無取持先口顔身力夜山水待誰道歩雨"
    "風明月朝店町少小夏冬春秋頭名前父母木門車通外戸開閉音光黒白赤青寒二三十帰書読体葉度当同動物海空花電車駅"
)
SYLLABLES = frozenset(
    "이다는을의에가고하지도로한은를그나었았어리기사서만자있들것니아라안시해정부거여오수보일말인데면와과던"
)
"""Frequent characters of Japanese that are no kana, and syllables of Korean."""
