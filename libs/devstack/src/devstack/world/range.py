"""The spring range of NORD: twelve styles, their cloth, colours and list prices."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colour:
    en: str
    ja: str
    hex: str


COLOURS = {
    "ECR": Colour("Ecru", "エクリュ", "#e6dfcf"),
    "INK": Colour("Ink", "インク", "#2d3340"),
    "SAG": Colour("Sage", "セージ", "#7c8b74"),
    "BRK": Colour("Brick", "ブリック", "#8f4a3c"),
    "STN": Colour("Stone", "ストーン", "#a39b8b"),
    "COC": Colour("Cocoa", "ココア", "#5a4336"),
    "SKY": Colour("Sky", "スカイ", "#9db3c4"),
    "CHA": Colour("Charcoal", "チャコール", "#43423f"),
}


@dataclass(frozen=True, kw_only=True)
class Style:
    """One model. `kind` is what is drawn; list prices are in minor units."""

    number: str
    kind: str
    en: str
    ja: str
    about_en: str
    about_ja: str
    cloth_en: str
    cloth_ja: str
    category: str
    """One text for readers of every language: so in both of the demo world's."""
    colours: tuple[str, ...]
    yen: int
    sizes: str = "letters"
    is_womens: bool = True

    @property
    def dollars(self) -> int:
        """About 150 yen to the dollar, in whole dollars."""
        return round(self.yen / 150) * 100

    @property
    def euros(self) -> int:
        return round(self.yen / 165) * 100

    def picture_key(self, colour: str) -> str:
        return f"demo/{self.kind}-{colour.lower()}"


STYLES = (
    Style(
        number="ND-1001", kind="tee", en="Heavy Cotton Tee", ja="ヘビーコットンT",
        about_en="A dry, dense jersey that keeps its shape after a hundred washes.",
        about_ja="乾いた肌ざわりの度詰め天竺。百回洗っても形が崩れません。",
        cloth_en="100% organic cotton", cloth_ja="オーガニックコットン100%",
        category="Tops / トップス", colours=("ECR", "INK", "SAG", "SKY"), yen=9800,
    ),
    Style(
        number="ND-2010", kind="cardigan", en="Harbour Cardigan", ja="ハーバーカーディガン",
        about_en="Knitted in one piece, with horn buttons and a collar that stands.",
        about_ja="ホールガーメントで編み上げた一枚。水牛ボタンと立ち上がる襟元。",
        cloth_en="70% merino, 30% cotton", cloth_ja="メリノウール70% コットン30%",
        category="Tops / トップス", colours=("STN", "INK", "BRK"), yen=26800,
    ),
    Style(
        number="ND-3110", kind="skirt", en="Long Pleated Skirt", ja="ロングプリーツスカート",
        about_en="Soft pleats that open as you walk and fall back by themselves.",
        about_ja="歩くたびに開き、ひとりでに戻るやわらかなプリーツ。",
        cloth_en="100% recycled polyester", cloth_ja="再生ポリエステル100%",
        category="Bottoms / ボトムス", colours=("STN", "INK", "COC"), yen=22000,
    ),
    Style(
        number="ND-4002", kind="dress", en="Apron Dress", ja="エプロンドレス",
        about_en="Cut from one width of linen, gathered under the yoke.",
        about_ja="一枚のリネンからとった身頃を、ヨークの下でたっぷりギャザーに。",
        cloth_en="100% linen", cloth_ja="リネン100%",
        category="Dresses / ワンピース", colours=("BRK", "ECR", "CHA"), yen=34000,
    ),
    Style(
        number="ND-5001", kind="coat", en="Balmacaan Coat", ja="バルマカンコート",
        about_en="A roomy raglan coat in a cloth that sheds the first rain.",
        about_ja="はじめの雨をはじく生地で仕立てた、ゆとりあるラグランコート。",
        cloth_en="100% cotton gabardine", cloth_ja="コットンギャバジン100%",
        category="Outerwear / アウター", colours=("STN", "INK"), yen=72000,
    ),
    Style(
        number="ND-8003", kind="scarf", en="Field Scarf", ja="フィールドスカーフ",
        about_en="Woven slowly on narrow looms, fringed by hand.",
        about_ja="細幅の織機でゆっくり織り、手作業で房を仕上げました。",
        cloth_en="100% lambswool", cloth_ja="ラムウール100%",
        category="Accessories / 小物", colours=("BRK", "SAG", "SKY"), yen=14000, sizes="one",
    ),
    Style(
        number="ND-8010", kind="tote", en="Market Tote", ja="マーケットトート",
        about_en="Washed canvas with handles long enough for a coat.",
        about_ja="コートの上からでも肩にかかる長い持ち手の、洗いをかけた帆布トート。",
        cloth_en="100% cotton canvas", cloth_ja="コットンキャンバス100%",
        category="Accessories / 小物", colours=("ECR", "INK", "COC"), yen=12800, sizes="one",
    ),
    Style(
        number="ND-1042", kind="overshirt", en="Workroom Overshirt", ja="ワークルームオーバーシャツ",
        about_en="A shirt to wear as a jacket, washed once for a soft hand.",
        about_ja="製品洗いで仕上げた、シャツとしても羽織りとしても着られる一枚。",
        cloth_en="100% cotton twill", cloth_ja="コットンツイル100%",
        category="Tops / トップス", colours=("INK", "STN", "SAG", "CHA"), yen=24800, is_womens=False,
    ),
    Style(
        number="ND-2020", kind="knit", en="Crewneck Knit", ja="クルーネックニット",
        about_en="Five-gauge ribs at hem and cuffs, a body that breathes.",
        about_ja="裾と袖口は5ゲージのリブ、身頃は風を通す編み地。",
        cloth_en="100% cotton", cloth_ja="コットン100%",
        category="Tops / トップス", colours=("SAG", "INK", "ECR", "BRK"), yen=21000, is_womens=False,
    ),
    Style(
        number="ND-3007", kind="trousers", en="Wide Pleat Trousers", ja="ワイドプリーツトラウザー",
        about_en="Two pleats, a straight fall, pockets deep enough to use.",
        about_ja="二本のタックからまっすぐ落ちる形。使える深さのポケット。",
        cloth_en="60% wool, 40% linen", cloth_ja="ウール60% リネン40%",
        category="Bottoms / ボトムス", colours=("CHA", "STN", "INK"), yen=26000, is_womens=False,
    ),
    Style(
        number="ND-8020", kind="beanie", en="Dock Beanie", ja="ドックビーニー",
        about_en="Short, ribbed, warm enough for an April pier.",
        about_ja="四月の桟橋でもあたたかい、浅めのリブ編み。",
        cloth_en="100% merino", cloth_ja="メリノウール100%",
        category="Accessories / 小物", colours=("INK", "BRK", "STN"), yen=7800, sizes="one",
        is_womens=False,
    ),
    Style(
        number="ND-9002", kind="loafers", en="Soft Loafers", ja="ソフトローファー",
        about_en="Unlined calf on a sole that bends from the first day.",
        about_ja="裏地のないカーフと、初日から曲がるソール。",
        cloth_en="Calf leather", cloth_ja="カーフレザー",
        category="Shoes / シューズ", colours=("COC", "CHA"), yen=38000, sizes="shoes", is_womens=False,
    ),
)  # fmt: skip
