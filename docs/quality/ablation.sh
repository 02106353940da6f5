#!/bin/sh
# What each part adds: trains and backtests with one part left out at a time, and prints a table.
#
#   docs/quality/ablation.sh airports|ett|ett-ot|m4 [FOLDER]
#
# FOLDER (ablation) keeps models and forecasts; a model that lies there is not trained again. From the repository's root,
# with the data in ../shared. GATECAST says how the program is started (./gatecast).
set -eu

set_name=${1:?airports, ett, ett-ot or m4}
folder=${2:-ablation}/$set_name
gatecast=${GATECAST:-./gatecast}
scores=${SCORES:-docs/quality/score.py}
data=../shared/data
tools=../shared/tools
mkdir -p "$folder"

case $set_name in
  airports)
    file=$data/flights2001/departures_wide.csv
    ticks="--csv $file --layout wide --time time --train-until 3624"
    training="--set train.validation=0.2053"
    split=2880,3624,4344
    ;;
  ett)
    file=$data/ett/ETTh1.csv
    ticks="--csv $file --layout wide --time date --train-until 11520"
    training="--set train.validation=0.25"
    split=ett-hour
    ;;
  ett-ot)
    file=$data/ett/ETTh1.csv
    ticks="--csv $file --layout wide --time date --fields OT --train-until 11520"
    training="--set train.validation=0.25"
    split="ett-hour --columns OT"
    ;;
  m4)
    file=$data/m4-hourly/Hourly-train.csv
    ticks="--csv $file --layout rows --season 24,168 --horizon 48 --train-until -48"
    training=""
    ;;
  *) echo "airports, ett, ett-ot or m4 expected, got $set_name" >&2; exit 2 ;;
esac

score() {
  if [ "$set_name" = m4 ]; then
    for what in first intervals actuals; do python3 "$scores" $what "$1" > "$folder/$what.csv"; done
    [ -s "$folder/past.csv" ] || python3 "$scores" past $file 48 > "$folder/past.csv"
    python3 $tools/m4_score.py --train "$folder/past.csv" --test "$folder/actuals.csv" "$folder/first.csv" \
      --intervals "$folder/intervals.csv" |
      awk '/first.csv/ { printf "OWA %s, ", $NF } /intervals.csv/ { printf "MSIS %s ACD %s; ", $(NF - 2), $NF }'
  else
    python3 "$scores" points "$1" $file > "$folder/points.csv"
    for steps in 24 1; do
      # shellcheck disable=SC2086
      python3 $tools/ltsf_score.py $file --split $split --horizon $steps --forecasts "$folder/points.csv" |
        awk -v steps=$steps '/points.csv/ { printf "%d: MSE %s MAE %s; ", steps, $3, $5 }'
    done
  fi
  first=
  [ "$set_name" = m4 ] && first=first
  python3 "$scores" coverage "$1" "" "" $first | awk 'NR > 1 { c = c (c ? " " : "") $NF } END { print "95 %: " c }'
}

# name of the row, name of the model, settings of the training, settings of the backtest
row() {
  model=$folder/$2.model
  # shellcheck disable=SC2086
  [ -s "$model" ] || $gatecast train $ticks $training $3 --model-out "$model" > "$folder/$2.txt" 2>&1
  # shellcheck disable=SC2086
  $gatecast backtest $ticks $4 --models "file:$model" --out "$folder/out" > "$folder/backtest.txt" 2>&1
  printf '| %s | %s |\n' "$1" "$(score "$folder/out/forecasts.csv")"
}

echo "| $set_name | error, coverage by group of horizons |"
echo "| --- | --- |"
row "all parts, one network" all "" ""
row "no mixture" all "" "--set mixture=off"
row "no mixture, no online calibration" all "" "--set mixture=off --set calibration.pace=0"
row "no mixture, no linear start" start "--set train.linear.start=false" "--set mixture=off"
row "no mixture, a recurrent state of one number" state "--set train.hidden=1" "--set mixture=off"
row "no mixture, a hidden layer of one unit" layer "--set train.units=1" "--set mixture=off"
row "no mixture, no averaged weights" average "--set train.average=0" "--set mixture=off"
row "no mixture, three networks" three "--set train.networks=3" "--set mixture=off"
row "all parts, three networks" three "--set train.networks=3" ""
