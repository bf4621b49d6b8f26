/**
 * The handlers of the {@code /v1} API, one class per endpoint. Each parses its request, sends the
 * face service one command and maps the answer. Their common code is in {@code endpoint}.
 */
@NullMarked
package dev.facet.api;

import org.jspecify.annotations.NullMarked;
