"""How long a thousand vouchers take as PDF/A and as docx, in memory: python3 dev.py bench papers [--vouchers 1000]."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from time import perf_counter, process_time

from huigong.documents.official import OfficialPaper
from huigong.values.capital_amounts import in_capitals

DAY, AIM = date(2017, 8, 28), 15.0


def bundle(count: int) -> OfficialPaper:
    """So many vouchers, each with a sum of its own."""
    paper = OfficialPaper("付款凭证", author="梧州市总工会", day=DAY)
    for number in range(1, count + 1):
        if number > 1:
            paper.sheet("付款凭证")
        fen = 100_000 + 37 * number
        paper.small(f"编号 SA-450400-2017-B001-{number:04d}　活动 SA-450400-2017")
        rows = [
            ("收款人", "韦秀兰"),
            ("卡号", "**** 0017"),
            ("金额", f"{fen / 100:.2f} 元"),
            ("大写", f"人民币{in_capitals(fen)}"),
            ("用途", "2017年金秋助学"),
            ("案号", f"SA-450422-2017-{number:05d}"),
        ]
        paper.table(("事项", "内容"), rows, widths=(2, 7))
        paper.small("经办：　　　　审核：　　　　财务：　　　　负责人：")
        paper.signature("梧州市总工会（盖章）", DAY)
    return paper


def timed(make: Callable[[], bytes]) -> tuple[float, float, int]:
    """Seconds on the clock and of the processor, and how many bytes came out."""
    began, worked = perf_counter(), process_time()
    size = len(make())
    return perf_counter() - began, process_time() - worked, size


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vouchers", type=int, default=1000)
    count = parser.parse_args().vouchers
    seconds, worked, size = timed(lambda: bundle(count).pdf())
    print(
        f"{count} vouchers as one PDF/A: {seconds:.1f} s, of the processor {worked:.1f} s, {size / 1e6:.1f} MB "
        f"(aim {AIM:.0f} s for 1,000)"
    )
    edited, worked, size = timed(lambda: bundle(count).content())
    print(f"{count} vouchers as one docx: {edited:.1f} s, of the processor {worked:.1f} s, {size / 1e6:.1f} MB")
    return int(count == 1000 and seconds > AIM)


if __name__ == "__main__":
    sys.exit(main())
