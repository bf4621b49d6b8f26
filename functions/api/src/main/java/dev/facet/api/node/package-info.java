/**
 * The handlers of the {@code /node} API, one class per endpoint: embeddings in, people out. They
 * parse a request in one of two {@linkplain PayloadFormat formats}, send the face service one
 * command and map the answer.
 */
@NullMarked
package dev.facet.api.node;

import org.jspecify.annotations.NullMarked;
