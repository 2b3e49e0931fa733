#!/usr/bin/env bash
# Prepares a Raspberry Pi (Raspberry Pi OS 64-bit) for the agent: checks, packages, access to the stick, service.
# Run it as the user who shall run the agent, not as root: bash agent/install.sh [--service] [--dry-run]
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '%s\n' "$*"; }
stop() { printf 'Stopped: %s\n' "$*" >&2; exit 1; }

service=false
dry=false
for option in "$@"; do
  case "$option" in
    --service) service=true ;;
    --dry-run) dry=true ;;
    *) stop "the options are --service and --dry-run, not $option." ;;
  esac
done
# With --dry-run nothing is changed: what would be done is said.
run() { if $dry; then say "  would run: $*"; else "$@"; fi; }
# Standard input into a file of the system.
put() { if $dry; then say "  would write $1:"; cat; else sudo tee "$1" >/dev/null; fi; }
user=$(id -un)

[ "$(id -u)" -ne 0 ] || stop 'run this as the user who shall run the agent, not as root.'
[ "$(uname -s)" = Linux ] || stop 'the agent runs on Linux only.'
case "$(getconf LONG_BIT):$(uname -m)" in
  64:aarch64 | 64:x86_64) ;;
  *) stop "a 64-bit system is needed, and this is $(uname -m) with $(getconf LONG_BIT) bits: install Raspberry Pi OS (64-bit)." ;;
esac
command -v node >/dev/null || stop 'Node is missing: install Node 20.19 or newer.'
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  stop "Node 20.19 or newer is needed, and this is $(node --version)."

say 'Installing the packages of the agent ...'
run npm ci --ignore-scripts --no-audit --no-fund
run node build.js

# Not grep -q: it leaves early, which pipefail takes for a failure of ldconfig.
if PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep 'libedgetpu\.so\.1' >/dev/null; then
  say 'libedgetpu is installed.'
else
  say 'libedgetpu is not installed: the agent will run on the CPU only. See "The stick" in agent/README.md.'
fi

rule=/etc/udev/rules.d/71-segscope-coral.rules
if [ ! -e "$rule" ]; then
  say "Letting the group plugdev use the stick ($rule) ..."
  printf '%s\n' \
    'SUBSYSTEM=="usb", ATTRS{idVendor}=="1a6e", ATTRS{idProduct}=="089a", MODE="0664", GROUP="plugdev"' \
    'SUBSYSTEM=="usb", ATTRS{idVendor}=="18d1", ATTRS{idProduct}=="9302", MODE="0664", GROUP="plugdev"' |
    put "$rule"
  run sudo udevadm control --reload-rules
  run sudo udevadm trigger
fi
if ! id -nG | tr ' ' '\n' | grep -qx plugdev; then
  run sudo usermod -aG plugdev "$user"
  say 'You are in the group plugdev after the next login. Plug the stick in again then.'
fi

if $service; then
  unit=/etc/systemd/system/segscope-agent.service
  say "Installing the service ($unit) ..."
  sed -e "s|AGENT_USER|$user|" -e "s|AGENT_FOLDER|$PWD|" -e "s|NODE_PATH|$(command -v node)|" segscope-agent.service |
    put "$unit"
  run sudo systemctl daemon-reload
  run sudo systemctl enable --now segscope-agent
  $dry || say 'Running. Its address and pairing code: journalctl -u segscope-agent'
fi

[ -e ../dist/index.html ] || say 'The page is not built yet: run "npm ci && npm run build" in the folder above, or copy dist/ from another machine.'
$dry || say 'Ready. Start the agent with: npm start --prefix agent'
