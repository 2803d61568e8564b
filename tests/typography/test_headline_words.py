"""Headlines without a space, divided as a night editor would (TY-92): between words, before a phrase.

Each | is where the headline must break in a column that leaves it two lines.
"""

import pytest

from layout_engine.base.units import pt
from layout_engine.faces.fallback import Faces
from tests.typography.test_headline import faces, fit, make_style  # noqa: F401

NAMES = ("韩世军", "青岛市", "即墨区", "蓝谷管理局")
IN_TWO_LINES = """
一季度全区新能源新材料|产业增加值增速18.4%
全区各级各部门紧跟市委工作目标导向|推动各项工作全面进位争先
青岛市即墨区和蓝谷管理局激励干部担当作为|推动高水平开放高质量发展工作会议召开
三条公交线路周六调整|早高峰间隔缩短至六分钟
五十六万亩小麦|迎来灌浆关键期
鳌山湾近海探索|贝藻立体养殖
社区食堂让三千多位老人|不再为吃饭发愁
5G专网进车间|小工厂接上大飞机
我区召开安全生产工作会议|部署下半年重点任务
《新即墨》创刊十周年座谈会|在区文化馆举行
全省海洋经济高质量发展|现场推进会在我区举行
国产大飞机C919|零部件生产线在即墨投产
新能源汽车充电桩建设|提速年底前新增两千个
我市出台二十条措施|支持民营经济发展
首届乡村马拉松鸣枪开跑|三千名选手参赛
老旧小区加装电梯|让居民一键直达幸福
我区三家企业入选国家级|专精特新小巨人名单
学生营养午餐标准|提高到每人每天十二元
跨海大桥主塔封顶|明年上半年通车
区人大常委会组织代表|视察民生实事项目
科技特派员|把论文写在田间地头
今年前四个月进出口总额|同比增长12.6%
大沽河畔建起|十里生态长廊
王小明李建国|获全国五一劳动奖章
全区中小学幼儿园|全面推行课后延时服务
夏季用电高峰来临|供电公司提前检修线路
小微企业贷款|最快当天到账
非遗传承人|走进校园传授剪纸技艺
高速公路服务区|新增充电车位一百二十个
渔民开海第一网|满载而归
志愿者为独居老人|送去暖心年夜饭
博物馆夜场开放|市民可预约参观
两千年古城墙修旧如旧|再现昔日风采
“一件事一次办”|改革让群众少跑腿
十五分钟便民生活圈|覆盖全部街道
农村寄递物流体系|打通最后一公里
台风“海燕”明晚登陆|请市民减少外出
儿童友好公园建设|征集市民意见
老年大学秋季班|下周一开始报名
我国科学家首次|观测到深海热液新物种
让老百姓在家门口|看上好医生
两部门发文规范|直播带货行为
“双碳”目标下|港口岸电使用率明显提升
近岸海域水质优良率|连续五年超过99%
"""


@pytest.mark.parametrize("divided", IN_TWO_LINES.split())
def test_headline_is_divided_as_an_editor_would(divided: str, faces: Faces) -> None:  # noqa: F811
    text = divided.replace("|", "")
    result = fit(text, pt(36 * (len(text) // 2 + 3)), make_style("26..36", "2..2"), faces, NAMES)
    assert "|".join(result.lines) == divided


def test_without_words_the_halves_are_merely_even(faces: Faces, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr("layout_engine.typography.sense.word_ends", lambda text, whole: (len(text),))
    text = "五十六万亩小麦迎来灌浆关键期"
    result = fit(text, pt(360), make_style("26..36", "2..2"), faces)
    assert result.codes == ["headline/divided"]


def test_headline_with_a_space_asks_for_no_words(faces: Faces, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    def read_list(text: str, whole: object) -> None:
        raise AssertionError("the list was read")

    monkeypatch.setattr("layout_engine.typography.sense.word_ends", read_list)
    fit("五十六万亩小麦 迎来灌浆关键期", pt(360), make_style("26..36"), faces)
    fit("五十六万亩小麦\n迎来灌浆关键期", pt(360), make_style("26..36"), faces)
    fit("五十六万亩小麦", pt(360), make_style("26..36"), faces)
