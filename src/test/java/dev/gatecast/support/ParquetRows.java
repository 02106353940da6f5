package dev.gatecast.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Reads Parquet files with code that is not ours. */
public final class ParquetRows {
    private ParquetRows() {}

    /** All rows: values by their columns' names; null where there is none. */
    public static List<Map<String, @Nullable Object>> of(Path file) throws IOException {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        try (var reader = open(file)) {
            var schema = reader.getFooter().getFileMetaData().getSchema();
            for (var group = reader.readNextRowGroup(); group != null; group = reader.readNextRowGroup()) {
                var records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(group, new GroupRecordConverter(schema));
                for (var row = 0L; row < group.getRowCount(); row++) {
                    rows.add(row(schema, records.read()));
                }
            }
        }
        return rows;
    }

    /** The schema in the format's own words. */
    public static String schema(Path file) throws IOException {
        try (var reader = open(file)) {
            return reader.getFooter().getFileMetaData().getSchema().toString();
        }
    }

    private static ParquetFileReader open(Path file) throws IOException {
        var options = new ParquetReadOptions.Builder(new PlainParquetConfiguration())
                .withCodecFactory(new Gzip())
                .build();
        return ParquetFileReader.open(new LocalInputFile(file), options);
    }

    private static Map<String, @Nullable Object> row(MessageType schema, Group group) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (var field : schema.getFields()) {
            var name = field.getName();
            row.put(
                    name,
                    group.getFieldRepetitionCount(name) == 0
                            ? null
                            : switch (field.asPrimitiveType().getPrimitiveTypeName()) {
                                case INT32 -> group.getInteger(name, 0);
                                case INT64 -> group.getLong(name, 0);
                                case FLOAT -> group.getFloat(name, 0);
                                case DOUBLE -> group.getDouble(name, 0);
                                default -> group.getString(name, 0);
                            });
        }
        return row;
    }

    /** The reader's own comes with Hadoop. */
    private static final class Gzip implements CompressionCodecFactory, CompressionCodecFactory.BytesInputDecompressor {
        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException("for reading only");
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            if (codec != CompressionCodecName.GZIP) {
                throw new IllegalArgumentException("GZIP expected, got " + codec);
            }
            return this;
        }

        @Override
        public BytesInput decompress(BytesInput packed, int size) throws IOException {
            try (var stream = new GZIPInputStream(packed.toInputStream())) {
                return BytesInput.from(stream.readNBytes(size));
            }
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer into, int size) throws IOException {
            into.put(decompress(BytesInput.from(packed), size).toByteBuffer());
        }

        @Override
        public void release() {}
    }
}
