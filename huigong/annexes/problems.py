"""Everything the reader says about a file: what is wrong and what to do next, in Chinese and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from huigong.annexes.readings import FileProblem

_FILE: Mapping[str, tuple[str, str, str, str]] = {
    "empty": (
        "文件是空的，里面什么也没有。",
        "请打开原来的表，确认填好并保存后重新交来。",
        "The file is empty.",
        "Open the original form, check that it is filled in and saved, and send it again.",
    ),
    "encrypted": (
        "文件设了打开密码，读不了。",
        "请打开后取消密码（另存为，不设密码）再交来。",
        "The file is protected by a password and cannot be read.",
        "Open it, save it again without a password, and send that copy.",
    ),
    "truncated": (
        "文件不完整，可能没有传完或已损坏。",
        "请在原来的电脑上确认能打开，再重新复制或发送一次。",
        "The file is incomplete: it was cut off or damaged on the way.",
        "Check that it opens where it was made, then copy or send it again.",
    ),
    "wrong_type": (
        "这不是能读的表格文件：{what}。",
        "请用 Excel、WPS 或 Word 打开，另存为 .xlsx 或 .docx 再交来。",
        "This is not a form that can be read: {what_en}.",
        "Open it in Excel, WPS or Word, save it as .xlsx or .docx, and send that copy.",
    ),
    "no_heading": (
        "没有找到表头（这张表的表头有{what}）。",
        "请用系统里下载的空表填写，表头不要删改。",
        "No heading row was found (this form has {what_en}).",
        "Fill in the empty form from here and keep its heading row.",
    ),
    "no_rows": (
        "找到了表头，但下面没有填一行。",
        "请确认交的是填好的那一份。",
        "The heading row is there, but no row below it is filled in.",
        "Check that this is the filled-in copy.",
    ),
    "too_large": (
        "文件太大，不像填好的表：{what}。",
        "请只留表本身：把要交的行复制到一份空表里再交来。",
        "The file is far too large for a form: {what_en}.",
        "Keep only the form itself: copy its rows into an empty form and send that.",
    ),
    "macro": (
        "文件里有宏程序，为了安全没有打开。",
        "请另存为不带宏的 .xlsx 或 .docx 再交来。",
        "The file holds macros and was not opened, for safety.",
        "Save it as .xlsx or .docx without macros and send that copy.",
    ),
    "duplicate": (
        "和“{what}”是同一个文件，只读了前一个。",
        "不用再交；如果本来要交另一份，请换成那一份。",
        "This is the same file as “{what_en}”; only the first one was read.",
        "Nothing to do, unless another file was meant: then send that one.",
    ),
    "hidden_sheet": (
        "有隐藏的工作表没有读：{what}。",
        "如果那里也有要交的人，请取消隐藏后重新交来。",
        "Hidden sheets were not read: {what_en}.",
        "If they hold people to be registered, unhide them and send the file again.",
    ),
    "other_year": (
        "表上写的日期是{what}，不是今年的。",
        "请核对是不是交错了往年的表；如果只是日期写错，请改正。",
        "The form is dated {what_en}, in another year than this campaign.",
        "Check that it is not an earlier year's form; correct the date where only that is wrong.",
    ),
    "two_units": (
        "一份表里写了两个单位：{what}，分不清哪一行是谁报的，没有收。",
        "请每个单位单独存成一份登记表再交来；如果是同一个单位，请写成一样的名称。",
        "The form names two units: {what_en}. Whose each row is cannot be told, so none was taken.",
        "Send a form of its own for each unit; where both are one unit, write one name.",
    ),
    "rows_unread": (
        "有的行写着身份证号，却没有读进来：{what}。",
        "请把这些人填到登记表的表头下面，每格对准自己的栏，再交来；如果只是填表示例，请删去那一行。",
        "Rows with an identity number were not read: {what_en}.",
        "Put these people under the heading of the form, each cell in its column, and send it again; delete the row if it is an example.",
    ),
    "converter_missing": (
        "{what}格式要靠 LibreOffice 转换，这台电脑没有转换成功。",
        "请用 Word 或 WPS 另存为 .docx（表格另存为 .xlsx）再交来，或请管理员安装 LibreOffice。",
        "A {what_en} file has to be converted by LibreOffice, which is missing here or did not succeed.",
        "Save it as .docx (or .xlsx) and send that copy, or ask the administrator to install LibreOffice.",
    ),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The four sentences of a row problem; `{label}` and `{label_en}` stand for the column, `{what}` for the value."""

    severity: str
    message: str
    remedy: str
    message_en: str
    remedy_en: str


