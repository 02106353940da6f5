package dev.gatecast.model;

import java.util.Map;

/**
 * The learned numbers of categories. They stand in the last of the cell's inputs and of the head's extras, so that the
 * arithmetic beyond knows nothing of them.
 */
final class Embedding {
    static final String NAME = "category.embedding"; // (categories, width)

    private Embedding() {}

    static void declare(Architecture.Categories categories, Map<String, Architecture.Shape> tensors) {
        if (categories.rows() > 0) {
            tensors.put(NAME, new Architecture.Shape(categories.rows(), categories.width()));
        }
    }

    /** Writes the numbers of all sequences' categories into a batch; nothing where it names none. {@code batch} Modified. */
    static void fill(Architecture shape, Tensors tensors, Batch batch) {
        if (batch.categories().length > 0) {
            var table = tensors.values(NAME);
            var width = shape.options().categories().width();
            fill(table, width, batch, batch.x(), shape.inputs());
            fill(table, width, batch, batch.scored().extras(), shape.head().extras());
        }
    }

    /** @param rows (any, size, length), Modified at the end of each row */
    private static void fill(float[] table, int width, Batch batch, float[] rows, int length) {
        for (int row = 0, end = length; end <= rows.length; row++, end += length) {
            put(table, batch.categories()[row % batch.size()], width, rows, end);
        }
    }

    /** One category's numbers before {@code end}. {@code to} Modified. */
    static void put(float[] table, int category, int width, float[] to, int end) {
        System.arraycopy(table, category * width, to, end - width, width);
    }
}
