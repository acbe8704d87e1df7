"""Words of web pages on which stories are published: buttons, counters, footers and closing talk.

All in lower case. A line counts only if it consists of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.domain.manuscript.web_pages.web_page_lines import SPEECH
from bot.domain.text.sign_search import find_signs


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(each.split()) for each in text.split("|") if each.strip())


BUTTONS = _phrases("""
add to library | like it ? add to library! | add to your library
 | add to reading list | add to reading lists | add to my library
| add to bookshelf | log in to comment | sign in to comment | login to comment | log in to vote
| sign up to comment | log in to reply | please login to leave a comment | load more pages
| load more comments | load next page | load more | view all comments | show all comments
| show comments | hide comments | report story | report this story | report chapter
| report inappropriate content | report abuse | sponsored content | continue reading next part
| continue to next part | continue to next chapter | you'll also like | you’ll also like
| you may also like | promoted stories | remove ads | try premium | go premium | share this post
| leave a review | write a review | log in to leave a review | add a comment
| share on facebook | share on twitter | share on x | share on tumblr | share via email
| share via e-mail | share this: | like this: | leave a reply | leave a comment | post a comment
| post comment | write a comment | skip to content | skip to main content | skip header | back to top
| ↑ back to top | reader settings | fiction page | chapter index | start reading first part
| start a new story | creators' thoughts | unlock this chapter | view my other stories
| read next episode | download the app | get notified when this story is updated
| read more from this author | zur bibliothek hinzufügen | zur leseliste hinzufügen
| zum kommentieren anmelden | anmelden, um zu kommentieren | anmelden um zu kommentieren
| geschichte melden | kapitel melden | weitere seiten laden | mehr kommentare laden
| alle kommentare anzeigen | das könnte dir auch gefallen | kommentar schreiben | kommentar hinterlassen
| schreibe einen kommentar | hinterlasse einen kommentar
| auf facebook teilen | diesen beitrag teilen | añadir a la biblioteca
| agregar a la biblioteca | añadir a lista de lectura | agregar a lista de lectura
| inicia sesión para comentar | iniciar sesión para comentar | reportar historia | denunciar historia
| cargar más páginas | cargar más comentarios | ver todos los comentarios | también te gustarán
| también te puede gustar | dejar un comentario | deja un comentario | contenido patrocinado
| compartir en facebook | ajouter à la bibliothèque | ajouter à ma bibliothèque
| ajouter à une liste de lecture | connectez-vous pour commenter | signaler l'histoire
| signaler l’histoire | charger plus de pages | voir tous les commentaires | vous aimerez aussi
| laisser un commentaire | contenu sponsorisé | partager sur facebook | adicionar à biblioteca
| adicionar à lista de leitura | faça login para comentar | entre para comentar | denunciar história
| carregar mais páginas | ver todos os comentários | você também vai gostar | deixe um comentário
| deixar um comentário | conteúdo patrocinado | compartilhar no facebook | tambahkan ke perpustakaan
| tambah ke perpustakaan | masuk untuk berkomentar | laporkan cerita | kamu akan menyukai ini
| muat halaman lainnya | lihat semua komentar | tinggalkan komentar | idagdag sa library
| idagdag sa aklatan | mag-log in para magkomento | iulat ang kuwento | magugustuhan mo rin ang
| mag-iwan ng komento | добавить в библиотеку | добавить в избранное | войдите, чтобы комментировать
| войти, чтобы комментировать | войдите, чтобы оставить комментарий | пожаловаться на историю
| загрузить ещё | загрузить еще | показать все комментарии | вам также понравится | вам также понравятся
| оставить комментарий | оставить отзыв | написать отзыв | добавить комментарий | поделиться в вк | поделиться вконтакте
| προσθήκη στη βιβλιοθήκη | συνδεθείτε για να σχολιάσετε | αφήστε ένα σχόλιο | أضف إلى المكتبة
| إضافة إلى المكتبة | سجل الدخول للتعليق | اترك تعليقا | اترك تعليقًا | الإبلاغ عن القصة | הוסף לספרייה
| התחבר כדי להגיב | השאירו תגובה | השארת תגובה | लाइब्रेरी में जोड़ें | टिप्पणी करने के लिए लॉग इन करें
| टिप्पणी करें | เพิ่มเข้าคลัง | เพิ่มเข้าชั้น | เข้าสู่ระบบเพื่อแสดงความคิดเห็น | kütüphaneye ekle
| yorum yapmak için giriş yap | dodaj do biblioteki | thêm vào thư viện | đăng nhập để bình luận
| 加入书架 | 加入書架 | 加入书签 | 加入書籤 | 投推荐票 | 投推薦票 | 返回目录 | 回目录 | 章节目录
| 章節目錄 | 章节报错 | 章节错误举报 | 本章完 | 本章未完 | 登录后评论 | 点击下一页继续阅读
| 本章未完，点击下一页继续阅读 | 求推荐票 | 求推薦票 | 求收藏 | 求月票 | 求订阅 | 求打赏 | 求票 | 求评论
| 求收藏求推荐 | 求收藏，求推荐票 | 求推荐票，求收藏 | ブックマークに追加 | ブックマークする
| ブックマーク登録 | ブックマークに登録 | 評価をつける | 感想を書く | レビューを書く | いいねで応援
| 作品をフォロー | 応援コメントを書く | しおりを挟む | ログインしてコメントする | 誤字報告
| 관심작품 등록 | 선호작 등록 | 선호작품 등록 | 추천하기 | 댓글 쓰기 | 댓글 달기 | 로그인 후 댓글
| 다음화 보기 | 이전화 보기 | 작품 신고 | 작가에게 후원하기
""")
"""Lines that no story has."""

LIKELY_BUTTONS = _phrases("""
next part | next chapter | previous chapter | previous part | next episode | previous episode
| continue reading | start reading | keep reading | read next | chapter list | entire work
| download epub | nächstes kapitel | vorheriges kapitel | weiterlesen | nächster teil | jetzt lesen
| siguiente capítulo | capítulo siguiente | capítulo anterior | siguiente parte | seguir leyendo
| continuar leyendo | empezar a leer | chapitre suivant | chapitre précédent | partie suivante
| continuer la lecture | commencer la lecture | próximo capítulo | continuar lendo | começar a ler
| próxima parte | bab selanjutnya | bab berikutnya | bab sebelumnya | bagian selanjutnya
| lanjutkan membaca | mulai membaca | susunod na kabanata | susunod na parte | magpatuloy sa pagbasa
| следующая глава | предыдущая глава | следующая часть | продолжить чтение | начать читать
| επόμενο κεφάλαιο | προηγούμενο κεφάλαιο | الفصل التالي | الفصل السابق | הפרק הבא | הפרק הקודם
| अगला अध्याय | पिछला अध्याय | ตอนต่อไป | ตอนก่อนหน้า | you are reading | you're reading
| you’re reading | recommended for you | share this story | show more | du liest gerade | estás leyendo
| vous lisez | você está lendo | kamu sedang membaca | anda sedang membaca | binabasa mo ang
| вы читаете | читать далее | ждёте новую часть? | διαβάζετε | أنت تقرأ | आप पढ़ रहे हैं | คุณกำลังอ่าน
| แสดงความคิดเห็น | şu an okuyorsun | właśnie czytasz | bạn đang đọc | 上一章 | 下一章 | 上一页 | 下一页
| 評価する | 応援する | 次のエピソード | 前のエピソード | 続きを読む
| 次の話 | 前の話 | 次の話へ | 前の話へ | 다음화 | 이전화 | 目次へ戻る | 목록으로
| в сборник | zurück zum anfang | volver arriba | retour en haut | voltar ao topo
""")
"""Buttons of several words that a story may have in its middle, but hardly at its ends."""

LIKELY_WORDS = _phrases("""
next | previous | prev | vote | votes | comment | comments | share | follow | following | followers
| unfollow | report | subscribe | subscribed | like | likes | reply | replies | bookmark | bookmarks
| advertisement | sponsored | ad | ads | print | donate | ongoing | completed | complete | hiatus
| mature | library | home | login | log in | sign up | sign in | read | reads | views | rate | review
| reviews | kudos | tags | favorite | favourite | tip | support | weiter | zurück | abstimmen
| kommentieren | teilen | folgen | melden | abonnieren | anzeige | werbung | laufend | abgeschlossen
| anmelden | kommentare | votar | comentar | compartir | seguir | reportar | denunciar | suscribirse
| suscríbete | anuncio | publicidad | en curso | en progreso | completada | completa | comentarios
| siguiente | anterior | partager | suivre | signaler | s'abonner | s’abonner | publicité | en cours
| terminé | terminée | commentaires | suivant | précédent | compartilhar | inscrever-se | anúncio
| publicidade | em andamento | concluída | concluído | comentários | próximo | bagikan | ikuti
| laporkan | iklan | lanjut | komentar | vote dan komen | suara | ibahagi | sundan | iulat | patalastas
| kumpleto | komento | голосовать | проголосовать | комментировать | поделиться | подписаться
| пожаловаться | реклама | в процессе | завершён | завершена | завершено | закончен | комментарии
| отзывы | рецензии | в избранное | далее | назад | дальше | нравится
| σχόλια | κοινοποίηση | διαφήμιση | επόμενο | تابع | مشاركة | شارك
| إعلان | التعليقات | مكتملة | مستمرة | שתף | עקוב | פרסומת | תגובות | הבא | साझा करें | फ़ॉलो करें
| विज्ञापन | टिप्पणियाँ | แชร์ | ติดตาม | โฆษณา | ความคิดเห็น | จบแล้ว | 分享 | 收藏 | 打赏 | 推荐
| 评论 | 評論 | 点赞 | 關注 | 关注 | 广告 | 廣告 | 连载中 | 連載中 | 已完结 | 已完結 | 完结 | 推荐票
| 月票 | ブックマーク | 評価 | 感想 | レビュー | シェア | フォロー | 広告 | 完結 | 完結済 | 次へ | 前へ
| いいね | 応援コメント | 공유 | 공유하기 | 팔로우 | 구독 | 추천 | 댓글 | 광고 | 연재중 | 연재 중 | 완결
| 다음 | 이전 | 신고 | 좋아요 | 举报 | last chapter | first chapter | about the author
| table of contents | 目录 | 目錄 | 目次 | 書架 | 书架
""")
"""Buttons that are a single word or nearly so. One needs another piece of web page near it."""

AD_WORDS = _phrases("""
advertisement | advertisements | sponsored | anzeige | werbung | anuncio | publicidad | publicité
| anúncio | publicidade | iklan | patalastas | реклама | διαφήμιση | إعلان | פרסומת | विज्ञापन | โฆษณา
| 广告 | 廣告 | 広告 | 광고
""")
"""Headings of advertisements. Two of them are no chance."""

UNITS = (
    "reads?|views?|comments?|likes?|kudos|bookmarks?|followers?|favou?rites?|favs|reviews?"
    "|subscribers?|subs|shares?|aufrufe|mal gelesen|kommentare?|lesezeichen|lecturas?|vistas?"
    "|comentarios?|leídos?|seguidores|lectures?|vues?|commentaires?|favoris|abonnés|leituras?"
    "|visualizações|comentários?|pembaca|dibaca|komentar|komento|прочтени[йея]|просмотр(?:ов|а)?"
    "|комментари(?:ев|[яий])|нравится|отзыв(?:ов|ы|а)?|лайк(?:ов|а)?|читател(?:ей|я|ь)|προβολές|σχόλια|مشاهدة|مشاهدات|قراءة"
    "|تعليق|تعليقات|צפיות|תגובות|बार पढ़ा गया|टिप्पणियाँ|วิว|ความคิดเห็น|ถูกใจ|阅读|閱讀|点击"
    "|點擊|收藏|推荐票?|月票|评论|評論|人气|字数|ブックマーク|pv|閲覧|感想|いいね|조회수?|댓글"
    "|선호작?|좋아요"
)
"""Counted things of web pages, as alternatives of a regular expression."""

UNITS_OF_STORIES = (
    "votes?|stars?|hits|ratings?|follows?|hearts?|readers?|stimmen?|sterne|leser|votos?"
    "|estrellas?|suara|bintang|boto|голос(?:ов|а)?|ψήφοι|تصويت|הצבעות|वोट|โหวต|評価|ポイント|pt"
    "|추천"
)
"""Counted things that a story may count too."""

LENGTH_UNITS = (
    "parts|chapters|words|pages|teile|kapitel|wörter|seiten|partes|capítulos|palabras|chapitres"
    "|mots|palavras|bagian|bab|mga kabanata|глав[аы]?|слов[ао]?|частей|κεφάλαια|λέξεις|فصول|פרקים"
    "|अध्याय|ตอน|章|字|文字|部分|회"
)
"""Counted things of which titles have a number behind them."""

NOTE_HEADINGS = re.compile(
    r"a/n\b|(?:an|author[’']?s?[’']?(?: end)? notes?|note from the author"
    r"|a note from (?:the )?[\w .-]{1,40}|(?:chapter |beginning |opening )?(?:end )?notes"
    r"|creator[’']?s?[’']? thoughts?|author[’']?s? thoughts|anmerkung(?:en)? (?:des autors"
    r"|der autorin)|vorwort des autors|nachwort des autors|nota (?:de la autora|del autor)"
    r"|nota (?:do autor|da autora)|notas (?:do autor|da autora|finais|de la autora|del autor)"
    r"|notes? (?:de l[’']auteure?|de l[’']autrice)|catatan penulis|tala ng may-akda|от автора"
    r"|(?:примечание|примечания) автора|σημείωση (?:του|της) συγγραφέα|ملاحظة (?:الكاتب|الكاتبة"
    r"|المؤلف)|הערת (?:המחבר|המחברת|הסופר)|लेखक की ओर से|लेखक का नोट|คุยกับนักเขียน|จากใจนักเขียน"
    r"|จากนักเขียน|作者按|作者有话说|作者有話說|作者的话|作者的話|作者注|作者より|あとがき|後書き"
    r"|まえがき|前書き|작가의 말|작가 후기)(?= ?[:：)\]】—–-]|\Z)"
)
"""The beginning of an author's note."""