ROW: Mapping[str, Words] = {
    "id_checksum": Words(
        "error",
        "{label}不对：{what}。",
        "请对照身份证原件逐位核对后改正。",
        "{label_en} cannot be right: {what_en}.",
        "Compare it with the identity card, digit by digit, and correct it.",
    ),
    "id_precision_lost": Words(
        "error",
        "{label}被表格软件当成数字，后几位已经丢失。",
        "请把这一格设为“文本”格式，再照身份证原件重新填写18位号码。",
        "{label_en} was turned into a number by the spreadsheet: its last digits are lost.",
        "Set the cell's format to text and type all 18 characters again from the card.",
    ),
    "missing": Words(
        "error",
        "{label}没有填。",
        "请补填{label}。",
        "{label_en} is empty.",
        "Please fill it in.",
    ),
    "marks_piled": Words(
        "error",
        "{label}里，一个字上叠了两个以上的附加符号，看不出写的是什么，没有收。",
        "请清空这一格，照证件或纸上的字重新输入。",
        "{label_en} piles more than two combining marks on one letter: what it says cannot be read, and it was not taken.",
        "Clear the cell and type it again as it stands on the card or on paper.",
    ),
    "too_long": Words(
        "error",
        "{label}太长，没有收：{what}。",
        "请只写{label}本身，别的写到该写的那一栏。",
        "{label_en} is too long and was not taken: {what_en}.",
        "Write {label_en} alone, and the rest in its own column.",
    ),
    "not_a_number": Words(
        "error",
        "{label}不是数字：“{what}”。",
        "请填一年的金额，以元为单位，例如 8000。",
        "{label_en} is not a number: “{what_en}”.",
        "Write the amount for one year in yuan, for example 8000.",
    ),
    "not_a_count": Words(
        "error",
        "{label}不是人数：“{what}”。",
        "请只填一个整数，例如 3；没有就填 0。",
        "{label_en} is no number of people: “{what_en}”.",
        "Write one whole number, for example 3; 0 where there is none.",
    ),
    "gender_mismatch": Words(
        "look",
        "填的性别和身份证号第17位不一致。",
        "请核对性别和身份证号，哪一个抄错了。",
        "The stated sex and the 17th digit of the identity number differ.",
        "Check which of the two was miscopied.",
    ),
    "age_mismatch": Words(
        "look",
        "填的年龄{what}岁，按身份证号应为{expected}岁左右。",
        "请核对年龄和身份证号的出生年份。",
        "The stated age is {what}; by the identity number it should be about {expected}.",
        "Check the age and the birth year inside the identity number.",
    ),
    "parent_too_young": Words(
        "look",
        "按身份证号，家长{what}。",
        "请核对两个身份证号和两人的关系。",
        "By their identity numbers the parent is {what_en}.",
        "Check both identity numbers and how the two are related.",
    ),
    "phone_invalid": Words(
        "look",
        "{label}“{what}”不像电话号码。",
        "请核对：手机是11位，固定电话带区号。",
        "{label_en} “{what_en}” does not look like a telephone number.",
        "Check it: a mobile has 11 digits, a landline an area code.",
    ),
}


def of_file(kind: str, what: str = "", what_en: str = "") -> FileProblem:
    """The problem of a whole file. `what` is put in the sentence."""
    message, remedy, message_en, remedy_en = _FILE[kind]
    return FileProblem(
        kind=kind,
        message=message.format(what=what),
        remedy=remedy,
        message_en=message_en.format(what_en=what_en or what),
        remedy_en=remedy_en,
    )


class UnreadableError(Exception):
    """A file that cannot be read, with the sentence that says so. Raised inside `containers`, told by `reading`."""

    def __init__(self, kind: str, what: str = "", what_en: str = "") -> None:
        super().__init__(f"{kind}: {what_en or what}")
        self.problem = of_file(kind, what, what_en)
