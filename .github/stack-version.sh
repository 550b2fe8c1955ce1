#!/usr/bin/env bash
# Prints when the stack STACK was last touched, or "none" before its first deployment.
set -euo pipefail

said=$(mktemp)
if ! aws cloudformation describe-stacks --stack-name "$STACK" \
  --query 'Stacks[0].[CreationTime, LastUpdatedTime]' --output text 2> "$said"; then
  grep -q 'does not exist' "$said" || { cat "$said" >&2; exit 1; }
  echo none
fi
