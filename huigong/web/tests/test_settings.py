"""Settings are read from the environment; production keeps keys and data apart."""

import importlib

import pytest
from django.core.exceptions import ImproperlyConfigured

from huigong.web import settings


def test_production_refuses_keys_inside_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HUIGONG_MODE", "production")
    monkeypatch.setenv("HUIGONG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HUIGONG_KEYS", str(tmp_path / "home" / "keys"))
    with pytest.raises(ImproperlyConfigured, match="HUIGONG_KEYS"):
        importlib.reload(settings)
    monkeypatch.setenv("HUIGONG_KEYS", str(tmp_path / "keys"))
    importlib.reload(settings)
    assert settings.SESSION_COOKIE_SECURE
    assert (tmp_path / "keys" / "session.key").exists()


def test_the_trusted_proxy_is_one_address(monkeypatch, tmp_path):
    monkeypatch.setenv("HUIGONG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HUIGONG_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HUIGONG_TRUSTED_PROXY", "the gateway")
    with pytest.raises(ImproperlyConfigured, match="HUIGONG_TRUSTED_PROXY"):
        importlib.reload(settings)
    monkeypatch.setenv("HUIGONG_TRUSTED_PROXY", "127.0.0.1")
    importlib.reload(settings)
    assert settings.TRUSTED_PROXY == "127.0.0.1"


def test_an_sqlite_file_is_opened_to_be_read_and_never_otherwise(monkeypatch, tmp_path):
    monkeypatch.setenv("HUIGONG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HUIGONG_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HUIGONG_DATABASE_URL", "sqlite:///srv/copy%201.sqlite3")
    with pytest.raises(ImproperlyConfigured, match="mode=ro"):
        importlib.reload(settings)
    monkeypatch.setenv("HUIGONG_DATABASE_URL", "sqlite:///srv/copy%201.sqlite3?mode=ro")
    importlib.reload(settings)
    assert settings.DATABASES["default"]["NAME"] == "file:/srv/copy%201.sqlite3?mode=ro"
    assert "OPTIONS" not in settings.DATABASES["default"]