_CLOSING_TALK = re.compile(
    r"(?:please|don[’']t forget to|remember to|be sure to|make sure to|kindly)"
    r" (?:\w+[ ,/]+){0,2}(?:vote|comment|like|subscribe|follow|rate|review|share"
    r"|bookmark)(?: ?[,/&+]|,? and|,? or) ?(?:\w+[ ,]+){0,3}(?:vote|comment|like|subscribe|follow"
    r"|rate|review|share|bookmark)\b|(?:please|don[’']t forget to|remember to|be sure to) (?:vote"
    r"|comment|subscribe|leave (?:a|some|your) (?:\w+ )?(?:comment|review|vote|star"
    r"|kudo)s?)(?: (?:if|and|below|down|on this)\b|[!.~♥❤ ]*\Z)|\bvote (?:and|&|\+) comment"
    r"|\bcomment (?:and|&) vote|\bvote, comment|(?:thanks"
    r"|thank you)(?: \w+){0,4} for reading(?:[!.,~♥❤ ]*\Z| (?:and|this|the|my) (?:chapter|story"
    r"|part|update|vot|comment)|[!,] )|\b(?:patreon|ko-?fi|buymeacoffee)\b.{0,40}(?:chapters|ahead"
    r"|support)|\b(?:donate|tip me|buy me a coffee)\b.{0,20}\b(?:patreon|ko-?fi|paypal)"
    r"|(?:support|chapters|ahead).{0,40}\b(?:patreon|ko-?fi|buymeacoffee)|join (?:my|our"
    r"|the) discord|stay tuned for the next|danke fürs lesen"
    r"|lasst (?:doch )?(?:mir )?(?:gerne )?(?:ein(?:en)? )?(?:vote|kommentar|sternchen)"
    r"|vergesst nicht zu voten|gracias por leer|no olvid(?:en|es|éis) (?:de )?(?:votar|comentar)"
    r"|voten y comenten|dejen sus (?:votos|comentarios)|merci d[’']avoir lu"
    r"|n[’']oubliez pas de (?:voter|commenter)|votez et commentez|obrigad[oa] por ler(?:em)?"
    r"|não (?:se )?esqueçam? de (?:votar|comentar|deixar)|votem e comentem"
    r"|jangan lupa (?:untuk )?(?:vote|vot|komen|like|follow)|vote dan komen|terima kasih (?:sudah"
    r"|telah) membaca|salamat sa pagbabasa|huwag kalimutang (?:bumoto|mag-?vote)|vote and comment"
    r"|спасибо за прочтение|не забудьте (?:поставить|оставить|подписаться|проголосовать)"
    r"|ставьте (?:лайки|звёзд|звезд)|ευχαριστώ που διαβάσατε|μην ξεχάσετε να ψηφίσετε"
    r"|شكرا(?:ً)? (?:على|لكم على) القراءة|لا تنسوا? (?:التصويت|التعليق)|תודה שקראתם"
    r"|אל תשכחו (?:להגיב|להצביע)|पढ़ने के लिए धन्यवाद|वोट और (?:कमेंट|टिप्पणी)|ขอบคุณที่อ่าน"
    r"|อย่าลืม(?:โหวต|กดไลค์|คอมเมนต์|เมนต์)|求(?:推荐票|推薦票|收藏|月票|订阅|訂閱|打赏|打賞)"
    r"|(?:求|请)(?:多多)?(?:收藏|推荐|支持)本书|喜欢(?:本书|这本书)?的?(?:读者|朋友"
    r"|话)?请?(?:多多)?收藏|ブックマーク(?:や|と|、|・)?(?:評価|感想)|(?:評価"
    r"|ブックマーク)(?:を)?(?:お願い|して(?:いただ|くださ))|読んでいただきありがとう"
    r"|読んでくださりありがとう|읽어 ?주셔서 (?:감사|고맙)|추천(?:과|이랑|,)? ?(?:댓글|선작"
    r"|선호작)|선작(?:과|,)? ?추천"
)
_TALK_SIGNS = re.split(
    r"\|",
    "donate|tip me|buy me a|vote|comment|review|subscribe|follow|share|bookmark|reading|patreon|ko-fi|kofi|buymeacoffee"
    "|discord|stay tuned"
    "|fürs lesen|lasst|voten|gracias|olvid|dejen sus|merci|oubliez|votez|obrigad|votem|jangan lupa|terima kasih|salamat"
    "|huwag|прочтение|не забудьте|ставьте|ευχαριστώ|ξεχάσετε|القراءة|تنس|תודה|תשכחו|धन्यवाद|वोट|ขอบคุณ|อย่าลืม"
    "|求|收藏|支持|推荐|ブックマーク|評価|ありがとう|읽어|추천|선작",
)


