"""Two terminals on a fresh clone: one sets up, the other waits and finds it done."""

import threading
import time

import dev


def test_two_starts_at_once_set_up_once(tmp_path, monkeypatch):
    monkeypatch.setattr(dev, "HERE", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text("nothing\n")
    set_up = []

    def slowly(lock):
        set_up.append(lock)
        time.sleep(0.3)
        dev.stamp(lock).write_text(dev.digest(lock))

    monkeypatch.setattr(dev, "install_now", slowly)
    starts = [threading.Thread(target=dev.install, args=["run"]) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert set_up == ["run"]
