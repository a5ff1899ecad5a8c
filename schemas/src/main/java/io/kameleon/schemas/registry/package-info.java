/**
 * The schema registry: any server that speaks Confluent's API, or a compacted topic where there is no server. Code
 * talks to either through {@link io.kameleon.schemas.registry.SchemaIds}.
 */
package io.kameleon.schemas.registry;
