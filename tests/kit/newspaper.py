"""Newspaper copy that nobody wrote (仿报文稿): a paragraph for every number, with everything that is hard to set.

    newspaper_paragraph(17)      # always the same

Nested quotes, titles, numbers with units, dates, ranges, prices, telephone numbers, foreign names, western words,
addresses, dashes, ellipses, typed spaces. One paragraph in twenty is noise: marks in any company.
"""

# ruff: noqa: E501, SIM905 (words in rows, as wide as they come)

from collections.abc import Callable
from random import Random
from typing import Final

_WORDS: Final = tuple(
    (
        "我市 今年 以来 群众 企业 项目 建设 发展 创新 服务 社区 居民 乡村 振兴 产业 园区 "
        "会议 代表 记者 了解 活动 举行 现场 学校 老师 学生 医院 医生 交通 公交 道路 改造 "
        "工程 投资 增长 同比 总量 收入 农业 合作社 种植 基地 海洋 港口 旅游 景区 文化 "
        "图书馆 展览 演出 比赛 运动员 志愿者 环境 绿化 污水 治理 空气 质量 的 在 和 与 将 "
        "已 了 把 对 为 从 到 以 及 等 日前 近日 昨天 上午 启动 完成 推进 提升 实现 "
        "开展 组织 服装节 办公室 负责人 工作人员 有关部门 新时代 高质量 一体化 数字化 精细化 "
        "老旧小区 物业 停车位 充电桩 "
    ).split()
)
_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN: Final = "静伟芳娜敏强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲芬"
_FOREIGN: Final = ("让·雅克·卢梭", "列夫·托尔斯泰", "玛丽·居里", "阿尔伯特·爱因斯坦", "卡尔·马克思", "J·K·罗琳")
_TITLES: Final = ("红楼梦", "诗经", "史记·项羽本纪", "新即墨", "海洋强国建设纲要", "论语", "关于促进消费的意见", "家")
_WESTERN: Final = (
    "C919", "5G", "App", "AI", "GDP", "Wi-Fi", "COVID-19", "A4", "iPhone", "Office", "New York", "e-mail", "CBA",
    "PM2.5", "it’s", "VIP", "H7N9", "LED", "Python 3", "information", "internationalization", "K歌", "T恤", "AT&T", "Q&A",
)  # fmt: skip
_ADDRESSES: Final = ("www.example.com.cn", "https://www.example.cn/news/2024?id=15", "info@example.com", "12345.gov.cn")
_UNITS: Final = ("万元", "亿元", "公里", "平方米", "家", "个", "人次", "名", "吨", "℃", "%", "‰", "km", "kg", "GHz", "°")
_MEASURE_WORDS: Final = ("家", "个", "名", "项", "次", "期", "届", "年", "月", "日", "天", "岁", "人", "元")
_STOPS: Final = ("。", "。", "。", "。", "！", "？", "；", "……", "！！", "？！", "！！！")
_NOISE: Final = (*"，。、；：？！“”‘’（）《》〈〉【】·～％℃／/—…-", "——", "……", "？！", " ", "　", "\u2060", "A5", "18.4%")


def newspaper_paragraph(number: int) -> str:
    """The paragraph of this number."""
    random = Random(number)
    if number % 20 == 19:
        return _noise(random)
    text = "".join(_sentence(random) for _ in range(random.choice((1, 1, 2, 2, 3, 3, 4, 6))))
    return text if random.random() < 0.9 else text + random.choice(("（记者　王静）", "（完）", "(图)", "——编者"))


def _noise(random: Random) -> str:
    pieces = [_phrase(random, 1, 3)]
    for _ in range(random.randint(10, 50)):
        pieces.append(random.choice(_NOISE) if random.random() < 0.4 else _phrase(random, 1, 3))
    return "".join(pieces)


def _sentence(random: Random) -> str:
    clauses = [_clause(random) for _ in range(random.randint(1, 4))]
    marks = [random.choice("，，，，，、；：") for _ in clauses[1:]]
    text = clauses[0] + "".join(mark + clause for mark, clause in zip(marks, clauses[1:], strict=True))
    shape = random.random()
    if shape < 0.12:
        return f"“{text}{random.choice(_STOPS)}”{_name(random)}说{random.choice('。，：')}"
    if shape < 0.2:
        return f"{_name(random)}说：“{text}{random.choice(_STOPS)}”"
    return text + random.choice(_STOPS)


