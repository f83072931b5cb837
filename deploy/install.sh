#!/bin/sh
# Makes Puente a service of this machine: its own user, its home, systemd units, the command `puente`; Caddy if asked.
#   sudo sh deploy/install.sh [--dry-run] [--caddy] [--home DIR] [--no-start]
# Each step says what it does and does nothing when it is done already, so it may run again at any time.
#   --prefix DIR   write all files below DIR and leave users, packages and systemd alone: to look at them, and for tests
set -eu
umask 022
cd "$(dirname "$0")/.."
root=$(pwd -P)
home=/var/lib/puente cache=/var/cache/puente prefix='' dry='' caddy='' start=yes

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }
usage() { sed -n '2,5s/^# \{0,1\}//p' "$root/deploy/install.sh"; }
# Runs a command, or only says it.
act() {
    if [ -n "$dry" ]; then say "would run: $*"; else "$@"; fi
}

while [ $# -gt 0 ]; do
    case $1 in
        --dry-run) dry=yes ;;
        --caddy) caddy=yes ;;
        --no-start) start='' ;;
        --home) shift; home=${1:?--home needs a folder} ;;
        --prefix) shift; prefix=${1:?--prefix needs a folder} ;;
        -h | --help) usage; exit 0 ;;
        *) stop "There is no option $1. $(usage)" ;;
    esac
    shift
done

