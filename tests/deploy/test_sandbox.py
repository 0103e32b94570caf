"""The promises of deploy/: own user, read-only system, one writable folder. Tried for real in a sandbox of bubblewrap:
crawl, daemon, stop."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BWRAP = shutil.which("bwrap")
TOP = Path(__file__).parents[2]

INSIDE = r"""
import json, os, signal, socket, subprocess, sys, threading, time, urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

said = {"uid": os.getuid()}
for path in ("/marsad-was-here", "/etc/marsad-was-here"):
    try:
        open(path, "w").close()
        said["wrote"] = path
    except OSError:
        pass
class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args): pass
web = ThreadingHTTPServer(("127.0.0.1", 8080), partial(Quiet, directory="/mnt/data/web"))
threading.Thread(target=web.serve_forever, daemon=True).start()
marsad = [sys.executable, "-m", "crawler"]

def run(*words):
    done = subprocess.run([*marsad, *words], capture_output=True, text=True, timeout=120)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout

said["crawl"] = json.loads(run("crawl", "--json"))
daemon = subprocess.Popen([*marsad, "daemon", "--http", "127.0.0.1:8400"], stderr=subprocess.PIPE, text=True)
for _ in range(300):
    try:
        said["healthz"] = urllib.request.urlopen("http://127.0.0.1:8400/healthz", timeout=2).status
        break
    except OSError:
        if daemon.poll() is not None:
            sys.exit(daemon.stderr.read())
        time.sleep(0.1)
daemon.send_signal(signal.SIGTERM)
said["stopped"] = daemon.wait(timeout=40)
said["articles"] = json.loads(run("sql", "SELECT title FROM articles", "--format", "json"))
print(json.dumps(said))
"""

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="2026-11-20T08:00:00Z"></head><body><article><h1>{title}</h1>
<p>Granite Halls said on Friday that it would build a 40MW data center outside Tromso for 300 million euros.</p>
<p>The first hall of the data center will open in 2028, and the municipality has already approved the site, the company
said. Power will come from the river.</p></article></body></html>"""


@pytest.mark.skipif(BWRAP is None, reason="bubblewrap left out: install the system's package `bubblewrap`")
def test_crawl_and_daemon_on_a_read_only_system(tmp_path: Path) -> None:
    data, config = tmp_path / "data", tmp_path / "config"
    (data / "web").mkdir(parents=True)
    (config / "sources").mkdir(parents=True)
    (data / "web" / "index.html").write_text('<a href="/news-1.html">Granite Halls to build a data center</a>')
    (data / "web" / "news-1.html").write_text(PAGE.format(title="Granite Halls to build a 40MW data center in Tromso"))
    (config / "sources" / "one.yml").write_text(json.dumps([{
        "id": "one", "name": "One", "home": "http://127.0.0.1:8080/", "country": "NO", "languages": ["en"],
        "kind": "business", "discover": [{"section": "http://127.0.0.1:8080/", "follow": r"/news-\d+\.html$"}]}]))
    # both folders are shown below /mnt, the one place of the root where a mount point can be made
    done = subprocess.run(
        [str(BWRAP), "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/mnt", "--tmpfs", "/tmp",
         "--ro-bind", str(TOP), str(TOP), "--bind", str(data), "/mnt/data",
         "--ro-bind", str(config), "/mnt/config", "--unshare-user", "--unshare-pid", "--unshare-net",
         "--uid", "10400", "--gid", "10400", "--cap-drop", "ALL", "--die-with-parent", "--chdir", "/mnt/data",
         "--setenv", "MARSAD_CONFIG", "/mnt/config", "--setenv", "MARSAD_DATABASE", "sqlite:////mnt/data/marsad.db",
         "--setenv", "PYTHONDONTWRITEBYTECODE", "1", "--setenv", "PYTHONPATH", str(TOP), "--setenv", "HOME", "/mnt/data",
         sys.executable, "-c", INSIDE],
        capture_output=True, text=True, timeout=300, check=False)
    if "No permissions to create" in done.stderr or "Operation not permitted" in done.stderr:
        pytest.skip(f"sandbox left out: this machine allows no namespaces ({done.stderr.strip().splitlines()[-1]})")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["uid"], said.get("wrote"), said["healthz"], said["stopped"]) == (10400, None, 200, 0)
    assert said["crawl"]["outcomes"]["matched"] == 1
    assert len(said["articles"]) == 1
    assert {path.name for path in data.iterdir()} <= {"web", "marsad.db", "marsad.db-wal", "marsad.db-shm",
                                                      "marsad.db.daemon"}
