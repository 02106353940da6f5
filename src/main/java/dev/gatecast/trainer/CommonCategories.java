package dev.gatecast.trainer;

import dev.gatecast.feature.Categories;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the categories that a model tells apart: those of at least {@value #FEWEST} entities with rows to fit to, for what
 * one entity shows its own past shows; of too many those with the most entities, then by name. None where all entities would
 * have the same row.
 */
final class CommonCategories {
    private static final Logger LOG = LoggerFactory.getLogger(CommonCategories.class);
    private static final int FEWEST = 2; // entities

    private CommonCategories() {}

    static Categories of(TrainingData data) {
        var entities = data.pasts().stream().filter(past -> past.fitEnd() > 0).toList();
        var counts = entities.stream()
                .map(past -> past.traits().category())
                .filter(category -> !category.isEmpty())
                .collect(Collectors.groupingBy(category -> category, TreeMap::new, Collectors.counting()));
        var named = counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= FEWEST)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(Categories.MOST)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
        long told = named.values().stream().mapToLong(count -> count).sum();
        if (named.isEmpty() || (named.size() == 1 && told == entities.size())) {
            if (!counts.isEmpty()) {
                LOG.info("no two categories of at least {} entities each: the model does not look at them", FEWEST);
            }
            return Categories.NONE;
        }
        LOG.info("{} categories of {} entities; {} entities are of others", named.size(), told, entities.size() - told);
        return new Categories(named.keySet().stream().toList());
    }
}
