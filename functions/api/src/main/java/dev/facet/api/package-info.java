/**
 * The handlers of the {@code /v1} API, one class an endpoint: each reads its request, gives the
 * face service one command and maps the answer. What they have in common is in {@code endpoint}.
 */
@NullMarked
package dev.facet.api;

import org.jspecify.annotations.NullMarked;
