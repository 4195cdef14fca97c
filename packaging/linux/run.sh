#!/usr/bin/env bash
# Builds Waxwing and opens its window. Where there is no display it says so and shows the main job in the terminal.
#
#   packaging/linux/run.sh [FILE…]
set -eu
cd "$(dirname "$(readlink -f "$0")")/../.."

if [ "$(uname)" = Linux ] && [ -z "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]; then
    printf 'There is no display here, so no window can open. This is what Waxwing does, with waxwing-cli:\n\n'
    packaging/linux/setup.sh build
    cargo build --release --locked --no-default-features --bin waxwing-cli
    exec packaging/linux/first-minute.sh target/release/waxwing-cli
fi

packaging/linux/setup.sh build run
cargo build --release --locked
exec target/release/waxwing "$@"
