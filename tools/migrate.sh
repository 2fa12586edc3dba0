#!/usr/bin/env bash
# Writes the migrations of both databases from the model.
#   tools/migrate.sh         before the first release: makes the one migration, Initial, anew
#   tools/migrate.sh NAME    adds a migration beside those that stand
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
name=${1:-Initial}
dotnet tool restore >/dev/null
for provider in Sqlite PostgreSql; do
  project=src/PolicyHub.Records.$provider
  if [ "$#" -eq 0 ]; then rm -rf "$project/Migrations"; fi
  dotnet build tools/PolicyHub.Migrator -m:1 -p:RunAnalyzers=false -v q --nologo
  dotnet ef migrations add "$name" --no-build -p "$project" -s tools/PolicyHub.Migrator -- "$provider"
done
sed -i "1s/^\xEF\xBB\xBF//" src/PolicyHub.Records.*/Migrations/*.cs
# One stamp for both, and none of the clock's: a migration made anew without a change of the model is the same text.
if [ "$#" -eq 0 ]; then
  for folder in src/PolicyHub.Records.*/Migrations; do
    for file in "$folder"/*_Initial*.cs; do
      stamp=$(basename "$file" | cut -d_ -f1)
      sed -i "s/${stamp}_Initial/00010000000000_Initial/" "$file"
      mv "$file" "$folder/00010000000000_${file##*_}"
    done
  done
fi
