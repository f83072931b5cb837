#!/bin/sh
# Makes .venv: Python 3.10, the locked packages, this project. Does nothing when all of it is as it was installed.
#   sh scripts/environment.sh            make it
#   sh scripts/environment.sh --which    only say which Python 3.10 would be used
set -eu
cd "$(dirname "$0")/.."
root=$(pwd -P)
venv=.venv
stamps=$venv/.puente
home=${HOME:-/nowhere}

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

is_310() { "$1" -c 'import sys, venv; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

# A name on PATH may be a shim that fails when it runs: only what runs counts.
tool() {
    for candidate in "$@"; do
        if "$candidate" --version >/dev/null 2>&1; then printf '%s\n' "$candidate"; return 0; fi
    done
    return 1
}
find_uv() { tool uv "$home/.local/bin/uv" "$home/.cargo/bin/uv"; }
find_pyenv() { tool pyenv "${PYENV_ROOT:-$home/.pyenv}/bin/pyenv"; }

python_on_path() {
    for candidate in python3.10 python3 python; do
        if is_310 "$candidate"; then command -v "$candidate"; return 0; fi
    done
    return 1
}
python_of_pyenv() {
    pyenv=$(find_pyenv) || return 1
    for version in $("$pyenv" versions --bare 2>/dev/null | grep '^3\.10\.[0-9]*$' | sort -t. -k3,3nr); do
        candidate=$("$pyenv" prefix "$version" 2>/dev/null)/bin/python
        if is_310 "$candidate"; then printf '%s\n' "$candidate"; return 0; fi
    done
    return 1
}
python_of_uv() {
    uv=$(find_uv) || return 1
    candidate=$("$uv" python find --no-project --system 3.10 2>/dev/null) || candidate=
    if [ -z "$candidate" ]; then
        say "Python 3.10 is not here yet: uv fetches it (about 30 MB)."
        "$uv" python install 3.10 >/dev/null 2>&1 || return 1
        candidate=$("$uv" python find --no-project --system 3.10 2>/dev/null) || return 1
    fi
    is_310 "$candidate" && printf '%s\n' "$candidate"
}
find_python() { python_on_path || python_of_pyenv || python_of_uv; }

no_python="Puente needs Python 3.10 and found none on PATH, in pyenv or through uv: install it (your system's python3.10 \
and python3.10-venv packages, or 'pyenv install 3.10', or 'uv python install 3.10'), then run make again."

# The stanza of one package out of the lock, so that even the installer itself is checked by hash.
locked() { awk -v name="$1==" 'index($0, name) == 1 { on = 1; print; next } /^[^ ]/ { on = 0 } on' requirements.lock; }

pip_in_venv() {
    if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1 && ! "$venv/bin/python" -m ensurepip >/dev/null 2>&1; then
        say "This Python 3.10 comes without pip: install uv, or your system's python3.10-venv package."
        return 1
    fi
    "$venv/bin/python" -m pip --disable-pip-version-check "$@"
}
uv_from_lock() {
    tool "$root/$venv/bin/uv" && return 0
    mkdir -p "$stamps"
    locked uv >"$stamps/uv.txt"
    pip_in_venv install --quiet --require-hashes --no-deps -r "$stamps/uv.txt" >&2 || return 1
    printf '%s\n' "$root/$venv/bin/uv"
}
# uv takes a fifth of pip's time. It knows its own certificates, then the system's (behind a proxy that opens TLS only those
# will do); pip remains for a machine whose package index only pip is set up for.
uv_sync() { "$1" pip sync --quiet --python "$venv/bin/python" --require-hashes requirements.lock; }
install_lock() {
    say "Installing the locked packages into $venv (3 GB on disk; the first time takes from half a minute to a few minutes)."
    if uv=$(find_uv || uv_from_lock); then
        uv_sync "$uv" 2>"$stamps/uv.log" && return 0
        UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 uv_sync "$uv" 2>>"$stamps/uv.log" && return 0
        cat "$stamps/uv.log" >&2
        say "uv could not install the lock; trying pip, which is slower."
    fi
    pip_in_venv install --quiet --require-hashes --no-deps -r requirements.lock
}
install_project() {
    "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation --offline -e . ||
        pip_in_venv install --quiet --no-deps --no-build-isolation --no-index -e .
}
no_packages="The packages of requirements.lock could not be installed (why: see above). Puente needs a package index once: \
the network, or a mirror that pip is set up for. Then run make again."

make_venv() {
    python=$(find_python) || stop "$no_python"
    say "Making $venv with $("$python" --version 2>&1)."
    rm -rf "$venv"
    "$python" -m venv --without-pip "$venv" || stop "$no_python"
}

if [ "${1:-}" = --which ]; then find_python || stop "$no_python"; exit 0; fi

# An environment that was moved, or whose Python is gone, cannot be mended: it is made again.
if [ -f "$stamps/root" ] && [ "$(cat "$stamps/root")" != "$root" ]; then rm -rf "$venv"; fi
is_310 "$venv/bin/python" || make_venv
mkdir -p "$stamps"
if ! cmp -s requirements.lock "$stamps/requirements.lock"; then
    rm -f "$stamps/pyproject.toml"
    install_lock || stop "$no_packages"
    cp requirements.lock "$stamps/requirements.lock"
fi
if [ ! -x "$venv/bin/puente" ] || ! cmp -s pyproject.toml "$stamps/pyproject.toml"; then
    install_project || stop "This project could not be installed into $venv (why: see above). Remove $venv, then run make again."
    cp pyproject.toml "$stamps/pyproject.toml"
fi
printf '%s\n' "$root" >"$stamps/root"
