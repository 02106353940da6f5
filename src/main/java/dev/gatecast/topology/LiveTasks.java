package dev.gatecast.topology;

import dev.gatecast.event.Forecast;
import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.TickFields;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The running tasks of this process, read from any thread. A task on the move is not among them for a while. */
final class LiveTasks {
    private final List<Task> tasks = new CopyOnWriteArrayList<>();
    private final Forecaster forecaster;

    LiveTasks(ForecasterSettings settings, TickFields fields) {
        this.forecaster = new Forecaster(settings, fields);
    }

    /** A running task. */
    record Task(EntityStore entities, TaskTimeline timeline) {}

    void add(Task task) {
        tasks.add(task);
    }

    void remove(Task task) {
        tasks.remove(task);
    }

    /** Names of entities after {@code after}, in the order of their bytes, at most {@code limit}. */
    List<String> names(String after, int limit) {
        return tasks.stream()
                .flatMap(task -> task.entities().names(after, limit).stream())
                .sorted(EntityStore::compareBytes)
                .limit(limit)
                .toList();
    }

    List<Activation> activations() {
        return tasks.stream()
                .map(task -> task.timeline().all())
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    SortedMap<String, Lineage> lineages() {
        return tasks.stream()
                .findFirst()
                .map(task -> task.timeline().lineages())
                .orElseGet(TreeMap::new);
    }

    Optional<EntityView> find(String entity) {
        for (var task : tasks) {
            var view = task.entities().view(entity, live -> view(task, live));
            if (view != null) {
                return Optional.of(view);
            }
        }
        return Optional.empty();
    }

    private EntityView view(Task task, LiveEntity live) {
        var state = live.state;
        return new EntityView(live.entity, state.rows(), state.recent(), forecast(task, live), live.alert);
    }

    /** The forecast as emitted, or what a former process emitted for the same tick, made again. */
    private @Nullable Forecast forecast(Task task, LiveEntity live) {
        if (live.forecast != null) {
            return live.forecast;
        }
        var governing = task.timeline().peek(live.state.lastTime());
        if (governing == null) {
            return null;
        }
        synchronized (forecaster) {
            return forecaster.forecast(live.entity, live.state, governing);
        }
    }
}
