/**
 * The records of the topics besides row images, generated from {@code src/main/avro}, and their conversions to and from the
 * models in {@code table} and {@code change}. Generated records are mutable and not thread-safe.
 */
package io.kameleon.schemas.record;
