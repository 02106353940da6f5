#!/bin/sh
# Trains and judges on 100,000 trades, as they come and as bars of a minute, and prints what docs/quality.md says of them.
#
#   docs/quality/bitstamp.sh [FOLDER]
#
# FOLDER (bitstamp) keeps models and forecasts; a model that lies there is not trained again. From the repository's root. The
# file is in the jar of org.ta4j:ta4j-examples, which the tests need too: Maven has put it into its repository, or does now.
# GATECAST says how the program is started (./gatecast).
set -eu

folder=${1:-bitstamp}
gatecast=${GATECAST:-./gatecast}
scores=${SCORES:-docs/quality/score.py}
name=bitstamp_trades_from_20131125_usd.csv
mkdir -p "$folder"

if [ ! -s "$folder/$name" ]; then
  mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy -Dartifact=org.ta4j:ta4j-examples:0.18 \
    "-DoutputDirectory=$folder" >&2
  unzip -q -o "$folder/ta4j-examples-0.18.jar" $name -d "$folder"
fi

# name of the run, its cadence
run() {
  ticks="--csv $folder/$name --time timestamp --time-format s --fields price --train-until 0.6 --horizon 12 --set seasons= $2"
  # shellcheck disable=SC2086
  [ -s "$folder/$1.model" ] ||
    $gatecast train $ticks --set train.iterations=400 --model-out "$folder/$1.model" > "$folder/$1.train.txt" 2>&1
  # shellcheck disable=SC2086
  $gatecast backtest $ticks --models "file:$folder/$1.model" --out "$folder/$1" > "$folder/$1.txt" 2> /dev/null
  echo "== $1"
  grep -E 'gate 1:' "$folder/$1.train.txt" | sed 's/.*gate 1: /gate: /' || true
  awk '/^(MAE|RMSE) +h=/ || /^Diebold-Mariano/ { on = 1 } /^$/ { on = 0 } on' "$folder/$1.txt"
  python3 "$scores" volatility "$folder/$1/forecasts.csv"
  python3 "$scores" coverage "$folder/$1/forecasts.csv"
}

run trades "--cadence none"
run minutes "--cadence PT1M --bars last --fill last"
