#!/bin/sh
# What a container runs first: the models of the image go where Puente keeps its own, then comes the command.
set -eu
mkdir -p "$PUENTE_HOME/models"
for made in /opt/puente/models/puente-*; do
    kept="$PUENTE_HOME/models/${made##*/}"
    [ -e "$kept" ] || { cp "$made" "$kept.new" && mv "$kept.new" "$kept"; }
done
exec "$@"
