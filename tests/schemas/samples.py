"""Invented texts in many languages, with the encodings that their authors' editors may have used."""

from __future__ import annotations

TEXTS = {
    "English": (
        "She looked at the café on the corner. “It’s closed,” he said — and the naïve waiter "
        "shrugged. “We don’t know when they’ll be back…” Nobody had told her, and so she waited "
        "with the others.\n"
    ),
    "French": (
        "Elle était sortie de la maison à l'aube, sans même fermer la porte derrière elle. Où "
        "était-il allé ? Personne ne le savait, et le garçon se tut.\n"
    ),
    "German": (
        "Sie ging über die Brücke und hörte die Glocken läuten. Später würde er ihr erzählen, "
        "daß er nicht mehr wußte, wo der Schlüssel lag.\n"
    ),
    "Spanish": (
        "El niño salió de casa. ¿Dónde está? Él no lo sabía, y mañana sería otro día. La señora "
        "cerró la puerta con cuidado.\n"
    ),
    "Portuguese": (
        "A menina não sabia onde estava a mãe. Lá fora, a manhã começava e ninguém via o coração da cidade.\n"
    ),
    "Swedish": (
        "Hon gick över bron och hörde klockorna slå. På kvällen var han inte längre där, och "
        "ingen såg när båten försvann.\n"
    ),
    "Czech": (
        "Dlouho stála u okna a čekala, až se vrátí. Venku už byla tma a její bratr nikde. Šla "
        "domů a těšila se na něj, ale on už tam nebyl.\n"
    ),
    "Polish": (
        "Wyszła z domu i poszła ulicą. Był zimny wieczór, nikt na nią nie czekał. Gdzieś daleko "
        "słychać było dźwięk dzwonów, ale ona już się nie odwróciła.\n"
    ),
    "Hungarian": (
        "Az asszony kilépett a házból, és elindult az utcán. Hideg este volt, senki sem várt rá. "
        "Később azt mondta, hogy nem fél többé a sötétből, mert ő is tudja.\n"
    ),
    "Turkish": (
        "Evden çıktı ve sokakta yürümeye başladı. Soğuk bir akşamdı, kimse onu beklemiyordu. "
        "Sonra ışığı gördü, ama hiç şaşırmadı; bu gece böyle bitecekti.\n"
    ),
    "Russian": (
        "Она вышла из дома и пошла по улице. Был холодный вечер, и никто не ждал её. Потом он "
        "сказал, что это было не так.\n"
    ),
    "Ukrainian": (
        "Вона вийшла з дому і пішла вулицею. Був холодний вечір, і ніхто на неї не чекав. Потім "
        "він сказав, що це було не так, як її мати думала.\n"
    ),
    "Bulgarian": (
        "Тя излезе от къщата и тръгна по улицата. Беше студена вечер и никой не я чакаше. Той не "
        "знаеше какво да каже, но и не искаше да си тръгне.\n"
    ),
    "Greek": (
        "Η γυναίκα βγήκε από το σπίτι και περπάτησε στον δρόμο. Ήταν κρύο βράδυ και κανείς δεν "
        "την περίμενε. Ο άντρας είχε φύγει με το τρένο.\n"
    ),
    "Hebrew": (
        "היא יצאה מן הבית והלכה לאורך הרחוב. היה ערב קר, ואיש לא חיכה לה. הוא אמר את זה על כל מה "
        "שהיה, אבל גם היא לא האמינה כי זה כך.\n"
    ),
    "Arabic": (
        "خرجت المرأة من البيت ومشت في الشارع. كان مساء باردا، ولم يكن أحد في انتظارها. قال الرجل "
        "إن كل هذا كان بعد الحرب، لكن لا أحد يعرف ما حدث.\n"
    ),
    "Thai": ("เธอเดินออกจากบ้านไปตามถนน คืนนั้นอากาศหนาวและไม่มีใครรอเธออยู่ เขาบอกว่าทุกอย่างจะดีขึ้นแต่เธอก็ไม่ได้เชื่อ\n"),
    "Chinese": (
        "他走出家门，沿着街道走去。那是一个寒冷的夜晚，没有人在等他。"
        "她说：“我不知道这是什么地方。”天已经亮了。\n"
    ),
    "Chinese in Taiwan": (
        "他走出家門，沿著街道走去。那是一個寒冷的夜晚，沒有人在等他。她說：「"
        "我不知道這是什麼地方。」天已經亮了。\n"
    ),
    "Japanese": (
        "彼は家を出て、通りを歩いて行った。寒い夜だった。誰も彼を待っていなかった。「"
        "どこへ行くの」と彼女は言った。\n"
    ),
    "Korean": (
        "그는 집을 나와 거리를 걸었다. 추운 밤이었다. 아무도 그를 기다리지 않았다. "
        "그녀는 이곳이 어디인지 모르겠다고 말했다.\n"
    ),
}

ENCODINGS = {
    "English": ("cp1252",),
    "French": ("cp1252", "iso8859-15"),
    "German": ("cp1252", "iso8859-1"),
    "Spanish": ("cp1252",),
    "Portuguese": ("cp1252",),
    "Swedish": ("cp1252",),
    "Czech": ("cp1250", "iso8859-2"),
    "Polish": ("cp1250", "iso8859-2"),
    "Hungarian": ("cp1250",),
    "Turkish": ("cp1254",),
    "Russian": ("cp1251", "koi8-r", "iso8859-5"),
    "Ukrainian": ("cp1251", "koi8-u"),
    "Bulgarian": ("cp1251",),
    "Greek": ("cp1253", "iso8859-7"),
    "Hebrew": ("cp1255",),
    "Arabic": ("cp1256", "iso8859-6"),
    "Thai": ("cp874", "tis-620"),
    "Chinese": ("gb18030", "gbk"),
    "Chinese in Taiwan": ("big5", "gb18030"),
    "Japanese": ("shift_jis", "euc-jp", "iso2022-jp"),
    "Korean": ("euc-kr",),
}
"""Encodings in which these texts are long enough to be certain."""

OTHERS = (
    *(
        "cp437",
        "cp737",
        "cp775",
        "cp850",
        "cp852",
        "cp855",
        "cp857",
        "cp866",
        "cp1257",
        "cp1258",
        "mac-roman",
    ),
    *(
        "mac-cyrillic",
        "mac-latin2",
        "mac-greek",
        "mac-turkish",
        "iso8859-4",
        "iso8859-9",
        "iso8859-13",
        "koi8-t",
    ),
    *("big5hkscs", "johab", "shift_jis_2004", "euc_jis_2004", "ptcp154", "cp720", "cp862", "iso8859-16"),
)
"""Encodings that nobody reads for certain, besides those above."""
