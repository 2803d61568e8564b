"""Draw `chart.png`: how many of 22 river sections were of good water, year by year (invented figures).

Run from this folder: python make_chart.py. Set in the project's own faces; CC0 1.0, by the layout_engine authors.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
FONTS = HERE.parents[2] / "fonts"
WIDTH, HEIGHT = 900, 640
YEARS = {"2017": 3, "2018": 5, "2019": 8, "2020": 11, "2021": 14, "2022": 16, "2023": 18, "2024": 19}
BLUE, PALE, INK = (30, 110, 170), (196, 222, 238), (40, 40, 40)


def draw() -> Image.Image:
    """Columns of boxes, one box a section, the good ones filled."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(image)
    hei = ImageFont.truetype(str(FONTS / "noto-sans-sc/NotoSansSC-Bold.ttf"), 34)
    plain = ImageFont.truetype(str(FONTS / "noto-sans-sc/NotoSansSC-Regular.ttf"), 26)
    foot, step, left = HEIGHT - 60, 21, 34
    for number, (year, good) in enumerate(YEARS.items()):
        x = left + number * 106
        for box in range(22):
            top = foot - (box + 1) * step
            pen.rectangle((x, top, x + 80, top + step - 5), fill=BLUE if box < good else PALE)
        pen.text((x + 40, foot - 22 * step - 8), str(good), fill=INK, font=hei, anchor="mb")
        pen.text((x + 40, foot + 8), year, fill=INK, font=plain, anchor="mt")
    return image


if __name__ == "__main__":
    draw().save(HERE / "chart.png", optimize=True)
