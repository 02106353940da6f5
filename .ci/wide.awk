# Turns the shipped data, one row an airport and hour, into one row an hour with a column of departures for each airport.
BEGIN { FS = OFS = "," }
NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
{
  airport = $column["airport"]
  time = $column["time"]
  if (!(airport in seen)) { seen[airport] = ++airports; name[airports] = airport }
  if (time != hour[hours]) { hour[++hours] = time }
  departures[hours, seen[airport]] = $column["departures"]
}
END {
  line = "time"
  for (a = 1; a <= airports; a++) line = line OFS name[a]
  print line
  for (h = 1; h <= hours; h++) {
    line = hour[h]
    for (a = 1; a <= airports; a++) line = line OFS departures[h, a]
    print line
  }
}
