# Made ticks of many entities, in the order of time: awk -v hours=40000 -v entities=50 -f ticks.awk > ticks.csv
# Each has a day, a week and noise; "late" hours pass from one entity's first tick to the next one's.
BEGIN {
    srand(7)
    print "time,entity,value"
    for (h = 0; h < hours + late * (entities - 1); h++) {
        for (e = 0; e < entities; e++) {
            if (h >= late * e && h < late * e + hours) {
                value = 100 + 3 * (e % 50) + 30 * sin(6.283185307 * h / 24 + e) + 10 * sin(6.283185307 * h / 168 + e / 3)
                printf "%d,entity-%06d,%.2f\n", 1577836800 + 3600 * h, e, value + 8 * (rand() + rand() - 1)
            }
        }
    }
}
