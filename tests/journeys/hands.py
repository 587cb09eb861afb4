"""Two ways to do the same on a page: with the mouse, and with the keyboard alone. A journey that takes a hand is walked in both."""

from playwright.sync_api import expect

_MOST_TABS = 160


class Mouse:
    """Clicks and fills in."""

    name = "mouse"

    def __init__(self, page):
        self.page = page

    def press(self, place):
        place.click()

    def write(self, place, text):
        place.fill(text)

    def write_day(self, place, day):
        place.fill(day.isoformat())

    def choose(self, place, word):
        place.select_option(label=word)


class Keyboard:
    """Goes to a place by Tab as somebody without a mouse does, and uses the keys that the place answers to."""

    name = "keyboard"

    def __init__(self, page):
        self.page = page

    def press(self, place):
        self.go_to(place)
        is_tick = place.evaluate("one => one.matches('input[type=checkbox], input[type=radio]')")
        self.page.keyboard.press("Space" if is_tick else "Enter")

    def write(self, place, text):
        self.go_to(place)
        self.page.keyboard.type(text)
        expect(place).to_have_value(text)

    def write_day(self, place, day):
        """The parts of a day, in the order in which the browser of this machine shows them: its own language's."""
        self.go_to(place)
        for parts in ((f"{day:%m%d}", f"{day:%Y}"), (f"{day:%Y}", f"{day:%m%d}")):
            self.page.keyboard.type(parts[0])
            if parts[0] == f"{day:%Y}":
                self.page.keyboard.press("ArrowRight")  # a year may have six digits: it is left by an arrow
            self.page.keyboard.type(parts[1])
            if place.input_value() == day.isoformat():
                return
            for _ in range(2):
                self.page.keyboard.press("ArrowLeft")
        expect(place).to_have_value(day.isoformat())

    def choose(self, place, word):
        self.go_to(place)
        options = place.locator("option").all_inner_texts()
        for _ in range(options.index(word) - place.evaluate("one => one.selectedIndex")):
            self.page.keyboard.press("ArrowDown")
        assert place.evaluate("one => one.selectedOptions[0].text") == word

    def go_to(self, place):
        """Tab from where one is, past the end of the page and round again if need be; what Tab does not reach is a fault."""
        for _ in range(_MOST_TABS):
            if place.evaluate("one => document.activeElement === one"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {place}")
