#!/usr/bin/env bash
# Installs what the tests need, builds everything and runs every test.
#   tests/run.sh          what every change must pass, under 20 minutes
#   tests/run.sh --long   every page in every theme, the full counts of fuzz and kill tests; prints its seed
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# The SDK and Chromium keep things in the home folder; a build server may have none.
if [ ! -d "${HOME:-}" ] || [ ! -w "$HOME" ]; then
  HOME=$(mktemp -d)
  export HOME
fi
if [ "${1:-}" = "--long" ]; then
  export POLICYHUB_TESTS_LONG=1
  export POLICYHUB_TESTS_SEED="${POLICYHUB_TESTS_SEED:-$RANDOM}"
  echo "Long run, seed $POLICYHUB_TESTS_SEED"
fi

# Needs COMMAND PACKAGE: installs a package of Debian's where the command is missing, or says what to install.
missing=()
needs() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
needs git git
needs chromium chromium
needs node nodejs
needs npm npm
# Debian keeps the programs of the server in a folder a version, and would start a cluster of its own, which nobody here asks for.
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  needs initdb postgresql
fi
if [ "${#missing[@]}" -gt 0 ]; then
  if command -v apt-get >/dev/null 2>&1; then
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo"
    echo "Installing ${missing[*]}"
    $as_root apt-get update -qq
    case " ${missing[*]} " in
      *" postgresql "*)
        if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
          $as_root mkdir -p /etc/postgresql-common
          echo "create_main_cluster = false" | $as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
        fi
        ;;
    esac
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq -o Dpkg::Options::=--force-confold --no-install-recommends "${missing[@]}" fonts-dejavu-core >/dev/null
  else
    echo "Please install: ${missing[*]}, then run this again." >&2
    exit 1
  fi
fi
command -v dotnet >/dev/null 2>&1 || { echo "Please install the .NET 10 SDK, then run this again." >&2; exit 1; }

# The provider that sign-in is tried with; what it consists of stands in its lock file.
# Node.js trusts a list of its own; the authorities that the system trusts count as well.
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r /etc/ssl/certs/ca-certificates.crt ]; then
  export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
fi
npm ci --prefix tests/oidc-provider --no-audit --no-fund --loglevel=error --fetch-timeout=30000 --fetch-retries=2

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet restore PolicyHub.sln --locked-mode
dotnet build PolicyHub.sln -c Release --no-restore
# Style and analyzers are errors of the build already: only the white space is left to be looked at.
dotnet format whitespace PolicyHub.sln --no-restore --verify-no-changes

failed=0
for project in Content Records Web Browser; do
  dotnet test "tests/PolicyHub.$project.Tests" -c Release --no-build 2>&1 | tee "$results/$project.txt" || failed=1
done

# Every test project must have closed with a line of its own; then all are one line.
cat "$results"/*.txt | awk -F'[:,]' -v failed="$failed" '
  /^(Passed!|Failed!|Skipped!) +- Failed:/ { projects++; f += $2; p += $4; s += $6 }
  END {
    if (projects != 4) { print "Only " projects + 0 " of 4 test projects ran to their end." > "/dev/stderr"; f += 4 - projects }
    printf "%d passed, %d failed, %d skipped\n", p, f, s
    exit (failed || f > 0 || p == 0)
  }'
