#!/bin/sh
# Prints the path of a Chromium that runs: the one that is there, else the system's package, else Playwright's own.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# Some systems ship a `chromium-browser` that only tells you to install another one: only what runs counts.
runs() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1; }
there() {
    if runs "${CHROMIUM:-}"; then command -v "$CHROMIUM"; return 0; fi
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if runs "$name"; then command -v "$name"; return 0; fi
    done
    return 1
}
system_package() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" -eq 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else return 1; fi
    say "No Chromium here: installing the system's package."
    for step in "update -qq" "install -y -qq --no-install-recommends chromium"; do
        # shellcheck disable=SC2086  # the words are meant to be split
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get $step >/dev/null </dev/null || say "apt-get $step failed."
    done
    there
}
playwrights_own() {
    [ -x .venv/bin/playwright ] || return 1
    path=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as start
with start() as playwright: print(playwright.chromium.executable_path)') || return 1
    if ! runs "$path"; then
        say "No Chromium here: fetching Playwright's own."
        .venv/bin/playwright install chromium >&2 </dev/null || return 1
    fi
    runs "$path" && printf '%s\n' "$path"
}

there || system_package || playwrights_own || {
    say "The tests need Chromium and could not get one: install your system's 'chromium' package (or set CHROMIUM to a" \
        "browser of that family), then run make test again."
    exit 1
}
