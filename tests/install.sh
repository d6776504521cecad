#!/usr/bin/env bash
# Installs what the tests need beside Python: PostgreSQL, Chromium, fonts. On Debian, as root;
# elsewhere it says what is missing, and tests/suite.py tells which parts cannot run.
set -u

missing=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null ||
    missing+=(postgresql)
[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || missing+=(chromium)
if command -v dpkg >/dev/null; then
    # Latin; and Armenian, Georgian, Arabic and Hebrew.
    for font in fonts-liberation fonts-dejavu-core; do
        dpkg -s "$font" >/dev/null 2>&1 || missing+=("$font")
    done
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing for the tests (Debian's names): ${missing[*]}" >&2
    exit 0
fi

echo "Installing for the tests: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
install=(apt-get install --yes --quiet --quiet --no-install-recommends)
{
    apt-get update --quiet --quiet
    if [[ " ${missing[*]} " == *" postgresql "* ]]; then
        # The tests start a server of their own: Debian's need not be made, nor started.
        "${install[@]}" postgresql-common
        sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' \
            /etc/postgresql-common/createcluster.conf
    fi
    "${install[@]}" "${missing[@]}"
} >/dev/null || echo "Could not install all of: ${missing[*]}" >&2
exit 0