case $home in /*) ;; *) stop "--home must begin with /, not $home. Nothing was changed." ;; esac

# Whether the code lies below where people who sign in have their homes; the service's own user is none of them.
in_a_home() {
    { getent passwd; useradd -D 2>/dev/null | sed -n 's/^HOME=/new:x:1000:::/p'; } | awk -F: -v code="$root/" '
        ($3 == 0 || $3 >= 1000) && $1 != "puente" && $6 != "" && $6 != "/" && index(code, $6 "/") == 1 { found = 1 }
        END { exit !found }'
}

check_machine() {
    [ -n "$prefix" ] && return 0
    in_a_home && stop "The code lies in $root, where a service may not read (ProtectHome). Nothing was changed. Move it first:
  sudo mv $root /opt/puente && cd /opt/puente && sudo sh deploy/install.sh"
    [ -d /run/systemd/system ] || stop "systemd does not run this machine, so there is no service to install. Nothing was \
changed. Start it by hand (.venv/bin/puente up), or use the container: docs/running.md"
    [ -n "$dry" ] || [ "$(id -u)" = 0 ] || stop "This needs root: sudo sh deploy/install.sh. Nothing was changed."
}

make_user() {
    [ -n "$prefix" ] && return 0
    id puente >/dev/null 2>&1 && { say "The user puente is there."; return 0; }
    say "Makes the user puente, who cannot sign in."
    act useradd --system --user-group --no-create-home --home-dir "$cache" --shell /usr/sbin/nologin puente
}

make_folders() {
    for folder in "$home" "$home/incoming" "$cache"; do
        [ -d "$prefix$folder" ] && continue
        say "Makes $folder (for the user puente alone)."
        act mkdir -p -m 0700 "$prefix$folder"
        [ -n "$prefix" ] || act chown puente:puente "$folder"
    done
}

# A Python of somebody's own home is out of reach for a service: only the system's or one below /opt counts.
make_environment() {
    [ -n "$prefix" ] && return 0
    say "Sets up Python and the locked packages in $root/.venv (3 GB; nothing to do when they are as they were)."
    [ -n "$dry" ] && { say "would run: sh scripts/environment.sh"; return 0; }
    tools=/opt/puente-tools
    if ! command -v python3.10 >/dev/null && [ ! -x "$tools/bin/uv" ]; then
        say "This system has no Python 3.10: uv, out of the lock, fetches one to $tools/python."
        python3 -m venv "$tools" || stop "python3 cannot make an environment. Run: apt-get install python3-venv"
        awk '/^uv==/ { on = 1; print; next } /^[^ ]/ { on = 0 } on' requirements.lock >"$tools/uv.txt"
        "$tools/bin/pip" install --quiet --require-hashes --no-deps -r "$tools/uv.txt"
    fi
    env PATH="$tools/bin:/usr/local/bin:/usr/bin:/bin" HOME="$tools" PYENV_ROOT=/nonexistent \
        UV_PYTHON_INSTALL_DIR="$tools/python" sh scripts/environment.sh
    # The code is the user's own, so that `puente upgrade` works; the service itself cannot write there (ProtectSystem).
    chown -R puente:puente "$root"
}

# Puts a file in place when it is not there as it should be; units name /opt/puente and /var/lib/puente until here.
put() {
    new=$(mktemp)
    # Only below /var/lib does systemd itself make the folder; another home is there already and only opened.
    own=''; [ "$home" = /var/lib/puente ] || own='/^StateDirectory/d'
    sed -e "s|/opt/puente/|$root/|g; s|\([= ]\)/opt/puente\([ ]\)|\1$root\2|g; s|\([= ]\)/opt/puente\$|\1$root|" -e "s|/var/lib/puente|$home|g" -e "$own" "$1" >"$new"
    if cmp -s "$new" "$prefix$2"; then rm -f "$new"; return 0; fi
    say "Writes $2"
    if [ -z "$dry" ]; then
        mkdir -p "$(dirname "$prefix$2")"
        cp "$new" "$prefix$2" && chmod "$3" "$prefix$2"
    fi
    rm -f "$new"
    changed=yes
}

put_units() {
    changed=''
    for unit in deploy/systemd/*.service deploy/systemd/*.timer; do
        put "$unit" "/etc/systemd/system/$(basename "$unit")" 0644
    done
    put deploy/systemd/puente-command /usr/local/bin/puente 0755
    [ -n "$changed" ] || say "The units and the command are as they should be."
}

put_caddy() {
    [ -n "$caddy" ] || return 0
    as=''; [ -n "$prefix" ] || as='runuser -u puente --'
    site=$($as env PUENTE_HOME="$prefix$home" "$root/.venv/bin/python" -c \
        'from directory import settings; print(settings.settings().public_address or "")' 2>/dev/null) || site=''
    [ -n "$site" ] || stop "settings.yml names no public_address, so Caddy would not know for which name to answer. The rest \
is done. Set it (puente setup), then run: sudo sh deploy/install.sh --caddy"
    site=$(printf '%s\n' "$site" | sed 's|^\(https\{0,1\}://[^/]*\).*|\1|')
    if [ -z "$prefix" ] && ! command -v caddy >/dev/null; then act apt-get install -y caddy; fi
    if [ -f "$prefix/etc/caddy/Caddyfile" ] && ! grep -q 'Puente' "$prefix/etc/caddy/Caddyfile" &&
        ! grep -q 'The Caddyfile is an easy way' "$prefix/etc/caddy/Caddyfile"; then
        stop "/etc/caddy/Caddyfile is somebody's own, so it is left as it is. Add to it: import $root/deploy/caddy/Caddyfile
and set PUENTE_SITE=$site in the environment of Caddy."
    fi
    put deploy/caddy/Caddyfile /etc/caddy/Caddyfile 0644
    setting=$(mktemp)
    printf '# Written by deploy/install.sh from settings.yml.\n[Service]\nEnvironment=PUENTE_SITE=%s\n' "$site" >"$setting"
    put "$setting" /etc/systemd/system/caddy.service.d/puente.conf 0644
    rm -f "$setting"
    [ -n "$prefix" ] || { act systemctl daemon-reload; act systemctl enable caddy; act systemctl restart caddy; }
}

start_all() {
    [ -n "$prefix" ] && return 0
    act systemctl daemon-reload
    act systemctl enable puente.service puente-backup.timer puente-purge.timer puente-doctor.timer puente-texts.timer
    [ -n "$start" ] || { say "Not started, as you asked: sudo systemctl start puente puente-backup.timer"; return 0; }
    act systemctl start puente.service puente-backup.timer puente-purge.timer puente-doctor.timer puente-texts.timer
    say "Started. The first time it trains the model for a minute or two; until then people get a fixed sentence."
    say "How it does: systemctl status puente. What is missing: sudo puente doctor"
}

check_machine
make_user
make_folders
make_environment
put_units
start_all
put_caddy
