package dev.gatecast.forecast;

/**
 * Immutable weights and the full recipe to use them, named by the SHA-256 of their bytes.
 *
 * @param id SHA-256 of the canonical bytes, 64 hexadecimal digits
 * @param fingerprint first eight bytes of the SHA-256 of the recipe's part of those bytes: two models with the same
 *     fingerprint give the same forecasts, whatever their lineage
 * @param recipe what it does
 * @param lineage where it comes from
 */
public record Model(String id, long fingerprint, Recipe recipe, Lineage lineage) {}