def _clause(random: Random) -> str:
    pieces = [_phrase(random, 1, 4)]
    for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
        pieces.append(random.choice(_PIECES)(random))
        if random.random() < 0.7:
            pieces.append(_phrase(random, 1, 3))
    return "".join(pieces)


def _phrase(random: Random, least: int, most: int) -> str:
    return "".join(random.choices(_WORDS, k=random.randint(least, most)))


def _name(random: Random) -> str:
    if random.random() < 0.15:
        return random.choice(_FOREIGN)
    return random.choice(_SURNAMES) + "".join(random.choices(_GIVEN, k=random.choice((1, 2))))


def _number(random: Random) -> str:
    form = random.randrange(5)
    if form == 0:
        return str(random.randint(1, 99))
    if form == 1:
        return f"{random.randint(0, 999)}.{random.randint(0, 99)}"
    if form == 2:
        return f"{random.randint(1, 999)},{random.randint(0, 999):03}"
    return str(random.randint(100, 99_999))


def _amount(random: Random) -> str:
    return _number(random) + random.choice(_UNITS)


def _date(random: Random) -> str:
    month, day = random.randint(1, 12), random.randint(1, 28)
    return random.choice(
        (
            f"2024年{month}月{day}日",
            f"{month}月{day}日",
            f"“{month}·{day}”",
            "二〇二四年",
            f"{random.randint(7, 22)}:{random.randint(0, 59):02}",
            f"9:00—{random.randint(12, 20)}:30",
        )
    )


def _range(random: Random) -> str:
    low = random.randint(1, 60)
    forms = (f"{low}%～{low + 5}%", f"{low}～{low + 3}个", f"{low}℃～{low + 9}℃", f"{low}—{low + 2}岁", f"-{low}℃")
    return random.choice(forms)


def _money(random: Random) -> str:
    return f"{random.choice(('￥', '$', '￥', '€', '±', '+'))}{_number(random)}"


def _phone(random: Random) -> str:
    return random.choice(("0532-86567888", "139****1234", "400-820-8820", "3:2", "1+3", "110/119", "2024-05-21"))


def _title(random: Random) -> str:
    titles = [f"《{one}》" for one in random.sample(_TITLES, random.randint(1, 3))]
    return random.choice(("", "、")).join(titles) + random.choice(("", "", "（节选）"))


def _quote(random: Random) -> str:
    inner = f"‘{_phrase(random, 1, 2)}’{_phrase(random, 0, 2)}" if random.random() < 0.3 else _phrase(random, 1, 3)
    if random.random() < 0.15:
        inner += f"《{random.choice(_TITLES)}》"
    return f"“{inner}{random.choice(('', '', '！', '？'))}”"


def _brackets(random: Random) -> str:
    left, right = random.choice(("（）", "（）", "（）", "【】", "〔〕"))
    inner = random.choice((_amount(random), _title(random), _phrase(random, 1, 3), "图", random.choice(_WESTERN)))
    return f"{left}{inner}{right}"


def _dash(random: Random) -> str:
    return f"——{_phrase(random, 1, 3)}{random.choice(('', '——'))}"


def _western(random: Random) -> str:
    word = random.choice(_WESTERN if random.random() < 0.95 else _ADDRESSES)
    return random.choice((word, word, f" {word} ", f"“{word}”", f"{word}、{random.choice(_WESTERN)}"))


def _counted(random: Random) -> str:
    return random.choice(("第", "近", "约", "")) + str(random.randint(1, 300)) + random.choice(_MEASURE_WORDS)


def _connected(random: Random) -> str:
    return random.choice(("北京—上海", "即墨-蓝村", "和/或", "党员／群众", "三·八节", "①", "②", "Ⅲ类", "№5", "120°"))


def _spaced(random: Random) -> str:
    return f"{_phrase(random, 1, 1)}{random.choice((' ', '　', chr(0xA0)))}{_phrase(random, 1, 1)}"


_PIECES: Final[tuple[Callable[[Random], str], ...]] = (
    _amount, _amount, _date, _date, _range, _money, _phone, _title, _title, _quote, _quote, _brackets, _brackets, _dash,
    _western, _western, _western, _counted, _counted, _connected, _spaced, _name,
    lambda random: random.choice(_FOREIGN), lambda random: "……", lambda random: f"{_phrase(random, 1, 1)}、{_phrase(random, 1, 1)}",
)  # fmt: skip
