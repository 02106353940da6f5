#!/bin/sh
# Trains and judges on data that nobody tuned for, with the default settings, and prints the table of docs/quality.md.
#
#   docs/quality/unseen.sh [FOLDER [NAME...]]
#
# FOLDER (unseen) keeps data, models and forecasts; a model that lies there is not trained again. NAMEs: those sets alone.
# From the repository's root. The series come from R with its package forecast (Debian: r-cran-forecast), from npm's package
# vega-datasets, fetched by npm, and from ../shared/data. GATECAST says how the program is started (./gatecast), TRAINING
# what training is told besides.
set -eu

folder=${1:-unseen}
[ $# -eq 0 ] || shift
names=" $* "
gatecast=${GATECAST:-./gatecast}
tool=docs/quality/unseen.py
shared=../shared/data
vega=$folder/package/data
mkdir -p "$folder"

[ -s "$folder/taylor.csv" ] || Rscript docs/quality/unseen.R "$folder"
if [ ! -d "$vega" ]; then
  (cd "$folder" && npm pack --silent vega-datasets@3.2.1 && tar -xzf vega-datasets-3.2.1.tgz)
fi
make() {
  [ -s "$folder/$1.csv" ] || python3 $tool "$2" "$3" > "$folder/$1.csv"
}
make strikes strikes "$vega/birdstrikes.csv"
make industries industries "$vega/unemployment-across-industries.json"
make stocks stocks "$vega/stocks.csv"
make github github "$vega/github.csv"
[ -s "$folder/weather.csv" ] || (head -n 1 "$vega/weather.csv"; tail -n +2 "$vega/weather.csv" | sort -s -t, -k2,2) > "$folder/weather.csv"
make airports-days daily $shared/flights2001/departures_wide.csv
make ett-days daily $shared/ett/ETTh1.csv

# name, then what both commands are told
run() {
  name=$1
  shift
  case $names in "  " | *" $name "*) ;; *) return 0 ;; esac
  [ -s "$folder/$name.model" ] || $gatecast train "$@" ${TRAINING:-} --model-out "$folder/$name.model" > "$folder/$name.train.txt" 2>&1 || {
    echo "| $name | no model: $(tail -n 1 "$folder/$name.train.txt") |"
    return 0
  }
  $gatecast backtest "$@" --models "file:$folder/$name.model" --out "$folder/$name" > "$folder/$name.txt" 2>&1
  python3 $tool row "$name" "$folder/$name.train.txt" "$folder/$name"
}

echo "| data | entities × rows | seasons | model | last value | season before | linear | Holt-Winters | to the best | gate | 50 80 95 % by group |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
months="--horizon 12 --train-until 0.7"
rows="--layout wide --train-until 0.7"
run taylor --csv "$folder/taylor.csv" --time time --train-until 0.7
# shellcheck disable=SC2086
for name in gas nottem co2 airpassengers sunspots; do run $name --csv "$folder/$name.csv" $months; done
for name in treering gold; do run $name --csv "$folder/$name.csv" --train-until 0.7; done
# shellcheck disable=SC2086
run eustocks --csv "$folder/eustocks.csv" $rows
# shellcheck disable=SC2086
run seatbelts --csv "$folder/seatbelts.csv" $rows --horizon 12
# shellcheck disable=SC2086
run employment --csv "$vega/us-employment.csv" $rows --time month --horizon 12
# shellcheck disable=SC2086
for name in industries stocks; do run $name --csv "$folder/$name.csv" $rows --time time --horizon 12; done
run weather-temperature --csv "$folder/weather.csv" --entity location --time date --fields temp_max --train-until 0.7
run weather-wind --csv "$folder/weather.csv" --entity location --time date --fields wind --train-until 0.7
run weather-rain --csv "$folder/weather.csv" --entity location --time date --fields precipitation --train-until 0.7
# shellcheck disable=SC2086
run normals --csv "$vega/seattle-weather-hourly-normals.csv" $rows --time date --fields temperature
run shares --csv "$vega/sp500-2000.csv" --time date --fields close --train-until 0.7
run volume --csv "$vega/sp500-2000.csv" --time date --fields volume --train-until 0.7
run github --csv "$folder/github.csv" --time time --cadence PT1H --bars sum --fill zero --train-until 0.7
# shellcheck disable=SC2086
run strikes --csv "$folder/strikes.csv" $rows --time time
# shellcheck disable=SC2086
run airports-days --csv "$folder/airports-days.csv" $rows --time time --horizon 14
# shellcheck disable=SC2086
run ett-days --csv "$folder/ett-days.csv" $rows --time time --horizon 14
run delays --csv $shared/flights2001/hourly_top20.csv --entity airport --time time --fields late --train-until 0.7
nab() {
  name=$1
  file=$2
  run "$name" --csv "$shared/nab/data/$file.csv" --time timestamp --fields value --train-until 0.7
}
nab taxi realKnownCause/nyc_taxi
nab temperature realKnownCause/ambient_temperature_system_failure
nab requests realAWSCloudwatch/elb_request_count_8c0756
nab traffic realTraffic/TravelTime_387
nab clicks realAdExchange/exchange-3_cpc_results
nab tweets realTweets/Twitter_volume_IBM
nab cpu realAWSCloudwatch/ec2_cpu_utilization_825cc2