FOREIGN_NOTICE = re.compile(
    r"this image (?:does not follow our|(?:was|has been) removed because it (?:breaks|violates|does not follow) our)"
    r" content guidelines|if you(?:[’']re"
    r"| are) reading this (?:\w+ ){0,3}(?:anywhere (?:but|else|other|except|that)"
    r"|somewhere (?:else|other)|on (?:any (?:site|website|other|platform)|amazon))|(?:stolen"
    r"|without (?:the author[’']s |any )?(?:permission|authorization|consent|approval)|unlawfully"
    r"|illicitly|misappropriated|pilfered|purloined|unauthorized).{0,120}(?:\breport (?:(?:any|all"
    r"|its|the|it)\b ?)?(?:\w+ )?(?:sightings?|violations?|instances?|appearances?|occurrences?"
    r"|if)\b|on amazon|royal road)|\breport (?:any|it|the)\b.{0,60}\bon amazon"
    r"|read (?:the )?(?:latest|newest|more) chapters? (?:at|on)|find this and other great novels"
    r"|rated: fiction|posted originally on the archive of our own|tip: you can use (?:the )?left"
    r"|if you find any errors ?\(|translator:.{1,40}editor:"
    r"|dieses bild entspricht nicht unseren|esta imagen no sigue nuestras (?:pautas|normas)"
    r"|cette image ne (?:respecte|suit) pas nos|esta imagem não segue nossas"
    r"|gambar ini tidak mengikuti|изображение не соответствует нашим|wenn (?:du|ihr|sie) (?:das"
    r"|dies) (?:hier )?woanders les|si est[aá]s leyendo esto en otr[oa]"
    r"|si vous lisez (?:ceci|cela) ailleurs|если вы читаете это не на|手机用户请(?:浏览|到|访问)"
    r"|手機用戶請(?:瀏覽|到)|最新章节(?:请|尽在|首发)|请记住本(?:站|书)|天才一秒记住|手机版(?:阅读)?(?:网址|地址)|本书(?:首发"
    r"|由.{2,20}(?:首发|提供|整理))|本章未完|一秒记住|無断転載|無断複製|小説家になろうで(?:連載"
    r"|掲載)|무단 ?(?:전재|복제|배포)"
)
"""Notices of sites, and of authors against theft, that may stand between any two paragraphs."""

