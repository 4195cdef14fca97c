#!/usr/bin/env bash
# Puts the newest OpenSSL that Debian offers, with the libraries that it needs, under target/new-openssl, as a peer for
# post-quantum messages: the one of Debian 12 knows no such algorithm. Nothing is installed, and the system's apt keeps its
# sources: this one has its own state, takes the mirror from them, and believes what Debian's keyring signs.
#
#   packaging/linux/new-openssl.sh      then: target/new-openssl/openssl version
#
# Where it cannot be had, target/new-openssl/why-not says why, and the tests with it are skipped with that reason: what a suite in motion
# offers on a day is not ours to fail for.
set -eu
cd "$(dirname "$(readlink -f "$0")")/../.."

home=$PWD/target/new-openssl
suite=testing
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

say() { printf 'new-openssl: %s\n' "$*"; }

cannot() {
    mkdir -p "$home"
    printf '%s\n' "$*" >"$home/why-not"
    say "no new OpenSSL: $*" >&2
    exit 0
}

# A fortnight is new enough.
[ -z "$(find "$home/openssl" -mtime -14 2>/dev/null)" ] || exit 0

command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || cannot "this system has no apt"
[ -r "$keyring" ] || cannot "$keyring is missing (package debian-archive-keyring)"
mirror=$(apt-get indextargets --no-release-info --format '$(SITE)' 'Identifier: Packages' | grep -m 1 '/debian/*$') ||
    cannot "apt knows no mirror of Debian"

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
mkdir -p "$new"/{lists/partial,archives/partial,parts,tree}
touch "$new/status"
printf 'deb [signed-by=%s target=Packages] %s %s main\n' "$keyring" "$mirror" "$suite" >"$new/sources.list"
# How this machine reaches the mirror is kept, and nothing else of its settings.
{
    apt-config dump | grep -E '^Acquire::(http|https|Retries|Check-Valid-Until)' || true
    cat <<END
Dir::Etc::parts "$new/parts";
Dir::Etc::main "/dev/null";
Dir::Etc::sourcelist "$new/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "$new";
Dir::State::lists "$new/lists";
Dir::State::status "$new/status";
Dir::Cache "$new";
Dir::Cache::archives "$new/archives";
APT::Sandbox::User "";
Acquire::Languages "none";
END
} >"$new/apt.conf"
export APT_CONFIG=$new/apt.conf

say "fetching OpenSSL of Debian $suite from $mirror (20 MB)"
apt-get -q -o APT::Update::Error-Mode=any update >"$new/log" 2>&1 ||
    cannot "the lists of $mirror cannot be had: $(grep -m 1 '^E:' "$new/log" || tail -n 1 "$new/log")"
# No package counts as installed here, so that its libraries come too.
apt-get -q -y --download-only --no-install-recommends install openssl >"$new/log" 2>&1 ||
    cannot "the packages cannot be had: $(grep -m 1 '^E:' "$new/log" || tail -n 1 "$new/log")"
for package in "$new"/archives/*.deb; do
    dpkg-deb --extract "$package" "$new/tree"
done

libraries=$(dirname "$(echo "$new"/tree/usr/lib/*/libcrypto.so.3)")
libraries=$home/tree${libraries#"$new/tree"}
rm -rf "$home"
mkdir -p "$home"
mv "$new/tree" "$home/tree"
# Its own loader and libraries: those of the system may be older than it needs.
cat >"$home/openssl.new" <<END
#!/bin/sh
export OPENSSL_MODULES='$libraries/ossl-modules' OPENSSL_CONF='$home/tree/etc/ssl/openssl.cnf'
exec '$(echo "$libraries"/ld-linux-*.so.*)' --library-path '$libraries' '$home/tree/usr/bin/openssl' "\$@"
END
chmod +x "$home/openssl.new"
version=$("$home/openssl.new" version) || cannot "it does not run here"
mv "$home/openssl.new" "$home/openssl"
say "$version"
