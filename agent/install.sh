#!/usr/bin/env bash
# Prepares a Raspberry Pi (Raspberry Pi OS 64-bit) for the agent: checks, packages, access to the stick, service.
# Run it as the user who shall run the agent, not as root: bash agent/install.sh [--service]
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '%s\n' "$*"; }
stop() { printf 'Stopped: %s\n' "$*" >&2; exit 1; }

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
npm ci --ignore-scripts --no-audit --no-fund
node build.js

if ldconfig -p | grep -q 'libedgetpu\.so\.1'; then
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
    sudo tee "$rule" >/dev/null
  sudo udevadm control --reload-rules
  sudo udevadm trigger
fi
if ! id -nG | tr ' ' '\n' | grep -qx plugdev; then
  sudo usermod -aG plugdev "$USER"
  say 'You are in the group plugdev after the next login. Plug the stick in again then.'
fi

if [ "${1:-}" = --service ]; then
  unit=/etc/systemd/system/segscope-agent.service
  say "Installing the service ($unit) ..."
  sed -e "s|AGENT_USER|$USER|" -e "s|AGENT_FOLDER|$PWD|" -e "s|NODE_PATH|$(command -v node)|" segscope-agent.service |
    sudo tee "$unit" >/dev/null
  sudo systemctl daemon-reload
  sudo systemctl enable --now segscope-agent
  say 'Running. Its address and pairing code: journalctl -u segscope-agent'
fi

[ -e ../dist/index.html ] || say 'The page is not built yet: run "npm ci && npm run build" in the folder above, or copy dist/ from another machine.'
say 'Ready. Start the agent with: npm start --prefix agent'
