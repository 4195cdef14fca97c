#!/usr/bin/env bash
# What Waxwing does, in a minute: makes a test identity in a wallet of its own, signs, verifies, encrypts and decrypts the
# sample messages, and fails if a verdict is not what it must be. Nothing is left behind.
#
#   packaging/linux/first-minute.sh PATH/TO/waxwing-cli
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: $0 PATH/TO/waxwing-cli" >&2; exit 2; }
cli=$(readlink -f "$1")
samples=$(dirname "$(readlink -f "$0")")/../../assets/samples
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$samples"/*.eml "$folder"
cd "$folder"
# A wallet for this minute, and no other one; the sentences are looked at by their codes alone.
export HOME=$folder XDG_DATA_HOME=$folder/data WAXWING_PASSPHRASE=first-minute
wallet=(--wallet "$folder/wallet" --vault file --offline)

fail() {
    printf '\nThis is not what had to come out: %s\n' "$1" >&2
    exit 1
}

# Runs waxwing-cli as it is shown; the exit status must be the first argument.
run() {
    local expected=$1 status=0
    shift
    printf '\n$ waxwing-cli %s\n' "$*"
    "$cli" "$@" "${wallet[@]}" || status=$?
    [ "$status" = "$expected" ] || fail "exit status $status, not $expected"
}

# The codes that a script sees: signature and privacy.
verdict() {
    local file=$1 expected=$2 found
    found=$("$cli" verify --json "$file" "${wallet[@]}" || true)
    found=$(sed -E 's/.*"signature":"([^"]*)","privacy":"([^"]*)".*/\1 \2/' <<<"$found")
    [ "$found" = "$expected" ] || fail "$file is '$found', not '$expected'"
}

printf '== Two people who want to write to each other. Nobody vouches for a test identity but itself.\n'
run 0 wallet new --name Robin --address robin@example.org
run 0 wallet new --name Wren --address wren@example.org
run 0 wallet new --name Martin --address martin@example.org

printf '\n== Robin signs a letter. The signature holds, but nobody has confirmed yet who Robin is.\n'
run 0 sign welcome.eml --as robin@example.org
run 1 verify welcome.signed.eml
verdict welcome.signed.eml 'unknown-issuer none'

printf '\n== Wren compares the fingerprint with Robin and trusts the certificate.\n'
run 0 wallet trust robin@example.org
run 0 verify welcome.signed.eml
verdict welcome.signed.eml 'pinned none'

printf '\n== Somebody changes a word on the way.\n'
sed 's/ordinary letter/important letter/' welcome.signed.eml >forged.eml
! cmp -s welcome.signed.eml forged.eml || fail 'nothing was changed'
run 1 verify forged.eml
verdict forged.eml 'altered none'

printf '\n== Letters in many languages and letters with attachments are signed and encrypted in one step.\n'
run 0 encrypt languages.eml attachment.eml --sign
run 0 verify languages.encrypted.eml attachment.encrypted.eml
verdict languages.encrypted.eml 'pinned opened'
verdict attachment.encrypted.eml 'pinned opened'

printf '\n== Who has the key reads them, and the signature inside still holds.\n'
run 0 decrypt attachment.encrypted.eml
verdict attachment.encrypted.decrypted.eml 'pinned none'

printf '\n== Who has no key reads nothing.\n'
wallet=(--wallet "$folder/stranger" --vault file --offline)
run 1 decrypt languages.encrypted.eml
verdict languages.encrypted.eml 'unsigned locked'
[ ! -e languages.encrypted.decrypted.eml ] || fail 'something was written'

printf '\nEverything came out as it must. waxwing-cli --help says more; docs/json.md describes what scripts can count on.\n'
