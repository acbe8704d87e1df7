"""The same short passage in many languages, and ways to wrap it."""

from __future__ import annotations

PROSE = {
    "en": (
        "The ferry left before the bell and nobody on the quay counted the lamps, because the harbour master "
        "had gone home with a cold and his daughter, who usually did it for him, was waiting for a letter. "
        "“It will come,” she said."
    ),
    "de": (
        "Die Fähre legte vor dem Läuten ab, und niemand am Kai zählte die Lampen, weil der Hafenmeister mit "
        "einer Erkältung nach Hause gegangen war und seine Tochter, die es sonst für ihn tat, auf einen "
        "Brief wartete. So blieb es."
    ),
    "fr": (
        "Le bac partit avant la cloche et personne sur le quai ne compta les lampes, car le maître du port "
        "était rentré chez lui avec un rhume ; sa fille attendait une lettre. « Elle viendra », dit-elle, et "
        "ferma la fenêtre du bureau."
    ),
    "es": (
        "El barco salió antes de la campana y nadie en el muelle contó las lámparas, porque el jefe del "
        "puerto se había ido a casa con un resfriado y su hija esperaba una carta que no llegaba. Al fin "
        "cerró la ventana y apagó la luz."
    ),
    "ru": (
        "Паром ушёл раньше колокола, и никто на пристани не считал фонари, потому что смотритель ушёл домой "
        "с простудой, а его дочь, которая обычно делала это за него, ждала письма. Письмо не пришло и на "
        "другой день."
    ),
    "he": (
        "המעבורת יצאה לפני הפעמון ואיש על הרציף לא ספר את המנורות, כי מנהל הנמל הלך הביתה מצונן ובתו, שבדרך "
        "כלל עשתה זאת במקומו, חיכתה למכתב שלא הגיע. בערב היא סגרה את החלון וכיבתה את האור בחדר הקטן שליד "
        "המים."
    ),
    "ar": (
        "غادرت العبّارة قبل الجرس ولم يعدّ أحد على الرصيف المصابيح، لأن مدير الميناء عاد إلى بيته مصابًا "
        "بالزكام وكانت ابنته، التي تفعل ذلك عادة بدلًا منه، تنتظر رسالة لم تصل. في المساء أغلقت النافذة "
        "وأطفأت الضوء في الغرفة."
    ),
    "hi": (
        "नाव घंटी से पहले निकल गई और घाट पर किसी ने दीपक नहीं गिने, क्योंकि बंदरगाह का मालिक ज़ुकाम लेकर घर "
        "चला गया था और उसकी बेटी, जो अक्सर उसके लिए यह करती थी, एक चिट्ठी का इंतज़ार कर रही थी जो नहीं आई।"
    ),
    "ko": (
        "나룻배는 종이 울리기 전에 떠났고 부두에서는 아무도 등불을 세지 않았다. 항구 관리인은 "
        "감기에 걸려 집으로 돌아갔고 늘 그를 대신하던 딸은 오지 않는 편지를 기다리고 있었기 "
        "때문이다. 저녁이 되자 그녀는 창문을 닫고 불을 껐다."
    ),
    "el": (
        "Το καράβι έφυγε πριν από την καμπάνα και κανείς στην προκυμαία δεν μέτρησε τα φανάρια, γιατί ο λιμενάρχης "
        "είχε πάει σπίτι κρυωμένος και η κόρη του, που το έκανε συνήθως στη θέση του, περίμενε ένα γράμμα. Το "
        "γράμμα δεν ήρθε ποτέ."
    ),
    "pl": (
        "Prom odpłynął przed dzwonem i nikt na nabrzeżu nie liczył latarni, bo zawiadowca portu poszedł do domu z "
        "przeziębieniem, a jego córka, która zwykle robiła to za niego, czekała na list. List nie przyszedł i "
        "następnego dnia."
    ),
    "tr": (
        "Vapur çandan önce kalktı ve rıhtımda kimse fenerleri saymadı, çünkü liman müdürü üşüttüğü için eve "
        "gitmişti ve bu işi genellikle onun yerine yapan kızı bir mektup bekliyordu. Mektup ertesi gün de gelmedi."
    ),
}
"""Prose in languages with blanks between words."""

CLOSE = {
    "zh": (
        "渡船在钟响以前就离开了码头，岸上没有一个人去数那些灯，因为管港口的人着了凉回家去了，平时替他数灯的女"
        "儿正在等一封信，那封信一直没有来，到了晚上她关上窗户，把小屋里的灯也熄了。"
    ),
    "ja": (
        "渡し船は鐘が鳴る前に出てしまい、岸壁では誰も灯りを数えなかった。港の主は風邪をひいて家に帰り、いつも"
        "代わりに数えていた娘は届かない手紙を待っていたからである。夜になると娘は窓を閉め、小さな部屋の灯りを"
        "消した。"
    ),
    "th": (
        "เรือข้ามฟากออกไปก่อนระฆังและไม่มีใครบนท่านับดวงไฟเ"
        "พราะนายท่าเป็นหวัดกลับบ้านไปแล้วส่วนลูกสาวที่เคยนั"
        "บแทนกำลังรอจดหมายที่ไม่เคยมาถึงพอตกค่ำเธอก็ปิดหน้า"
        "ต่างแล้วดับไฟในห้องเล็กริมน้ำ"
    ),
    "lo": (
        "ເຮືອຂ້າມຟາກອອກໄປກ່ອນລະຄັງແລະບໍ່ມີໃຜຢູ່ທ່ານັບໂຄມໄຟເພາະນາຍທ່າເປັນຫວັດກັບບ້ານໄປແລ້ວ"
        "ສ່ວນລູກສາວທີ່ເຄີຍນັບແທນກຳລັງລໍຖ້າຈົດໝາຍທີ່ບໍ່ເຄີຍມາເຖິງ"
    ),
    "km": (
        "សាឡាងចេញមុនជួងហើយគ្មាននរណានៅលើកំពង់ផែរាប់ចង្កៀងទេព្រោះមេកំពង់ផែបានផ្តាសាយហើយ"
        "ទៅផ្ទះវិញឯកូនស្រីដែលធ្លាប់រាប់ជំនួសគាត់កំពុងរង់ចាំសំបុត្រមួយដែលមិនដែលមកដល់"
    ),
    "my": (
        "ကူးတို့သင်္ဘောသည်ခေါင်းလောင်းမထိုးမီထွက်သွားပြီးဆိပ်ကမ်းပေါ်တွင်မည်သူမျှမီးအိမ်များကိုမရေတွက်ခဲ့ပေ"
        "ဆိပ်ကမ်းမှူးသည်အအေးမိ၍အိမ်ပြန်သွားပြီးသူ့သမီးမှာစာတစ်စောင်ကိုစောင့်နေသည်"
    ),
}
"""Prose in scripts without blanks between words."""


def chunks(text: str, size: int) -> str:
    """The text cut every `size` characters, as a wrapping editor does without blanks."""
    lines = [text[at : at + size] for at in range(0, len(text), size)]
    return "\n".join(lines)
