package dev.gatecast.codec;

import dev.gatecast.codec.avro.AvroState;
import dev.gatecast.forecast.EntityState;

/**
 * Entity states as bytes: an Avro single object of {@code schemas/state.avsc} around packed numbers. Keeps buffers, so it
 * belongs to one thread; makes no garbage but the bytes themselves.
 *
 * <table>
 *   <caption>Layout of all versions</caption>
 *   <tr><th>bytes</th><th>what</th></tr>
 *   <tr><td>2</td><td>C3 01</td></tr>
 *   <tr><td>8</td><td>fingerprint of the schema, little-endian</td></tr>
 *   <tr><td>1..5</td><td>version, whole</td></tr>
 *   <tr><td>1..5</td><td>length of the payload, whole</td></tr>
 *   <tr><td>length</td><td>payload: the numbers of {@link EntityState#visit} in its order; from version 2 on then those of
 *       {@link EntityState#visitMore}</td></tr>
 *   <tr><td>4</td><td>CRC32C of all bytes before it, little-endian</td></tr>
 * </table>
 *
 * <table>
 *   <caption>Numbers within the payload</caption>
 *   <tr><th>kind</th><th>bytes</th></tr>
 *   <tr><td>flag</td><td>1: 0 or 1</td></tr>
 *   <tr><td>whole</td><td>1..10: zigzag, 7 bits a byte, lowest first</td></tr>
 *   <tr><td>real, reals</td><td>8 each: bits of the double, little-endian</td></tr>
 *   <tr><td>single, singles</td><td>4 each: bits of the float, little-endian</td></tr>
 *   <tr><td>counts</td><td>each 1..5, 7 bits a byte, lowest first; after a zero, how many more zeros follow</td></tr>
 * </table>
 *
 * <table>
 *   <caption>Order within the payload</caption>
 *   <tr><th>part</th><th>numbers</th></tr>
 *   <tr><td>entity</td><td>whole: last time, rows, sequence, primed, violations, alert opened at; real: model
 *       fingerprint's bits</td></tr>
 *   <tr><td>ring</td><td>whole: capacity, size; singles: values, oldest first</td></tr>
 *   <tr><td>hidden state</td><td>whole: length; singles: of each network and layer h, then the memory cell where there is
 *       one</td></tr>
 *   <tr><td>expectation</td><td>single: median, lower, upper, scale</td></tr>
 *   <tr><td>widths</td><td>whole: horizons, rows; singles: factors; for each group singles: waiting bands</td></tr>
 *   <tr><td>detector</td><td>whole: rows; real: quick mean, slow level, usual error, low and high seen, low and high
 *       held; flag: alert open; whole: calm rows, alert rows; real: peak; three block rings (whole: rows; real: started;
 *       reals: 48, 48, 4 sums); profile (whole: slot; real: sum; whole: rows; reals: 48 means); four tails (whole: top;
 *       counts: 96)</td></tr>
 *   <tr><td>fields, from version 2 on</td><td>real: bits of their names' hash; whole: number; singles of each: values, oldest
 *       first, as many as the ring has</td></tr>
 *   <tr><td>bars, from version 3 on</td><td>whole: cadence, fields, start of the next, bars filled; flag: a bar before;
 *       reals: its fields and 0; whole: open bars; each whole: start; reals: sums, least, largest, last of each field;
 *       whole: time of the last and count of each field</td></tr>
 *   <tr><td>mixture, from version 4 on</td><td>whole: horizons, rows; counts: forecasts judged by group of horizons; singles:
 *       losses of the first five experts of each group; for each group singles: waiting points</td></tr>
 *   <tr><td>traits, from version 5 on</td><td>two texts, time zone and category; each whole: length; whole: each
 *       character</td></tr>
 *   <tr><td>values to come, from version 6 on</td><td>whole: number; singles: each, field by field, NaN where it is not
 *       known</td></tr>
 *   <tr><td>handover, from version 7 on</td><td>flag: begun; single: odds, the model's median and deviation one step ahead, the warm-up's, NaN
 *       where none waits</td></tr>
 *   <tr><td>bias, from version 8 on</td><td>single: the model's; for each group single: loss of the sixth expert; for each group singles: its waiting
 *       points</td></tr>
 * </table>
 *
 * <p>A state is written in the earliest version that can hold it.
 */
public final class StateCodec implements Codec<EntityState> {
    /** The newest version. */
    public static final int VERSION = 8;

    private static final int FIRST = 1;

    private static final SingleObject OBJECT = new SingleObject(AvroState.getClassSchema());

    private final PackedWriter payload = new PackedWriter();
    private final PackedWriter lengths = new PackedWriter();
    private final PackedReader reader = new PackedReader();

    @Override
    public byte[] encode(EntityState state) {
        payload.clear();
        state.visit(payload);
        var version = state.layout();
        state.visitMore(payload, version);
        lengths.clear();
        lengths.whole(version);
        lengths.whole(payload.size());
        var bytes = new byte[SingleObject.HEADER + lengths.size() + payload.size() + Checksum.SIZE];
        System.arraycopy(OBJECT.header(), 0, bytes, 0, SingleObject.HEADER);
        lengths.copyTo(bytes, SingleObject.HEADER);
        payload.copyTo(bytes, SingleObject.HEADER + lengths.size());
        Checksum.seal(bytes);
        return bytes;
    }

    @Override
    public EntityState decode(byte[] bytes) throws UndecodableException {
        OBJECT.check(bytes);
        Checksum.check(bytes, "state");
        reader.start(bytes, SingleObject.HEADER, bytes.length - Checksum.SIZE);
        try {
            return read(bytes.length - Checksum.SIZE);
        } catch (RuntimeException e) { // sound checksum, unsound numbers: another program wrote them
            throw new UndecodableException("not a sound state: " + e.getMessage(), e);
        }
    }

    private EntityState read(int end) throws UndecodableException {
        var version = reader.whole(0);
        if (version < FIRST || version > VERSION) {
            throw new UndecodableException("a state of version 1 to " + VERSION + " was expected, not of " + version
                    + (version > VERSION ? ", which a newer Gatecast wrote: upgrade this one" : ""));
        }
        var length = reader.whole(0);
        if (length != end - reader.position()) {
            throw new UndecodableException(
                    "a payload of " + length + " bytes was expected, not of " + (end - reader.position()));
        }
        var state = new EntityState(1);
        state.visit(reader);
        state.visitMore(reader, (int) version);
        reader.finish();
        return state;
    }
}
