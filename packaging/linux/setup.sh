#!/usr/bin/env bash
# Installs the system packages that Waxwing needs, saying what for, and does nothing where all of them are there.
#
#   packaging/linux/setup.sh [build] [run] [test]      (no argument: all three)
#
# Debian and Ubuntu are set up with apt; on other systems the list is printed.
set -eu

build=(
    "gcc            compiles the C parts of aws-lc-rs and SQLite"
    "libc6-dev      headers for the same"
    "make           runs the Makefile"
    "ca-certificates  lets cargo fetch the dependencies"
)
run=(
    "libxkbcommon0  keyboard layouts"
    "libxkbcommon-x11-0  keyboard layouts under X11"
    "libx11-6       the window under X11"
    "libx11-xcb1    the window under X11"
    "libxcb1        the window under X11"
    "libxcursor1    mouse pointers"
    "libxi6         mice, touch and pens"
    "libfontconfig1 finds the fonts of the system"
)
test=(
    "openssl        makes the test certificates; a peer that reads and writes S/MIME"
    "debian-archive-keyring  the signatures of what new-openssl.sh fetches"
    "gpgsm          a peer that reads and writes S/MIME"
    "gpg-agent      holds the keys of gpgsm"
    "libnss3-tools  a peer that reads and writes S/MIME: the library of Thunderbird"
    "libbcmail-java a peer that reads and writes S/MIME: Bouncy Castle"
    "default-jdk-headless  runs it"
    "dbus           a message bus of its own for the key store under test"
    "gnome-keyring  a Secret Service to store keys in"
    "xvfb           a display without a screen"
    "openbox        a window manager for it"
    "xdotool        moves the mouse in it"
    "x11-utils      tells when it is up"
    "imagemagick    takes pictures of it"
    "python3-gi     drags files into the window"
    "gir1.2-gtk-3.0 drags files into the window"
    "git            tells whether a test left something behind"
)

say() { printf 'setup: %s\n' "$*"; }

groups=("$@")
[ ${#groups[@]} -gt 0 ] || groups=(build run test)

missing=()
rows=()
for group in "${groups[@]}"; do
    case $group in build | run | test) ;; *)
        say "no such group: $group (build, run, test)" >&2
        exit 2
        ;;
    esac
    declare -n list=$group
    for row in "${list[@]}"; do
        package=${row%% *}
        if command -v dpkg-query >/dev/null && dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii'; then
            continue
        fi
        missing+=("$package")
        rows+=("  $row (to $group)")
    done
    unset -n list
done

# The Rust toolchain comes from rustup on every system: distributions carry older ones than Cargo.toml asks for.
if [[ " ${groups[*]} " == *" build "* ]] && ! command -v cargo >/dev/null; then
    say "cargo is missing. Install the Rust toolchain from https://rustup.rs, open a new terminal, and run this again." >&2
    exit 1
fi

[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
    case $(uname) in
    Linux)
        say "this system has no apt. Waxwing needs these packages, here by their Debian names; what is there already is fine:"
        printf '%s\n' "${rows[@]}"
        ;;
    *) say "nothing is installed on $(uname); the tests look for openssl, gpgsm and the NSS tools in PATH" ;;
    esac
    exit 0
fi

say "these packages are missing and will be installed with apt:"
printf '%s\n' "${rows[@]}"

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        say "root is needed for that. Run as root:  apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
    # Nobody can type a password where there is no terminal.
    [ -t 0 ] && [ "${CI:-}" != true ] || as_root=(sudo -n)
fi
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)

# The lists are fetched only if they do not know every package, or point to versions that are gone.
if ! apt-cache show "${missing[@]}" >/dev/null 2>&1 ||
    ! "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null; then
    "${apt[@]}" update </dev/null
    "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null
fi
