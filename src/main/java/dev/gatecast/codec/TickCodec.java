package dev.gatecast.codec;

import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import dev.gatecast.feature.Ahead;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ticks as a user's topic has them. Threads may share one. */
public final class TickCodec {
    /** The most bytes of a value that are looked at. */
    public static final int LARGEST_VALUE = Json.LIMIT;

    private static final long YEAR_10000 = 253_402_300_800_000L;
    private static final double LARGEST_WHOLE = 1L << 53;

    private final TickFormat format;
    private final TickValues taken;
    private final List<Element> elements; // (fields)
    private final ZoneNames zones = new ZoneNames();

    /** Of JSON, CSV, or Avro of {@code schemas/tick.avsc}. */
    public TickCodec(TickFormat format) {
        this(format, TickValues.OURS);
    }

    /**
     * Of values that are taken apart in a way of the user's.
     *
     * @throws IllegalArgumentException if the format's time or texts are not what {@code schemas/tick.avsc} can have
     */
    public TickCodec(TickFormat format, TickValues taken) {
        var time = format.time();
        if (taken.ownAvro()
                && format.kind() == TickFormat.Kind.AVRO
                && time.field() != null
                && time.format() != TimeFormat.MILLIS) {
            throw new IllegalArgumentException("Avro ticks have their time in MILLIS, not in " + time.format());
        }
        if (taken.ownAvro()
                && format.kind() == TickFormat.Kind.AVRO
                && !format.who().traits().equals(TraitFields.NONE)) {
            throw new IllegalArgumentException(
                    "ticks of schemas/tick.avsc have numbers alone: no time zone and no category");
        }
        this.format = format;
        this.taken = taken;
        this.elements = Element.of(format);
    }

    /** What the topic looks like. */
    public TickFormat format() {
        return format;
    }

    /**
     * The tick of a record. Bad bytes never lead to an exception, nor to more memory than in proportion to them.
     *
     * @param key the record's key, or null. Not modified.
     * @param value the record's value, or null. Not modified.
     * @param recordTime the record's timestamp, milliseconds since the epoch
     */
    public Decoded decode(byte @Nullable [] key, byte @Nullable [] value, long recordTime) {
        try {
            if (value == null) {
                throw new Refusal(Rejection.NULL_VALUE, "a value was expected, the record has none");
            }
            return new Decoded.Good(tick(key, raw(value), recordTime));
        } catch (Refusal refusal) {
            return new Decoded.Bad(refusal.reason, refusal.text);
        }
    }

    /**
     * The value of a tick's record; fields that are NaN are left out. Its key is the entity in UTF-8, its timestamp the
     * time: what the format takes from there is not repeated in JSON and CSV. Avro is of {@code schemas/tick.avsc}.
     *
     * @throws IllegalArgumentException if the tick has not one value for each field
     */
    public byte[] encode(Tick tick) {
        if (tick.values().length != format.fields().size()) {
            throw new IllegalArgumentException("values for the fields " + format.fields() + " were expected, not "
                    + tick.values().length + " values");
        }
        return switch (format.kind()) {
            case JSON -> TickText.json(tick, format);
            case AVRO -> TickAvro.write(tick, format.fields());
            case CSV -> TickText.csv(tick, format);
        };
    }

    private Tick tick(byte @Nullable [] key, RawTick raw, long recordTime) throws Refusal {
        try {
            return new Tick(entity(key, raw), time(recordTime, raw), values(raw), traits(raw));
        } catch (Refusal refusal) {
            throw raw.source().isEmpty() ? refusal : new Refusal(refusal.reason, refusal.text + "; " + raw.source());
        }
    }

    private RawTick raw(byte[] value) throws Refusal {
        if (value.length > LARGEST_VALUE) {
            throw new Refusal(
                    Rejection.UNDECODABLE, "at most " + LARGEST_VALUE + " bytes were expected, not " + value.length);
        }
        return taken.read(value, format);
    }

    private String entity(byte @Nullable [] key, RawTick raw) throws Refusal {
        var entity = format.entityField() == null ? fromKey(key) : fromField(format.entityField(), raw);
        var fault = EntityName.fault(entity);
        if (fault != null) {
            throw new Refusal(Rejection.BAD_ENTITY, fault);
        }
        return entity;
    }

    private static String fromKey(byte @Nullable [] key) throws Refusal {
        if (key == null) {
            throw new Refusal(
                    Rejection.NULL_KEY,
                    "a key that names the entity was expected, the record has none, and no entity field is configured");
        }
        return Utf8.text(key, Rejection.BAD_ENTITY);
    }

    private static String fromField(String field, RawTick raw) throws Refusal {
        var entity = raw.get(field);
        if (entity == null) {
            throw new Refusal(Rejection.BAD_ENTITY, "field " + field + ", which names the entity, is absent");
        }
        return entity.toString();
    }