_NOTICE_SIGNS = re.split(
    r"\|",
    "rated: fiction|archive of our|you can use |any errors|translator:|great novels|woanders|leyendo|lisez",
)


def find_talk(text: str) -> Callable[[str], bool]:
    """Return a test of lines of a text, all in lower case, for talk to the readers of a site.

    Lines with speech of the story's are none.
    """
    test = _test(text, _TALK_SIGNS, _CLOSING_TALK)
    return lambda line: test(line) and SPEECH.isdisjoint(line)


def find_site_notices(text: str) -> Callable[[str], bool]:
    """Return a test of lines of a text, all in lower case, for notices that stand at its ends only."""
    return _test(text, _NOTICE_SIGNS, FOREIGN_NOTICE)


def _test(text: str, signs: Iterable[str], pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Return a search in lines of `text` that first looks for signs, of which few texts have any."""
    there = find_signs(text, signs)
    return lambda line: any(sign in line for sign in there) and pattern.search(line) is not None


TRIGGERS = re.split(
    r"\|",
    "content guidelines|reading this |report |amazon|royal road|chapters |entspricht nicht unseren|sigue nuestras"
    "|pas nos|tidak mengikuti|não segue|не соответствует нашим|читаете это не|手机用户|手機用戶|最新章节|手机版|记住"
    "|本书|本章未完|無断|小説家になろう|무단",
)
"""Parts of `FOREIGN_NOTICE`, in lower case, to search for first: few texts have any of them."""
