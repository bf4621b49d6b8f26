/**
 * The handlers of the {@code /node} API, one class an endpoint: embeddings in, people out. They
 * read a request in one of two {@linkplain Dialect dialects}, give the face service one command and
 * map the answer.
 */
@NullMarked
package dev.facet.api.node;

import org.jspecify.annotations.NullMarked;