    private long time(long recordTime, RawTick raw) throws Refusal {
        var field = format.time().field();
        var time = field == null ? recordTime : fieldTime(field, raw);
        if (time < 0 || (time >= YEAR_10000 && format.time().format() != TimeFormat.NUMBER)) {
            throw new Refusal(
                    Rejection.BAD_TIME,
                    (field == null
                                    ? "record timestamp"
                                    : "field " + field + " in " + format.time().format())
                            + ": a time from 1970 to 9999 was expected, not " + time + " ms since the epoch");
        }
        return time;
    }

    private long fieldTime(String field, RawTick raw) throws Refusal {
        var cell = raw.get(field);
        if (cell == null) {
            throw new Refusal(Rejection.BAD_TIME, "field " + field + ", the time, is absent");
        }
        try {
            return cell instanceof Instant instant
                    ? instant.toEpochMilli()
                    : format.time().format().parse(digits(cell));
        } catch (DateTimeException | ArithmeticException e) {
            throw new Refusal(Rejection.BAD_TIME, "field " + field + ": " + Shown.of(e.getMessage() + ""));
        }
    }

    /** A number as the time formats read it: whole ones without a point, none with an exponent. */
    private static String digits(Object cell) {
        if (cell instanceof Double number && Math.abs(number) < LARGEST_WHOLE) {
            return number == Math.rint(number)
                    ? Long.toString(number.longValue())
                    : BigDecimal.valueOf(number).toPlainString();
        }
        return cell.toString().strip();
    }

    private Traits traits(RawTick raw) throws Refusal {
        var fields = format.who().traits();
        if (fields == TraitFields.NONE) {
            return Traits.NONE;
        }
        var zone = text(fields.zone(), raw);
        var fault = zones.fault(zone);
        if (fault != null) {
            throw new Refusal(Rejection.UNDECODABLE, "field " + fields.zone() + ": " + fault);
        }
        return TraitFields.traits(zone, text(fields.category(), raw));
    }

    private static String text(@Nullable String field, RawTick raw) throws Refusal {
        var cell = field == null ? null : raw.get(field);
        return cell == null ? "" : cell.toString().strip();
    }

    private double[] values(RawTick raw) throws Refusal {
        var values = new double[format.fields().size()];
        for (var i = 0; i < values.length; i++) {
            var field = format.fields().get(i);
            var cell = cell(field, elements.get(i), raw);
            values[i] = value(field, i < format.targets(), cell);
        }
        return values;
    }

    /** A field as it came: by its own name, or out of the list that begins with what the field is now. */
    private static @Nullable Object cell(String field, Element element, RawTick raw) throws Refusal {
        if (element == Element.NONE) {
            return raw.get(field);
        }
        var listed = raw.get(element.field, element.number);
        return listed == null && element.number > 0 ? raw.get(field) : listed;
    }

    /**
     * Of which field a value is an element, where that field may be a list of what it is now and at coming steps.
     *
     * @param number 0 for now
     */
    private record Element(String field, int number) {
        static final Element NONE = new Element("", -1);

        /** Of each field of a format. */
        static List<Element> of(TickFormat format) {
            var elements = new HashMap<String, Element>();
            var ahead = Ahead.of(format.others());
            for (var field : ahead.fields()) {
                elements.put(field, new Element(field, 0));
                for (var step = 1; step <= ahead.steps(); step++) {
                    elements.put(Ahead.name(field, step), new Element(field, step));
                }
            }
            return format.fields().stream()
                    .map(field -> elements.getOrDefault(field, NONE))
                    .toList();
        }
    }

    /** A field's number; NaN where one that is no target is missing. */
    private static double value(String field, boolean target, @Nullable Object cell) throws Refusal {
        if (cell == null && !target) {
            return Double.NaN;
        }
        if (cell == null) {
            throw new Refusal(Rejection.MISSING_FIELD, "field " + field + ", a target, is absent or null");
        }
        var value = cell instanceof Number number ? number.doubleValue() : parse(field, cell.toString());
        if (Double.isInfinite(value) || (target && Double.isNaN(value))) {
            throw new Refusal(
                    Rejection.NOT_FINITE,
                    "field " + field + ": a finite number was expected, not " + Shown.of("" + cell));
        }
        if (target && Math.abs(value) > Tick.LARGEST) {
            throw new Refusal(
                    Rejection.NOT_FINITE,
                    "field " + field + ": at most " + Tick.LARGEST + " in size was expected, not "
                            + Shown.of("" + cell));
        }
        return value;
    }

    private static double parse(String field, String text) throws Refusal {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new Refusal(
                    Rejection.UNDECODABLE, "field " + field + ": a number was expected, not \"" + Shown.of(text) + '"');
        }
    }
}
