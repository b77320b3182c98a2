import pytest

from bot.filter.languages import find_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We stopped disavowing in 2019; nothing moved."),
        ("en", "I asked the clients what they read, and it was the price list."),
        ("de", "Ich habe 2020 aufgehört, Links zu kaufen. Passiert ist nichts."),
        ("de", "Wir messen nur noch, was jemand liest."),
        ("es", "Hemos dejado de comprar enlaces hace tres años y no ha cambiado nada."),
        ("fr", "Nous avons cessé d'acheter des liens il y a trois ans et rien n'a changé pour nos clients."),
        ("nl", "We zijn drie jaar geleden gestopt met links kopen en er is niets veranderd."),
        ("it", "Abbiamo smesso di comprare link tre anni fa e non è cambiato niente."),
        ("pt", "Paramos de comprar links há três anos e nada mudou para os nossos clientes."),
        ("pl", "Przestaliśmy kupować linki trzy lata temu i nic się nie zmieniło."),
        ("sv", "Vi slutade köpa länkar för tre år sedan och inget hände."),
        ("tr", "Üç yıl önce bağlantı satın almayı bıraktık ve hiçbir şey değişmedi."),
        ("ru", "Мы перестали покупать ссылки три года назад, и ничего не изменилось."),
        ("uk", "Ми перестали купувати посилання три роки тому і нічого не змінилося."),
        ("ja", "三年前にリンクの購入をやめましたが、順位は変わりませんでした。"),
        ("zh", "我们三年前就不再买链接了，什么也没有发生。"),
        ("ko", "우리는 삼 년 전에 링크 구매를 그만뒀고 아무 일도 없었습니다."),
        ("ar", "توقفنا عن شراء الروابط قبل ثلاث سنوات ولم يتغير شيء."),
        ("fa", "ما سه سال پیش خرید لینک را متوقف کردیم و هیچ چیز تغییر نکرد"),
        ("hi", "हमने तीन साल पहले लिंक खरीदना बंद कर दिया और कुछ नहीं बदला।"),
        ("el", "Σταματήσαμε να αγοράζουμε συνδέσμους πριν από τρία χρόνια."),
        ("he", "הפסקנו לקנות קישורים לפני שלוש שנים ושום דבר לא השתנה."),
        ("th", "เราเลิกซื้อลิงก์เมื่อสามปีก่อน"),
    ],
)
def test_the_language_of_a_sentence_is_found(language, text):
    assert find_language(text) == language


@pytest.mark.parametrize(
    "text", ["", "danke", "gracias", "Titles", "ok", "12 %", "👍", "SEO, PR, HTML", "WordPress Plausible Matomo"]
)
def test_what_says_too_little_has_no_language(text):
    assert find_language(text) == ""
